import type { Role } from "../ledger/ids.ts";
import type { FindingKind } from "../ticket/finding.ts";
import type { FindingState, Ticket } from "../ticket/ticket.ts";

/** Who settles a dispute over what, in order. Style is settled by the project's own rules, read out by the Reviewer. */
const TIEBREAKERS: Readonly<Record<FindingKind, readonly Role[]>> = {
  security: ["reviewer", "architect"],
  architecture: ["architect", "reviewer"],
  implementation: ["implementer", "reviewer", "architect"],
  test: ["reviewer", "architect"],
  style: ["reviewer", "architect"],
  requirement: ["navigator", "architect"],
};

export function disputedIn({ findings }: Ticket): FindingState | null {
  return [...findings.values()].find((one) => one.state === "disputed") ?? null;
}

/** The first in line whose model is no party to the dispute; if all are, the first in line. */
export function tiebreaker(ticket: Ticket, disputed: FindingState): Role {
  const line = TIEBREAKERS[disputed.finding.kind];
  const { by } = disputed.finding;
  const finder = by === "person" || by === "proof" ? null : ticket.assignment?.[by].model;
  const parties = new Set([finder, ...(ticket.change?.authors ?? [])]);
  const free = [...line, "architect" as const, "navigator" as const].find(
    (role) => !parties.has(ticket.assignment?.[role].model),
  );
  return free ?? line[0] ?? "architect";
}
