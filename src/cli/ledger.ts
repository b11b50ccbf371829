import type { Command } from "commander";
import { canonicalJson } from "../core/ledger/chain.ts";
import { type Entry, rawOf } from "../core/ledger/entry.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { utc } from "../messages/format.ts";
import { headline } from "../messages/headline.ts";
import { EXIT } from "./exit.ts";
import { readLedger, withStores } from "./stores.ts";
import { columns, plain, print } from "./terminal.ts";
import { ticketArgument } from "./ticket-argument.ts";

export function ledgerCommand(program: Command): void {
  program
    .command("ledger")
    .description("print what happened to a ticket, entry by entry")
    .argument("<ticket>", "owner/repo#number", ticketArgument)
    .option("--json", "the entries themselves, one JSON object a line")
    .action(show);
}

async function show(key: TicketKey, { json }: { json?: true }): Promise<void> {
  const { entries, warning } = await withStores((stores) => readLedger(stores, key));
  if (json) print(...entries.map((entry) => canonicalJson(rawOf(entry))));
  else print(key, ...columns(["", "When", "Who", "What"], entries.map(row)));
  if (!warning) return;
  process.stderr.write(`${warning}\n`);
  process.exitCode = EXIT.different;
}

function row(entry: Entry): string[] {
  return [String(entry.seq), utc(entry.at), who(entry), plain(headline(entry))];
}

/** The person or model whose word it was; code itself where nobody's was. */
function who({ data }: Entry): string {
  if ("model" in data && !("by" in data && data.by === "policy")) return data.model;
  return "by" in data ? data.by : "coop";
}
