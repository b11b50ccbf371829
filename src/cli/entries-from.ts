import { gapsOf, readAuditLog } from "../audit/log.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { Ended, EXIT } from "./exit.ts";
import { readLedger } from "./stores.ts";
import { withTicket } from "./ticket-stores.ts";
import { plain } from "./terminal.ts";
import { textOf } from "./text-file.ts";

/** A ticket's entries from the database, or from an audit log alone: then no server, database or forge is needed. */
export async function entriesFrom(
  ticket: string | undefined,
  file: string | undefined,
): Promise<{ readonly ticket: TicketKey; readonly entries: readonly Entry[]; readonly warning: string | null }> {
  if ((ticket === undefined) === (file === undefined))
    throw new Ended(
      EXIT.usage,
      "Name a ticket (owner/repo#number, or a number of `coop run --list`), or an audit log with --log.",
    );
  if (ticket !== undefined)
    return withTicket(ticket, async (stores, key) => ({ ticket: key, ...(await readLedger(stores, key)) }));
  const log = readAuditLog(await textOf(file ?? "-"));
  if (typeof log === "string") throw new Ended(EXIT.usage, log);
  const [first] = log.entries;
  const other = log.entries.find((one) => one.ticket !== first?.ticket);
  if (!first && log.broken) throw new Ended(EXIT.different, log.broken);
  if (!first) throw new Ended(EXIT.usage, `${file} has no entries. \`coop export <ticket>\` writes them.`);
  if (other && log.broken) throw new Ended(EXIT.different, log.broken);
  if (other) throw new Ended(EXIT.usage, `${file} has more than one ticket. Export them with --out, one file each.`);
  const gaps = gapsOf(log);
  const warning =
    gaps.length === 0 ? null : `The log is not ${log.broken ? "whole" : "complete"}. ${gaps.map(plain).join(" ")}`;
  return { ticket: first.ticket, entries: log.entries, warning };
}
