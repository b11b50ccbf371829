// Held by test/scenarios/proof-ahead.system.ts
import { typeOf } from "../core/ticket/ticket.ts";
import { equivalents } from "../core/ticket/survivors.ts";
import type { ProofInput } from "../proof/evidence.ts";
import type { Snapshot } from "../trees/tree.ts";
import { policyOf, type StepContext } from "./step.ts";

/** What the ledger says of a change, for the proof of it; the rest is looked up when the proof is due. */
export function proofOf(context: StepContext, base: Snapshot, head: Snapshot) {
  const { ticket } = context;
  const { change, protectedAccepted } = ticket;
  return {
    type: typeOf(ticket),
    plan: ticket.plan?.plan ?? null,
    base,
    head,
    today: base,
    policy: policyOf(context),
    commands: "to-be-found",
    unplanned: change?.last?.unplanned ?? [],
    protectedAccepted: protectedAccepted?.headSha === head.commitSha ? protectedAccepted.paths : [],
    accepted: ticket.accepted,
    equivalents: equivalents(ticket),
  } satisfies Partial<ProofInput>;
}
