// Held by test/scenarios/feature.test.ts
import type { ForgeRef } from "../core/ledger/forge-ref.ts";
import { type RepositoryRef, ticketKey, type TicketKey, ticketRef } from "../core/ledger/ids.ts";

/** One branch a ticket, named by its number alone, so that it is found again whatever was lost or renamed. */
export function branchOf(key: TicketKey, forge: ForgeRef["kind"] = "github"): string {
  const { number } = ticketRef(key);
  return forge === "desk" ? `coop/${number}` : `coop/issue-${number}`;
}

/** @returns null for a branch that is none of ours */
export function ticketOfBranch(repository: RepositoryRef, branch: string): TicketKey | null {
  const number = /^coop\/issue-([1-9]\d{0,9})$/.exec(branch)?.[1];
  return number ? ticketKey({ owner: repository.owner, name: repository.name, number: Number(number) }) : null;
}
