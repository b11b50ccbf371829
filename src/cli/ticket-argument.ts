import { InvalidArgumentError } from "commander";
import { parseTicketKey, type TicketKey } from "../core/ledger/ids.ts";

/** How a ticket is named in the help. */
export const TICKET_FORMS = "owner/repo#number of a server, or the number of a ticket of `coop run` here";

/** A ticket of `coop run`, as `coop run --list` shows it. */
export const DESK_NUMBER = /^#?([1-9]\d{0,9})$/;

/** `owner/repo#12`, or `12` for a ticket of the repository here, as commander reads it: anything else is wrong usage. */
export function ticketArgument(text: string): string {
  if (DESK_NUMBER.test(text) || parseTicketKey(text)) return text;
  throw new InvalidArgumentError(
    "Give it as owner/repo#number, in quotes where # begins a comment, or as the number of a ticket of `coop run` here.",
  );
}

/** A ticket whose thread is on GitHub. */
export function threadArgument(text: string): TicketKey {
  if (parseTicketKey(text)) return text;
  throw new InvalidArgumentError("Give it as owner/repo#number, in quotes where # begins a comment.");
}

export function repositoryArgument(text: string): string {
  if (parseTicketKey(`${text}#1`)) return text;
  throw new InvalidArgumentError("Give it as owner/repo.");
}
