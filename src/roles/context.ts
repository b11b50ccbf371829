import { allot, estimateTokens, headWithin, type Share } from "../core/rules/context-budget.ts";
import type { Briefing } from "./briefing.ts";
import { type As, type Seen, seen } from "../hygiene/seen.ts";
import { fenced, type Form } from "./fence.ts";
import { mapOf } from "./map.ts";
import { blockersFirst, doneFirst, foldOlder } from "./vital.ts";

/**
 * A briefing as the blocks of a question, from the most stable to the most volatile: what every ticket of the repository
 * shares, what every round of this ticket shares, what is new, and last of all the task. So a provider's cache serves the
 * beginning again, to the next round and to the next ticket. What does not fit is named before the task: a model that
 * does not know that something is missing invents it.
 */
type Block = {
  readonly share: Share;
  readonly rank: number;
  /** Our words: what the block is and how far it counts. */
  readonly heading: string;
  readonly label: Seen;
  readonly form: Form;
  readonly text: Seen;
  /** Said instead where the text does not fit, and cut only then. */
  readonly shorter?: Seen;
  /** How the model gets at what was not shown. */
  readonly otherwise: string;
  /** Title, plan, open findings, decisions, disputes, what people want changed: shown whatever else is long. */
  readonly isVital?: boolean;
};

/** Handoffs shown word by word; older ones are folded into their decisions. */
const HANDOFFS_VERBATIM = 2;
/** Room for the block that names what is not shown. */
const NOTICE_TOKENS = 200;
const NAMED_MAX = 12;

export type Context = {
  readonly context: Seen[];
  readonly shared: { readonly tickets: number; readonly rounds: number };
};

/**
 * @param task the words of one task, under the header lines on which servers and scripts rely
 * @param tokensMax what all blocks together may take, by the estimate of `core/context-budget.ts`
 */
export function contextOf(briefing: Briefing, task: { name: string; words: string }, tokensMax: number): Context {
  const header = headerOf(briefing, task);
  const groups = [common(briefing), persistent(briefing), [...working(briefing), ...recent(briefing)]];
  const blocks = groups.flat();
  const parts = blocks.map((block) => ({ ...block, cut: "head" as const, tokens: estimateTokens(render(block)) + 1 }));
  const allotted = allot(parts, tokensMax - estimateTokens(header) - NOTICE_TOKENS);
  const missing: string[] = [];
  const shown = parts.map((part, index) => {
    const tokens = allotted[index] ?? 0;
    const fits = tokens >= part.tokens;
    const said = fits ? part : { ...part, text: part.shorter ?? part.text };
    const text = fits ? said.text : shorten(said, tokens);
    if (text !== said.text) missing.push(missingOf(said, text));
    return text === null ? null : render({ ...said, text });
  });
  const [tickets = 0, ticket = 0] = groups.map((group) => group.length);
  const shownOf = (blocksOf: number) => shown.slice(0, blocksOf).filter((text) => text !== null).length;
  return {
    context: [...shown.filter((text) => text !== null), ...(missing.length > 0 ? [notice(missing)] : []), header],
    shared: { tickets: shownOf(tickets), rounds: shownOf(tickets + ticket) },
  };
}

function headerOf(briefing: Briefing, task: { name: string; words: string }): Seen {
  const lines = [
    `Task: ${task.name}`,
    `Round: ${briefing.round}`,
    `Ticket: ${briefing.ticket}`,
    `Type: ${briefing.type}`,
  ];
  return seen(`${lines.join("\n")}\n\n${task.words}`, "code");
}

function render(block: Block): Seen {
  return seen(`## ${block.heading}\n${fenced(block.label, block.text, block.form)}`, "code");
}

/** @returns null when too little would be left to be worth showing. */
function shorten(block: Block, tokens: number): Seen | null {
  if (tokens === 0) return null;
  if (estimateTokens(render(block)) <= tokens) return block.text;
  // A JSON string is longer than its text, so the text is cut until the whole block fits.
  for (
    let room = tokens - estimateTokens(render({ ...block, text: seen("", "code") }));
    room > 0;
    room = Math.floor(room * 0.8)
  ) {
    const text = seen(headWithin(block.text, room), "code");
    if (estimateTokens(render({ ...block, text })) <= tokens) return text;
  }
  return null;
}

function missingOf(block: Block, shown: Seen | null): string {
  const what = shown === null ? "" : ` (only its first ${shown.length} of ${block.text.length} characters)`;
  return `${JSON.stringify(block.label)}${what}, ${block.otherwise}`;
}

function notice(missing: readonly string[]): Seen {
  const more = missing.length > NAMED_MAX ? [`and ${missing.length - NAMED_MAX} more`] : [];
  const named = headWithin([...missing.slice(0, NAMED_MAX), ...more].join("\n- "), NOTICE_TOKENS - 20);
  return seen(`Not shown for want of room:\n- ${named}`, "code");
}

const READ = "read it with read_file";
const GONE = "there is no other way to see it";

/** Of the repository, not of the ticket. */
function common(b: Briefing): Block[] {
  return [
    ...b.notes.map((note) => file("persistent", 4, "Conventions of this project (for how the code is written)", note)),
    ...listing(b),
  ];
}

function persistent(b: Briefing): Block[] {
  const said = b.answers.map(({ by, text }) =>
    block("persistent", 1, "Answer to a question about the ticket", `answer by ${by}`, text),
  );
  return [
    vital(block("persistent", 0, "The ticket's title", "ticket title", b.title, "line")),
    ...some(b.body, (body) => block("persistent", 1, "The ticket's text", "ticket text", body)),
    ...said,
    ...some(b.diagnosis, (one) => data("persistent", 2, "Root cause, found before", "diagnosis", one)),
    ...some(b.plan, (one) =>
      vital(data("persistent", 0, "The approved plan: what the change is measured against", "plan", doneFirst(one))),
    ),
  ];
}

function working(b: Briefing): Block[] {
  return [
    ...some(b.delta, (text) => output("working", 0, "What changed since you looked last", "delta", text)),
    ...some(b.diff, (text) => output("working", 1, "The whole change, base to head", "diff", text)),
    ...b.files.map((one) => file("working", 2, "File", { path: one.path, text: numbered(one.text) })),
  ];
}

const UNNOTICED =
  "Changes of the code that no test notices; in `followUps`, `resolved` only if no input can tell: say why";

function recent(b: Briefing): Block[] {
  const folded = foldOlder(b.handoffs.slice(0, -HANDOFFS_VERBATIM), b);
  return [
    ...some(folded, (one) =>
      vital(data("recent", 5, "Decisions and blockers of earlier handoffs", "earlier handoffs", one)),
    ),
    ...b.handoffs
      .slice(-HANDOFFS_VERBATIM)
      .map((one) => vital(data("recent", 3, `Handoff from the ${one.from}`, "handoff", one))),
    ...some(b.trail, (one) =>
      data("recent", 4, "What the implementer says it did (claims, not facts)", "evidence trail", one),
    ),
    ...some(b.begun, (one) =>
      data(
        "recent",
        1,
        "Edits of a try that was ended; they stand in the workspace. Go on from them",
        "work so far",
        one,
      ),
    ),
    ...list(b.unplanned, (all) =>
      data(
        "recent",
        4,
        "Changed files outside the plan, with the author's reason; `outside` accepts those that it needs",
        "unplanned",
        all,
      ),
    ),
    ...list(b.openFindings, (all) =>
      vital(data("recent", 0, "Open findings; each needs your answer", "findings", blockersFirst(all))),
    ),
    ...list(b.survivors, (all) => vital(data("recent", 0, UNNOTICED, "survivors", all))),
    ...list(b.claims, (all) =>
      data("recent", 1, "What the implementer says to findings (claims, not facts)", "claims", all),
    ),
    ...list(b.disputes, (all) =>
      vital(data("recent", 0, "The finding in dispute and what is said against it", "dispute", all)),
    ),
    ...b.rework.map(({ by, text }) =>
      vital(block("recent", 0, "A maintainer wants this changed", `rework by ${by}`, text)),
    ),
    ...list(b.proofMissing, (all) =>
      block("recent", 1, "What still lacks proof", "missing proof", all.join("\n"), "code"),
    ),
    ...some(b.verification, ({ outcome, output: text }) =>
      output("recent", 2, `The repository's own commands: ${outcome}`, "verification output", text),
    ),
  ];
}

/** Everything that stands in a question comes through here, in the way that fits it. */
function block(share: Share, rank: number, heading: string, label: string, text: string, as: As = "page"): Block {
  const [named, shown] = [seen(label, "line"), seen(text, as)];
  return { share, rank, heading, label: named, form: "json", text: shown, otherwise: GONE };
}

function data(share: Share, rank: number, heading: string, label: string, value: unknown): Block {
  return { ...block(share, rank, heading, label, JSON.stringify(value), "code"), form: "text" };
}

const vital = (one: Block): Block => ({ ...one, isVital: true });

function output(share: Share, rank: number, heading: string, label: string, text: string): Block {
  return {
    ...block(share, rank, heading, label, text, "output"),
    form: "text",
    otherwise: "read the files it concerns",
  };
}

function file(share: Share, rank: number, heading: string, { path, text }: { path: string; text: string }): Block {
  return { ...block(share, rank, heading, path, text, "code"), form: "text", otherwise: READ };
}

function listing(briefing: Briefing): Block[] {
  if (briefing.paths.length === 0) return [];
  const { whole, paths } = mapOf(briefing);
  const map = block("persistent", 3, "Paths, with what they export", "paths", whole, "code");
  return [{ ...map, form: "text", shorter: seen(paths, "code"), otherwise: "list the rest with list_files" }];
}

function some<T>(value: T | null, make: (value: T) => Block): Block[] {
  return value === null || value === "" ? [] : [make(value)];
}

function list<T>(values: readonly T[], make: (values: readonly T[]) => Block): Block[] {
  return values.length === 0 ? [] : [make(values)];
}

/** Lines with their numbers, as `read_file` gives them, so that findings can cite them. */
export function numbered(text: string, firstLine = 1): string {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => `${firstLine + index}\t${line}`).join("\n");
}
