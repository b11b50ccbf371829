import { z } from "zod";
import { sha256Schema } from "../ids.ts";
import { short } from "../records.ts";
import { login } from "./fields.ts";
import { atOnce, type Kind } from "./kind.ts";

/** What happened to the ledger's own copies. */
export const ledgerFaultData = z.object({
  seq: z.number().int().min(1),
  place: short,
  problem: short,
  contentHash: sha256Schema,
  /** Who wrote the foreign comment. Absent: a comment of our own was changed. */
  stranger: login.optional(),
});

export const ledgerFault: Kind<"ledger_fault"> = {
  fold: (ticket, data) =>
    ticket.faults.some((one) => one.place === data.place)
      ? ticket
      : { ...ticket, faults: [...ticket.faults, { place: data.place, by: data.stranger ?? null }] },
  isAwaited: atOnce,
  role: null,
};

export const ledgerRebuiltData = z.object({ entries: z.number().int().min(1) });

export const ledgerRebuilt: Kind<"ledger_rebuilt"> = { fold: (ticket) => ticket, isAwaited: atOnce, role: null };
