import { InvalidArgumentError } from "commander";
import { parseTicketKey, type TicketKey } from "../core/ledger/ids.ts";

/** `owner/repo#12` as commander reads it: anything else is wrong usage. */
export function ticketArgument(text: string): TicketKey {
  if (parseTicketKey(text)) return text;
  throw new InvalidArgumentError("Give it as owner/repo#number, in quotes where # begins a comment.");
}

export function repositoryArgument(text: string): string {
  if (parseTicketKey(`${text}#1`)) return text;
  throw new InvalidArgumentError("Give it as owner/repo.");
}
