import { type Command, Option } from "commander";
import { canonicalJson } from "../core/ledger/chain.ts";
import { type Entry, rawOf } from "../core/ledger/entry.ts";
import { fold } from "../core/ticket/fold.ts";
import { collabPage } from "../messages/collab.ts";
import { utc } from "../messages/format.ts";
import { headline } from "../messages/headline.ts";
import { EXIT } from "./exit.ts";
import { readLedger, type Stores } from "./stores.ts";
import { columns } from "./table.ts";
import { plain, print } from "./terminal.ts";
import { TICKET_FORMS, ticketArgument } from "./ticket-argument.ts";
import { withTicket } from "./ticket-stores.ts";

export function ledgerCommand(program: Command): void {
  program
    .command("ledger")
    .description("print what happened to a ticket, entry by entry")
    .argument("<ticket>", TICKET_FORMS, ticketArgument)
    .option("--json", "the entries themselves, one JSON object a line")
    .addOption(
      new Option("--format <format>", "collab: the page that people and models share").choices([
        "text",
        "json",
        "collab",
      ]),
    )
    .addHelpText(
      "after",
      '\nExamples:\n  coop ledger 3                     a ticket of `coop run` here\n  coop ledger "acme/shop#12" --format collab > collab.md\n  coop ledger 3 --json | jq .kind',
    )
    .action(show);
}

type Shown = { readonly json?: true; readonly format?: "text" | "json" | "collab" };

async function show(named: string, { json, format = json ? "json" : "text" }: Shown): Promise<void> {
  const { key, entries, warning, text } = await withTicket(named, async (stores, key) => {
    const read = await readLedger(stores, key);
    return { key, ...read, text: await keptText(stores, read.entries) };
  });
  if (format === "json") print(...entries.map((entry) => canonicalJson(rawOf(entry))));
  else if (format === "collab") print(collabPage(entries, { text }).trimEnd());
  else print(key, ...columns(["", "When", "Who", "What"], rowsOf(entries)));
  if (!warning) return;
  process.stderr.write(`${warning}\n`);
  process.exitCode = EXIT.different;
}

/** The ticket's words are kept beside the ledger, under the hash that the ledger names. */
async function keptText(
  { artifacts }: Stores,
  entries: readonly Entry[],
): Promise<{ title: string; body: string } | null> {
  const kept = await artifacts.get(fold(entries)?.text.hash ?? "0".repeat(64));
  if (!kept) return null;
  const [title = "", body = ""] = JSON.parse(kept.toString("utf8")) as string[];
  return { title, body };
}

function rowsOf(entries: readonly Entry[]): string[][] {
  const forge = fold(entries)?.forge.kind ?? "github";
  return entries.map((one) => [String(one.seq), utc(one.at), who(one), plain(headline(one, forge))]);
}

/** The person or model whose word it was; code itself where nobody's was. */
function who({ data }: Entry): string {
  if ("model" in data && !("by" in data && data.by === "policy")) return data.model;
  return ("by" in data ? data.by : undefined) ?? "coop";
}
