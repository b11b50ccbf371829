import { z } from "zod";
import { START_LABELS } from "../core/rules/facts.ts";
import { commandsIn } from "../core/rules/command-lines.ts";
import { type Nudge, OPENING, OPENING_TEXT, parentOf, PROOF_RERUN } from "../core/rules/trigger.ts";
import { issueFacts, labelName } from "./facts.ts";
import { tellsOfPlaces } from "./webhook-places.ts";
import {
  BY_BOT,
  changed,
  common,
  type Input,
  isPerson,
  issueLike,
  listOf,
  nameLike,
  nudge,
  numberLike,
  type WebhookEvent,
} from "./webhook-input.ts";
import { commentNudge, commentShape, inlineNudge, inlineShape, reviewNudge, reviewShape } from "./webhook-talk.ts";
import { SOURCE_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * Webhook to triggers, purely. A webhook is only a nudge, so little is taken from it: whom it is about, and what cannot
 * be read again (who did it, and the text as it was then). Everything else about the payload is ignored, and a payload
 * of another shape is no event for us.
 */

/** `ignored` says why there is no nudge; null when there is one. */
export type Translation = { readonly nudges: readonly Nudge[]; readonly ignored: string | null };

const label = z.object({ label: z.object({ name: z.string() }) });
const pulls = listOf(z.object({ number: numberLike }));

/** @param ourAppId events that our own check runs cause are echoes and told from others by it */
export function translate(event: WebhookEvent, ourAppId: number | null = null): Translation {
  const rule = Object.hasOwn(RULES, event.name) ? RULES[event.name] : undefined;
  if (!rule) return ignored(`nothing depends on ${event.name}`);
  const parsed = common.safeParse(event.payload);
  if (!parsed.success) return ignored(`not from an installation on a repository: ${whereWrong(parsed.error)}`);
  const result = rule({ event, payload: event.payload, common: parsed.data, ourAppId });
  if (typeof result === "string") return ignored(result);
  return result.length > 0 ? { nudges: result, ignored: null } : ignored("nothing of ours is touched");
}

/** Whether anything can depend on such an event: most of what a busy repository tells needs no look. */
export function concerns(event: string): boolean {
  return Object.hasOwn(RULES, event) || tellsOfPlaces(event);
}

function ignored(why: string): Translation {
  return { nudges: [], ignored: why };
}

function whereWrong(error: z.ZodError): string {
  return error.issues.map((issue) => issue.path.join(".")).join(", ");
}

type Rule = (input: Input) => Nudge[] | string;

const RULES: Readonly<Record<string, Rule | undefined>> = {
  issues: shaped(z.object({ issue: issueLike }), (input, { issue }) => issueNudge(input, issue, "issue")),
  pull_request: shaped(z.object({ pull_request: issueLike }), (input, { pull_request: pull }) =>
    issueNudge(input, { ...pull, pull_request: {} }, "pull"),
  ),
  issue_comment: shaped(commentShape, commentNudge),
  pull_request_review: shaped(reviewShape, reviewNudge),
  pull_request_review_comment: shaped(inlineShape, inlineNudge),
  check_run: shaped(z.object({ check_run: checkLike() }), (input, { check_run: run }) => checkNudges(input, run)),
  check_suite: shaped(z.object({ check_suite: checkLike() }), (input, { check_suite: suite }) =>
    checkNudges(input, suite),
  ),
  status: shaped(z.object({ sha: nameLike }), (input, { sha }) => [
    changed(input, { headSha: sha }, "status", "checks"),
  ]),
  delete: shaped(z.object({ ref: z.string(), ref_type: z.string() }), (input, { ref, ref_type: type }) =>
    type === "branch" ? [changed(input, { branch: ref }, "branch deleted", "pull")] : "a tag was deleted",
  ),
  push: shaped(z.object({ ref: z.string(), deleted: z.boolean().default(false) }), pushNudge),
};

function shaped<T>(schema: z.ZodType<T>, rule: (input: Input, data: T) => Nudge[] | string): Rule {
  return (input) => {
    const parsed = schema.safeParse(input.payload);
    return parsed.success ? rule(input, parsed.data) : `unexpected shape: ${whereWrong(parsed.error)}`;
  };
}

/** What the event of another base branch carries besides. */
const rebased = z.object({
  changes: z.object({ base: z.object({ ref: z.object({ from: z.string() }) }) }),
  pull_request: z.object({ base: z.object({ ref: nameLike }) }),
});

const headed = z.object({ pull_request: z.object({ head: z.object({ sha: nameLike }) }) });

const REREAD = new Set([
  "edited",
  "closed",
  "reopened",
  "transferred",
  "deleted",
  "synchronize",
  "ready_for_review",
  "converted_to_draft",
  // What could not be said in a locked thread is said now.
  "unlocked",
  "enqueued",
  "dequeued",
]);

function issueNudge(input: Input, raw: z.infer<typeof issueLike>, look: "issue" | "pull"): Nudge[] | string {
  const { action = "", sender } = input.common;
  if (action === "labeled" || action === "unlabeled") {
    if (!isPerson(sender)) return BY_BOT;
    const named = label.safeParse(input.payload);
    // A label that is deleted everywhere is taken off issues without being named.
    if (!named.success) return "no label is named";
    const kind = action === "labeled" ? "labelled" : "unlabelled";
    return [
      nudge(input, { number: raw.number }, { kind, label: labelName(named.data.label.name), issue: issueFacts(raw) }),
    ];
  }
  if (action === "opened" && look === "pull")
    return [changed(input, { number: raw.number }, "pull opened", look), ...commandInText(input, raw)];
  if (action === "opened") return openedNudge(input, raw);
  if (!REREAD.has(action)) return `nothing depends on ${input.event.name} ${action}`;
  const other = action === "edited" && look === "pull" ? rebased.safeParse(input.payload).data : undefined;
  if (action === "edited" && !isPerson(sender) && !other) return BY_BOT;
  const pushed = action === "synchronize" ? headed.safeParse(input.payload).data : undefined;
  const parent = look === "issue" && /^(?:closed|reopened)$/.test(action) ? parentOf(issueFacts(raw)) : null;
  return [
    changed(input, { number: raw.number }, `${look} ${action}`, look, {
      ...(other ? { base: other.pull_request.base.ref } : {}),
      ...(pushed ? { head: pushed.pull_request.head.sha } : {}),
    }),
    // A part whose turn has not come is no ticket that could tell its epic.
    ...(parent === null ? [] : [changed(input, { number: parent }, `part ${action}`, "issue")]),
  ];
}

/** GitHub also sends an event for each label that an issue is opened with; poorer servers send this one only. */
function openedNudge(input: Input, raw: z.infer<typeof issueLike>): Nudge[] | string {
  const issue = issueFacts(raw);
  const said = commandInText(input, raw);
  const started = issue.labels.find((one) => START_LABELS.includes(one));
  if (started === undefined) return said.length > 0 ? said : "opened without a label of ours";
  if (!isPerson(input.common.sender)) return BY_BOT;
  const own = { kind: "labelled" as const, label: started, issue };
  return [nudge(input, { number: raw.number }, own, `${OPENING}${input.event.id}`), ...said];
}

/** Of whoever wrote the text: a transferred issue is opened by somebody else. It is answered and never followed (decision 41). */
function commandInText(input: Input, raw: z.infer<typeof issueLike>): Nudge[] {
  const { sender } = input.common;
  const [body] = commandsIn(raw.body ?? "");
  if (body === undefined || !isPerson(sender) || sender.id !== raw.user?.id) return [];
  const own = { kind: "commented" as const, commentId: 0, body, issue: issueFacts(raw) };
  return [nudge(input, { number: raw.number }, own, `${OPENING_TEXT}${raw.number}`)];
}

function checkLike() {
  return z.object({
    name: z.string().optional(),
    head_sha: nameLike,
    pull_requests: pulls,
    app: z.object({ id: z.number().int().nullish() }).nullish(),
  });
}

function checkNudges(input: Input, check: z.infer<ReturnType<typeof checkLike>>): Nudge[] | string {
  const isOurs = input.ourAppId !== null && check.app?.id === input.ourAppId;
  if (input.common.action === "rerequested" && isOurs && check.name === "coop/proof") {
    if (!isPerson(input.common.sender)) return BY_BOT;
    return check.pull_requests.map(({ number }) => changed(input, { number }, PROOF_RERUN, "pull"));
  }
  if (input.common.action !== "completed") return "a check that has not ended";
  if (isOurs) return "our own check";
  // Pull requests from forks are not listed; then the commit has to do.
  const hints =
    check.pull_requests.length > 0
      ? check.pull_requests.map(({ number }) => ({ number }))
      : [{ headSha: check.head_sha }];
  return hints.map((hint) => changed(input, hint, `${input.event.name} completed`, "checks"));
}

/** Branches that the program writes to. */
const OUR_BRANCH = /^coop\//;

function pushNudge(input: Input, { ref, deleted }: { ref: string; deleted: boolean }): Nudge[] | string {
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
  if (branch === null || deleted) return "no branch was written";
  if (branch !== input.common.repository.default_branch && !OUR_BRANCH.test(branch))
    return "a branch of nobody's ticket";
  return [changed(input, { branch }, `push to ${branch}`.slice(0, SOURCE_CHARS_MAX), "pull")];
}
