import type { Named } from "../ledger/same-person.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { RuleDraft } from "./draft.ts";
import type { InlineComment } from "./trigger.ts";
import { type RefusalCode, type Why, why } from "./why.ts";

/** What a permitted command does to a ticket, or the one reason why it cannot. */
export type Obeyed =
  | { readonly outcome: "accepted"; readonly entries: RuleDraft[] }
  | { readonly outcome: "refused"; readonly why: Why<RefusalCode> };

export type Said = Named & {
  readonly source: string;
  readonly inline: readonly InlineComment[];
  /** The ticket as it stood when it was said; without it, as it stands now. */
  readonly seen?: Ticket | null;
};

export function accepted(entries: RuleDraft[]): Obeyed {
  return { outcome: "accepted", entries };
}

export function refused<C extends RefusalCode>(...because: Parameters<typeof why<C>>): Obeyed {
  return { outcome: "refused", why: why<C>(...because) as Why<RefusalCode> };
}
