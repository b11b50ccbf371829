import { z } from "zod";
import type { Ticket } from "../../ticket/ticket.ts";
import type { EntryData } from "../entries.ts";
import { sha256Schema } from "../ids.ts";
import { login, source } from "./fields.ts";
import { type Kind, withTheNext } from "./kind.ts";
import { LINE_CHARS_MAX } from "../limits.ts";

/** Edits of the text, and which text counts. */
export const textChangedData = z.object({ textHash: sha256Schema });

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

export const textAcceptedData = z.object({
  by: login,
  source,
  textHash: sha256Schema,
  taken: z.enum(["old", "new"]),
  title: z.string().max(LINE_CHARS_MAX),
});

export const textAccepted: Kind<"text_accepted"> = { fold: accepted, isAwaited: withTheNext, role: null };

function accepted(ticket: Ticket, data: EntryData<"text_accepted">): Ticket {
  const halt = ticket.halt?.reason === "text-changed" ? null : ticket.halt;
  if (data.taken === "old") return { ...ticket, halt, textsSetAside: [...ticket.textsSetAside, data.textHash] };
  const restart = ticket.change ? {} : { plan: null, diagnosis: null };
  return { ...ticket, ...restart, halt, text: { title: data.title, hash: data.textHash }, textSeen: data.textHash };
}
