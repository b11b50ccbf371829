import { canonicalJson } from "../core/ledger/chain.ts";
import { type Entry, kindOf } from "../core/ledger/entry.ts";
import { decide } from "../core/rules/decide.ts";
import type { Decision } from "../core/rules/facts.ts";
import { fold } from "../core/ticket/fold.ts";
import { type EntryData, type EntryDraft, entryBodySchema } from "../core/ledger/entries.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { endedBy } from "../core/rules/interrupt.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";
import { worded } from "../messages/worded.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { decisionsBefore, obeyed, quietFacts } from "./causes.ts";
import { endsStep, inconsistency } from "./step-ends.ts";

/**
 * Runs the rules again over every prefix of a ledger and asks of each entry whether it follows: from the step that was
 * due, from what a person said and was allowed to say, or from what GitHub showed. What models answered and what
 * GitHub showed is taken from the entry itself; that code, and no model, decided what came of it is what is shown.
 */
export type Replayed = {
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
  /** What was due just before it, with the reason that the rules give. */
  readonly due: string;
  /** `newer`: a newer version wrote it, or something before it, and only that version can say whether it follows. */
  readonly verdict: "follows" | "unexplained" | "newer";
  readonly why: string;
};

export function replay(entries: readonly Entry[]): Replayed[] {
  const replayed: Replayed[] = [];
  while (replayed.length < entries.length) {
    const before = entries.slice(0, replayed.length);
    const ticket = fold(before);
    const cause = causeOf(ticket, before, entries.slice(replayed.length));
    const due = ticket ? dueNow(ticket, before) : "a person's label or command";
    for (const entry of entries.slice(replayed.length, replayed.length + cause.covers)) {
      const { seq, at } = entry;
      replayed.push({ seq, kind: kindOf(entry), at, due, verdict: cause.verdict, why: cause.why });
    }
  }
  return replayed;
}

/** What the rules want next, when nothing has moved on GitHub. */
export function dueNow(ticket: Ticket, entries: readonly Entry[]): string {
  const quiet = quietFacts(ticket, entries);
  const decision = decide(ticket, quiet);
  const because = `${sentenceFor(decision.why, ticket.forge.kind)} [${decision.why.code}]`;
  if (decision.do === "step") return `step "${decision.step}": ${because}`;
  if (decision.do === "record") return `${decision.entries.map((one) => one.kind).join(", ")}: ${because}`;
  return `${decision.do === "wait" ? `waiting (${decision.for})` : `a look at ${ticket.forge.kind === "desk" ? "the repository" : "GitHub"}`}: ${because}`;
}

type Cause = Pick<Replayed, "verdict" | "why"> & { readonly covers: number };

const follows = (why: string, covers = 1): Cause => ({ verdict: "follows", why, covers });
const unexplained = (why: string): Cause => ({ verdict: "unexplained", why, covers: 1 });

/** @param rest the entry in question and those after it: some decisions write several at once */
function causeOf(ticket: Ticket | null, before: readonly Entry[], rest: readonly Entry[]): Cause {
  const [entry, next] = rest;
  if (!entry) throw new Error("There is no entry to explain");
  if (entry.kind === "newer" || ticket?.newer)
    return {
      verdict: "newer",
      why: beyond(ticket?.newer ?? { seq: entry.seq, kind: kindOf(entry) }, entry),
      covers: 1,
    };
  if (entry.kind === "opened")
    return ticket
      ? unexplained("The ticket was opened before.")
      : follows(`${entry.data.by} opened it (${entry.data.source}).`);
  if (!ticket) return unexplained("Nothing can happen before the ticket is opened.");
  const noted = bookkeeping(ticket, before, entry, next);
  if (noted) return noted;
  if (ticket.end) return unexplained(`The ticket was ${ticket.end.as} before.`);
  return decided(ticket, before, rest) ?? said(ticket, before, rest) ?? stepEnded(ticket, before, entry, next);
}

function beyond({ seq, kind }: NonNullable<Ticket["newer"]>, entry: Entry): string {
  const which = seq === entry.seq ? "It" : `Entry ${seq}`;
  return `${which} was written by a newer version (${kind}); only that version can say whether this follows.`;
}

/** Entries that decide nothing: answers, work that was dropped, and what happened to the ledger itself. */
function bookkeeping(ticket: Ticket, before: readonly Entry[], entry: Entry, next: Entry | undefined): Cause | null {
  if (entry.kind === "step_interrupted") return interrupted(before, entry.data);
  if (entry.kind === "epic_split" && next?.kind === "step_interrupted" && next.data.step === "split")
    return follows("These issues were open when the step was interrupted.");
  if (entry.kind === "commanded" && entry.data.outcome !== "accepted")
    return follows(`${entry.data.by} was answered (${entry.data.source}).`);
  if (entry.kind === "remarked") return remarked(ticket, entry.data);
  if (entry.kind === "ledger_fault") return follows("Somebody changed the published copy.");
  if (entry.kind === "issue_reopened" && ticket.end?.as === "merged" && ticket.end.reopenedBy === undefined)
    return follows(`${entry.data.by} opened the issue again (${entry.data.source}).`);
  if (entry.kind === "halted" || entry.kind === "resumed" || entry.kind === "stopped")
    return refusedByForge(ticket, entry);
  if (entry.kind !== "ledger_rebuilt") return null;
  return entry.data.entries === ticket.length
    ? follows("The thread held entries that the database did not.")
    : unexplained(`It says that ${entry.data.entries} entries were rebuilt, and ${ticket.length} stand before it.`);
}

function remarked({ pull, opened, end }: Ticket, { by, source }: EntryData<"remarked">): Cause {
  return pull && !opened.pull && !end
    ? follows(`${by} reviewed it without a verdict that counts (${source}).`)
    : unexplained("There was no change of ours to review.");
}

const REFUSALS: ReadonlySet<string> = new Set(["forge-refuses", "conversation-locked", "repository-away"]);

/** GitHub refuses, and lets in again, whatever the ledger holds: no step is due then, and nobody has said anything. */
function refusedByForge(
  { halt, end }: Ticket,
  { kind, data }: Entry & { kind: "halted" | "resumed" | "stopped" },
): Cause | null {
  if (end || data.by !== "policy") return null;
  const code = "because" in data ? (data.because?.code ?? "") : "";
  if (kind === "halted" && !halt && REFUSALS.has(code)) return follows("GitHub refused what the ticket needed.");
  if (kind === "stopped" && halt && code === "refused-too-long")
    return follows("GitHub refused its last words for too long.");
  const isLifted = kind === "resumed" && REFUSALS.has(halt?.because?.code ?? "");
  return isLifted ? follows("GitHub no longer refuses.") : null;
}

function interrupted(before: readonly Entry[], { step, endedBy: by }: EntryData<"step_interrupted">): Cause {
  const ending = before[by.seq - 1];
  return ending && kindOf(ending) === by.kind && endedBy(step, [ending])
    ? follows(`Entry ${by.seq} was written while the step "${step}" ran, and ended it.`)
    : unexplained(`Entry ${by.seq} does not end the step "${step}".`);
}

function decided(ticket: Ticket, before: readonly Entry[], rest: readonly Entry[]): Cause | null {
  const [entry] = rest;
  if (!entry) return null;
  for (const decision of decisionsBefore(ticket, before, entry)) {
    if (decision.do === "record" && matches(ticket, decision.entries, rest))
      return follows(sentenceFor(decision.why, ticket.forge.kind), decision.entries.length);
  }
  return null;
}

function said(ticket: Ticket, before: readonly Entry[], rest: readonly Entry[]): Cause | null {
  const [entry, next] = rest;
  const answer = entry && obeyed(ticket, before, entry, next);
  if (!answer || !("by" in entry.data)) return null;
  if ("refused" in answer) return unexplained(`${entry.data.by} was not allowed to say this: ${answer.refused}`);
  if (matches(ticket, answer, rest)) return follows(`${entry.data.by} said so, and the rules allow it.`, answer.length);
  return unexplained(`${entry.data.by} said something, but the rules make something else of it.`);
}

function stepEnded(ticket: Ticket, before: readonly Entry[], entry: Entry, next: Entry | undefined): Cause {
  const steps = decisionsBefore(ticket, before, entry).filter(
    (one): one is Extract<Decision, { do: "step" }> => one.do === "step",
  );
  const step = steps.find((one) => endsStep(one.step, entry));
  if (!step) return unexplained("No step that was due ends like this, nobody said it, and no rule writes it.");
  const wrong = inconsistency(ticket, entry);
  if (wrong) return unexplained(wrong);
  // A round that was paid for and came to nothing writes two entries in one append: what it cost, and the halt.
  const halted =
    entry.kind === "step_failed" && next?.kind === "halted" && next.at === entry.at && next.data.by === "policy";
  return follows(
    `The step "${step.step}" was due and ended so.`,
    halted && next.data.reason === entry.data.reason ? 2 : 1,
  );
}

function matches(ticket: Ticket, drafts: readonly RuleDraft[], rest: readonly Entry[]): boolean {
  return (
    drafts.length > 0 &&
    drafts.every((draft, index) => {
      const entry = rest[index];
      return entry !== undefined && sameBody(worded(draft, ticket), entry);
    })
  );
}

/** The words that stand beside a reason. They may be improved, so what is compared is the reason itself. */
const WORDS: ReadonlySet<string> = new Set(["sentence", "why", "reply", "next"]);
/** Whether a second person has to approve, and how long a ticket waits for another, is the policy's, which is not in the ledger. */
const POLICYS: ReadonlySet<string> = new Set(["second", "hours"]);

/** Which model takes a seat depends on the pool, which is not in the ledger; that one had to, and why, is. */
function sameBody(draft: EntryDraft, entry: Entry): boolean {
  if (draft.kind !== entry.kind) return false;
  // Parsed, both of them: what only a newer version knows of an entry is nothing that these rules could have written.
  const [due, found] = [entryBodySchema.parse(draft), entryBodySchema.parse({ kind: entry.kind, data: entry.data })];
  const seat = draft.kind === "assignment_changed" ? ["model", "vendor"] : [];
  // Entries from before there were codes have only words for their reason; of them the rest is compared.
  const codes = "because" in found.data && found.data.because !== undefined ? [] : ["because"];
  const left = new Set([...WORDS, ...POLICYS, ...seat, ...codes]);
  return comparable(due.data, left) === comparable(found.data, left);
}

function comparable(data: object, left: ReadonlySet<string>): string {
  return canonicalJson(Object.fromEntries(Object.entries(data).filter(([name]) => !left.has(name))));
}
