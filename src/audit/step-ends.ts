import type { Entry } from "../core/ledger/chain.ts";
import type { EntryKind, StepName } from "../core/ledger/entries.ts";
import { readiness } from "../core/ticket/proof-items.ts";
import type { Ticket } from "../core/ticket/ticket.ts";

/** With which entries each step can end, besides having failed or having halted the ticket. */
const ENDS: Readonly<Record<StepName, readonly EntryKind[]>> = {
  route: ["routed"],
  ask: ["question_asked", "question_skipped"],
  diagnose: ["diagnosed"],
  plan: ["planned"],
  implement: ["implemented", "head_moved"],
  "open-pull-request": ["pull_request_opened"],
  review: ["reviewed"],
  attack: ["reviewed"],
  settle: ["dispute_settled"],
  prove: ["proof_collected"],
  merge: ["merged", "merge_queued"],
  split: ["epic_split"],
  finish: ["epic_ended"],
};

export function endsStep(step: StepName, entry: Entry): boolean {
  if (entry.kind === "newer") return false;
  if (entry.kind === "step_failed") return entry.data.step === step;
  if (entry.kind === "halted") return entry.data.by === "policy";
  if (entry.kind === "reviewed")
    return entry.data.role === (step === "attack" ? "adversary" : "reviewer") && isReview(step);
  return ENDS[step].includes(entry.kind);
}

function isReview(step: StepName): boolean {
  return step === "review" || step === "attack";
}

/** What an entry says that code should never have written: the numbers and verdicts that no model decides. */
export function inconsistency(ticket: Ticket, entry: Entry): string | null {
  const head = ticket.change?.headSha;
  switch (entry.kind) {
    case "planned":
      return entry.data.textHash === ticket.text.hash ? null : "The plan is for another text than the ticket's.";
    case "implemented":
      return entry.data.round === (ticket.change ? ticket.change.round + 1 : 0)
        ? null
        : "The round is not the next one.";
    case "reviewed":
      if (entry.data.headSha !== head) return "The review is of another commit than the head.";
      if (ticket.change?.authors.includes(entry.data.model))
        return `${entry.data.model} reviewed what it wrote itself.`;
      return entry.data.verdict === "pass" && entry.data.findings.some((one) => one.severity === "blocker")
        ? "The verdict is a pass although a blocker was found."
        : null;
    case "proof_collected":
      if (entry.data.headSha !== head) return "The proof is for another commit than the head.";
      return readiness(entry.data.items).outcome === entry.data.outcome
        ? null
        : "The outcome does not follow from the items of the proof.";
    case "merge_queued":
      if (ticket.mergeApproval?.queuedAt) return "The merge queue had it before.";
      return entry.data.headSha === head ? null : "It gave another commit than the approved one to the merge queue.";
    case "merged":
      return entry.data.headSha === head && entry.data.by === ticket.mergeApproval?.by
        ? null
        : "It merged another commit than the approved one, or named another approver.";
    default:
      return null;
  }
}
