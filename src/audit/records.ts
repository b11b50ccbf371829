import { fold } from "../core/ticket/fold.ts";
import { typeOf } from "../core/ticket/ticket.ts";
import type { TaskType } from "../core/ledger/ids.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { RoleRecord } from "../core/rules/preferences.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import type { LedgerStore } from "../store/ledger-store.ts";
import { type Score, scorecard } from "./scorecard.ts";
import { soundPart } from "./sound.ts";

/** Older tickets say what models of then did. */
const TICKETS_READ_MAX = 200;

type Kept = { readonly ledgers: Pick<LedgerStore, "tickets" | "read">; readonly ledgerKeys: LedgerKeys | null };

/** What the scorecard says of each model in each role, as so many of so many, over tickets of one kind that have ended. */
export async function recordsOf(
  { ledgers, ledgerKeys }: Kept,
  repository: string,
  type: TaskType,
): Promise<RoleRecord[]> {
  const ended: (readonly Entry[])[] = [];
  for (const { ticket } of await ledgers.tickets({ repository, limit: TICKETS_READ_MAX })) {
    const { entries } = soundPart(ticket, await ledgers.read(ticket), ledgerKeys);
    const state = fold(entries);
    if (state?.route && state.end && typeOf(state) === type) ended.push(entries);
  }
  return scorecard(ended).flatMap(recordOf);
}

function recordOf({ model, role, tickets, plansAccepted, firstPass, blockers }: Score): RoleRecord[] {
  if (role === "architect") return [{ model, role, good: Math.min(plansAccepted, tickets), of: tickets }];
  if (role === "implementer") return [{ model, role, good: Math.min(firstPass, tickets), of: tickets }];
  const { confirmed, withdrawn } = blockers;
  return role === "navigator" ? [] : [{ model, role, good: confirmed, of: confirmed + withdrawn }];
}
