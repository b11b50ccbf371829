import type { Command } from "commander";
import { fold } from "../core/ticket/fold.ts";
import { dollars, utc } from "../messages/format.ts";
import { phaseWords } from "../messages/phases.ts";
import { readLedgers } from "./stores.ts";
import { columns } from "./table.ts";
import { print } from "./terminal.ts";
import { repositoryArgument } from "./ticket-argument.ts";
import { withTickets } from "./ticket-stores.ts";

export function ticketsCommand(program: Command): void {
  program
    .command("tickets")
    .description("list the tickets with their phase, the latest change first")
    .option("--repo <owner/repo>", "of this repository only", repositoryArgument)
    .addHelpText(
      "after",
      "\nExamples:\n  coop tickets                      those of this repository, or of the server behind DATABASE_URL\n  coop tickets --repo acme/shop",
    )
    .action(list);
}

async function list({ repo }: { repo?: string }): Promise<void> {
  const ledgers = await withTickets((stores) => readLedgers(stores, repo));
  const rows = ledgers.flatMap((entries) => {
    const ticket = fold(entries);
    if (!ticket) return [];
    const at = entries.at(-1)?.at ?? new Date(0);
    return [[ticket.key, phaseWords(ticket), dollars(ticket.spend.costMicroUsd), utc(at), ticket.text.title]];
  });
  if (rows.length === 0)
    return print(
      "There are no tickets yet. Put the label `coop` on an issue to make it one, or begin one here with `coop run`.",
    );
  print(...columns(["Ticket", "Phase", "Cost", "Changed", "Title"], rows));
}
