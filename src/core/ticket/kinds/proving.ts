import { progress } from "../progress.ts";
import { readiness } from "../proof-items.ts";
import { survived } from "../survivors.ts";
import type { Ticket } from "../ticket.ts";
import type { EntryData } from "../../ledger/entries.ts";
import { idOf, isSamePerson } from "../../ledger/same-person.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const proofCollected: Kind<"proof_collected"> = {
  fold: (ticket, data, at) =>
    progress({
      ...ticket,
      findings: survived(ticket.findings, data.items),
      proof: { ...data, at },
      proofs: ticket.proofs + 1,
    }),
  isAwaited: atOnce,
  role: null,
};

export const protectedAccepted: Kind<"protected_accepted"> = {
  fold: (ticket, data) => ({ ...ticket, protectedAccepted: data, proof: null }),
  isAwaited: withTheNext,
  role: null,
};

/** The word that lets the last item pass is said at once: the pull request leaves draft with it, and the merge may follow. */
export const proofAccepted: Kind<"proof_accepted"> = {
  fold: accepted,
  isAwaited: (data, before) => accepted(before, data).proof?.outcome === "ready",
  role: null,
};

function accepted(ticket: Ticket, data: EntryData<"proof_accepted">): Ticket {
  const proof = ticket.proof && passed(ticket.proof, data);
  const halt = proof?.outcome === "ready" && endsWithProof(ticket.halt) ? null : ticket.halt;
  return { ...ticket, accepted: [...ticket.accepted, data], proof, halt };
}

/** The proof as it stands with that one item let pass. What it rests on did not change, so nothing is run again. */
function passed(
  proof: NonNullable<Ticket["proof"]>,
  { headSha, item, by, why }: EntryData<"proof_accepted">,
): NonNullable<Ticket["proof"]> {
  if (proof.headSha !== headSha) return proof;
  const items = proof.items.map((one) => (one.id === item ? { ...one, accepted: { by, why } } : one));
  return { ...proof, items, outcome: readiness(items).outcome };
}

/** Halts that only missing proof caused. */
function endsWithProof(halt: Ticket["halt"]): boolean {
  return halt !== null && ["unproven", "rounds", "protected-paths"].includes(halt.reason);
}

export const mergeApproved: Kind<"merge_approved"> = {
  fold: (ticket, data) => ({ ...ticket, mergeApproval: approved(ticket, data) }),
  isAwaited: withTheNext,
  role: null,
};

/** The queue of the base branch has it now; what it merges is tested there once more. */
export const mergeQueued: Kind<"merge_queued"> = {
  fold: (ticket, { headSha }, at) => {
    const { mergeApproval } = ticket;
    return mergeApproval?.headSha === headSha
      ? progress({ ...ticket, mergeApproval: { ...mergeApproval, queuedAt: at } })
      : ticket;
  },
  isAwaited: atOnce,
  role: null,
};

function approved({ mergeApproval: first }: Ticket, data: EntryData<"merge_approved">): Ticket["mergeApproval"] {
  const isSecond = first?.headSha === data.headSha && first.second === "needed" && !isSamePerson(first, data);
  if (isSecond) return { ...first, second: { by: data.by } };
  return { by: data.by, ...idOf(data), headSha: data.headSha, second: data.second ?? "not-needed" };
}
