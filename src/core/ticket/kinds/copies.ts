import { atOnce, type Kind } from "./kind.ts";

export const ledgerFault: Kind<"ledger_fault"> = {
  fold: (ticket, data) =>
    ticket.faults.some((one) => one.place === data.place)
      ? ticket
      : { ...ticket, faults: [...ticket.faults, { place: data.place, by: data.stranger ?? null }] },
  isAwaited: atOnce,
  role: null,
};

export const ledgerRebuilt: Kind<"ledger_rebuilt"> = { fold: (ticket) => ticket, isAwaited: atOnce, role: null };
