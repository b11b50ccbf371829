import { NOT_AWAY } from "../progress.ts";
import type { Part } from "../epic.ts";
import type { Ticket } from "../ticket.ts";
import type { EntryData, HaltReason } from "../../ledger/entries.ts";
import { addSpend } from "../../ledger/records.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const halted: Kind<"halted"> = {
  fold: (ticket, data, at) => ({
    ...ticket,
    halt: { ...data, at },
    mergeApproval: null,
    spend: data.spend ? addSpend(ticket.spend, data.spend) : ticket.spend,
  }),
  isAwaited: atOnce,
  role: null,
};

export const resumed: Kind<"resumed"> = {
  fold: (ticket, data) => ({
    ...ticket,
    proofs: data.by === "policy" ? ticket.proofs : 0,
    unlocks: data.by === "policy" ? ticket.unlocks + (goesOnByItself(ticket) ? 1 : 0) : 0,
    halt: null,
    epic: data.by === "policy" ? ticket.epic : withoutLeftOut(ticket),
    ...{ failures: 0, seatFailures: 0, away: NOT_AWAY, dependent: [] },
    tries: ASKS_ANEW.includes(ticket.halt?.reason ?? "internal") ? ticket.tries + 1 : ticket.tries,
    proof: ticket.halt?.reason === "unproven" ? null : ticket.proof,
  }),
  isAwaited: withTheNext,
  role: null,
};

/** Halts about what a model answered: the journal would give the very same answer to the same question. */
const ASKS_ANEW: readonly HaltReason[] = ["model-unusable", "plan-unsound", "nothing-changed"];

function goesOnByItself({ halt }: Ticket): boolean {
  const because = halt?.because;
  if (because?.code === "merge-refused") return because.facts["rule"] === "draft";
  return ["conversation-locked", "repository-away"].includes(because?.code ?? "");
}

/** A person who goes on although parts were left out wants the others without those that the halt named, and no more. */
function withoutLeftOut({ epic, halt }: Ticket): Ticket["epic"] {
  if (!epic || halt?.reason !== "part-left-out") return epic;
  const missing = halt.because?.code === "part-left-out" ? halt.because.facts["missing"] : null;
  const named = Array.isArray(missing) ? missing.map(String) : null;
  const isNamed = ({ issue }: Part) => named === null || named.includes(String(issue));
  const parts = epic.parts.map((part) =>
    part.state === "left-out" && isNamed(part) ? { ...part, waived: true } : part,
  );
  return { ...epic, parts };
}

export const stepFailed: Kind<"step_failed"> = { fold: failed, isAwaited: withTheNext, role: null };

export const stepInterrupted: Kind<"step_interrupted"> = {
  fold: (ticket, data) => ({
    ...ticket,
    work: data.work ?? ticket.work,
    spend: addSpend(ticket.spend, data.spend),
  }),
  isAwaited: withTheNext,
  role: null,
};

/** Another failure between two of them says nothing about those that were asked before. */
function dependentAfter({ dependent }: Ticket, { because: reason }: EntryData<"step_failed">): readonly string[] {
  if (reason?.code !== "review-not-independent") return dependent;
  const { model } = reason.facts;
  return typeof model === "string" ? [...dependent, model] : dependent;
}

/**
 * A provider that was away leaves the question as it was, so that the journal still answers the turns already paid for.
 * Nonsense counts as a try of its own: the same question has to be asked anew.
 */
function failed(ticket: Ticket, data: EntryData<"step_failed">): Ticket {
  const tries = data.reason === "model-unusable" ? ticket.tries + 1 : ticket.tries;
  const rests = data.reason === "model-unavailable" ? (data.againInMs ?? 0) : 0;
  // A try with new answers got on: the journal keeps them, so what failed before is no reason to give up. One that only paid
  // for words that broke off did not.
  const gotOn = rests > 0 && (data.kept ?? data.spend.calls) > 0;
  return {
    ...ticket,
    failures: gotOn ? 1 : ticket.failures + 1,
    seatFailures: gotOn ? 1 : ticket.seatFailures + 1,
    away: awayAfter(ticket.away, data, rests, gotOn),
    lastFailure: data.reason,
    dependent: dependentAfter(ticket, data),
    tries,
    work: data.work ?? ticket.work,
    spend: addSpend(ticket.spend, data.spend),
  };
}

function awayAfter(
  before: Ticket["away"],
  data: EntryData<"step_failed">,
  rests: number,
  gotOn: boolean,
): Ticket["away"] {
  const isAtStake = gotOn || (rests > 0 && data.work !== undefined);
  const inVain = rests > 0 && data.spend.calls > 0 ? before.inVain + 1 : before.inVain;
  return {
    restedMs: rests === 0 ? 0 : rests + (gotOn ? 0 : before.restedMs),
    paid: isAtStake ? "some" : before.paid,
    inVain: rests === 0 || gotOn ? 0 : inVain,
  };
}
