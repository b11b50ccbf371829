// Held by test/scenarios/feature.test.ts
import { checksHash } from "../core/rules/basis.ts";
import type { Facts, Look } from "../core/rules/facts.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { textHash } from "../core/ticket/text-hash.ts";
import type { IssueFacts } from "../core/rules/trigger.ts";
import { type Check, type Forge, ForgeAway, type Together, type Wanted } from "../forge/forge.ts";
import type { World } from "./world.ts";

/**
 * What one pass of a worker has seen of GitHub. It is forgotten after every step, since steps take minutes: what is decided
 * afterwards is decided on a fresh look.
 */
export type View = {
  issue: Facts["issue"];
  pull: Facts["pull"];
  base: Facts["base"];
  checks: Facts["checks"];
  checksStirred: Facts["checksStirred"];
  children: Facts["children"];
  neighbours: Facts["neighbours"];
  /** Kept for the whole pass: who pushed is told by a webhook only. */
  pusher: Facts["pusher"];
  /** Kept as well: who edited the pull request, such as its base branch. */
  editor: string | null;
  policy: Policy | null;
};

export function blankView(): View {
  return {
    issue: null,
    pull: null,
    base: null,
    checks: null,
    checksStirred: "no",
    children: null,
    neighbours: null,
    pusher: null,
    editor: null,
    policy: null,
  };
}

export function forget(view: View): void {
  view.issue = null;
  view.pull = null;
  view.base = null;
  view.checks = null;
  view.children = null;
  view.neighbours = null;
}

/** An issue as a trigger brought it is as good as one that was read, when it is the ticket's own. */
export function see(view: View, ticketNumber: number, issue: IssueFacts): void {
  if (issue.number === ticketNumber) view.issue = { ...issue, textHash: textHash(issue.title, issue.body) };
}

/** Looks at several things with one question, as far as the forge can. */
export async function lookAtAll(forge: Forge, ticket: Ticket, view: View, wanted: readonly Look[]): Promise<void> {
  const seen = wanted.length > 1 || wanted[0] === "issue" ? await forge.lookTogether(namesOf(ticket, wanted)) : {};
  for (const what of wanted) await lookAt(asked(forge, seen), ticket, view, what);
}

function namesOf(ticket: Ticket, wanted: readonly Look[]): Wanted {
  const { pull, change } = ticket;
  return {
    ...(wanted.includes("issue") ? { issue: ticket.ref.number } : {}),
    ...(pull && wanted.includes("pull") ? { pull: pull.number } : {}),
    ...(pull && wanted.includes("base") ? { branch: pull.baseBranch } : {}),
    ...(change && wanted.includes("checks") ? { checks: change.headSha } : {}),
  };
}

/** A forge that was asked already about some things. */
function asked(forge: Forge, { issue, pull, branch, checks }: Together): Looking {
  return {
    issue: async (number) => issue ?? forge.issue(number),
    pull: async (number) => pull ?? forge.pull(number),
    branchHead: async (name) => branch ?? forge.branchHead(name),
    checks: async (sha) => checks ?? forge.checks(sha),
    mergeBase: (base, head) => forge.mergeBase(base, head),
  };
}

type Looking = Pick<Forge, "issue" | "pull" | "branchHead" | "checks" | "mergeBase">;

async function lookAt(forge: Looking, ticket: Ticket, view: View, what: Look): Promise<void> {
  switch (what) {
    case "issue": {
      const issue = await forge.issue(ticket.ref.number);
      view.issue = issue === "gone" ? "gone" : { ...issue, textHash: textHash(issue.title, issue.body) };
      return;
    }
    case "pull":
      if (ticket.pull) view.pull = await pullSeen(forge, ticket, ticket.pull.number);
      return;
    case "base":
      view.base = await forge.branchHead(ticket.pull?.baseBranch ?? ticket.opened.defaultBranch);
      return;
    case "checks":
      view.checksStirred = "no";
      if (ticket.change) view.checks = checksSeen(await forge.checks(ticket.change.headSha));
      return;
    // Their ledgers say it, and no forge (`lookAtChildren`).
    case "children":
    case "neighbours":
      return;
  }
}

/**
 * After a webhook that tells what happened. GitHub shows a transferred issue to nobody who may not look into its new repository,
 * and mostly says 404 of a deleted one; then the webhook is the answer.
 */
export async function lookAsTold(
  forge: Looking,
  ticket: Ticket,
  view: View,
  { what, told }: { readonly what: Look; readonly told: string },
): Promise<void> {
  try {
    await lookAt(forge, ticket, view, what);
  } catch (error) {
    if (!LEFT.has(told) || !(error instanceof ForgeAway) || error.nature !== "refused") throw error;
    view.issue = "gone";
  }
}

const LEFT: ReadonlySet<string> = new Set(["issue deleted", "issue transferred"]);

/** Whoever resumes what stood still because it was closed may have forgotten to open it again. */
export async function lookIfReopened(forge: Looking, ticket: Ticket | null, view: View): Promise<void> {
  const closed = ticket?.halt?.reason;
  if (ticket && closed === "issue-closed") await lookAt(forge, ticket, view, "issue");
  if (ticket && closed === "pull-request-closed") await lookAt(forge, ticket, view, "pull");
}

/** For a new head or another base branch, the place where both part is asked anew: a push may have taken the base in. */
async function pullSeen(forge: Looking, { change, pull: known }: Ticket, number: number): Promise<Facts["pull"]> {
  const pull = await forge.pull(number);
  if (pull === "gone") return "gone";
  const mergeBase =
    pull.state === "open" && change && (pull.headSha !== change.headSha || pull.baseBranch !== known?.baseBranch)
      ? await forge.mergeBase(pull.baseBranch, pull.headSha)
      : "gone";
  return { ...pull, mergeBase: mergeBase === "gone" ? null : mergeBase };
}

function checksSeen(checks: readonly Check[]): Facts["checks"] {
  const running = checks.some((one) => !one.ours && one.status === "pending");
  return { hash: checksHash(checks), state: running ? "running" : "ended" };
}

export function factsOf(world: World, view: View): Facts {
  return {
    now: world.now(),
    policy: view.policy,
    pool: world.pool,
    patienceMs: world.modelRetry && world.modelRetry.personAfterMinutes * 60_000,
    issue: view.issue,
    pull: view.pull,
    base: view.base,
    checks: view.checks,
    checksStirred: view.checksStirred,
    children: view.children,
    neighbours: view.neighbours,
    pusher: view.pusher,
    editor: view.editor,
  };
}
