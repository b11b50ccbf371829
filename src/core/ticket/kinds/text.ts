import type { Ticket } from "../ticket.ts";
import type { EntryData } from "../../ledger/entries.ts";
import { type Kind, withTheNext } from "./kind.ts";

export const textChanged: Kind<"text_changed"> = {
  fold: (ticket, data) => ({
    ...ticket,
    textSeen: data.textHash,
    textEdits: ticket.textEdits + 1,
    mergeApproval: null,
  }),
  isAwaited: withTheNext,
  role: null,
};

export const textAccepted: Kind<"text_accepted"> = { fold: accepted, isAwaited: withTheNext, role: null };

function accepted(ticket: Ticket, data: EntryData<"text_accepted">): Ticket {
  const halt = ticket.halt?.reason === "text-changed" ? null : ticket.halt;
  if (data.taken === "old") return { ...ticket, halt, textsSetAside: [...ticket.textsSetAside, data.textHash] };
  const restart = ticket.change ? {} : { plan: null, diagnosis: null };
  return { ...ticket, ...restart, halt, text: { title: data.title, hash: data.textHash }, textSeen: data.textHash };
}
