import type { Command } from "commander";
import { dueNow } from "../audit/replay.ts";
import { fold } from "../core/ticket/fold.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { utc } from "../messages/format.ts";
import { headline, reasonCode } from "../messages/headline.ts";
import { phaseWords } from "../messages/phases.ts";
import { nextStep } from "../messages/status.ts";
import { inShell } from "./desk/commands.ts";
import { EXIT } from "./exit.ts";
import { sameReason } from "./same-reason.ts";
import { readLedger } from "./stores.ts";
import { plain, print } from "./terminal.ts";
import { TICKET_FORMS, ticketArgument } from "./ticket-argument.ts";
import { withTicket } from "./ticket-stores.ts";

/** What led here fits below the explanation without scrolling. */
const ENTRIES_SHOWN = 6;

export function explainCommand(program: Command): void {
  program
    .command("explain")
    .description("show where a ticket stands, why, and what a person can do next")
    .argument("<ticket>", TICKET_FORMS, ticketArgument)
    .addHelpText(
      "after",
      '\nExamples:\n  coop explain 3                    a ticket of `coop run` here\n  coop explain "acme/shop#12"',
    )
    .action(explain);
}

/** A ticket that stands still names all that helps, best first. */
function waysOut(ticket: Ticket): readonly string[] {
  return ticket.halt && ticket.halt.next.length > 0 && !ticket.end ? ticket.halt.next : [nextStep(ticket)];
}

async function explain(named: string): Promise<void> {
  const { key, entries, warning } = await withTicket(named, async (stores, key) => {
    return { key, ...(await readLedger(stores, key)) };
  });
  const ticket = fold(entries);
  if (ticket) {
    print(`${key}: ${plain(ticket.text.title)}`, `Phase: ${phaseWords(ticket)}`);
    const offered = (text: string) =>
      plain(ticket.forge.kind === "desk" ? inShell(text, ticket.ref.number, phaseOf(ticket)) : text);
    print(
      `The rules say: ${offered(dueNow(ticket, entries))}`,
      ...waysOut(ticket).map((way) => `You can: ${offered(way)}`),
    );
    if (ticket.halt?.details.length)
      print("Details:", ...sameReason(ticket.halt.details).map((one) => `  ${offered(one)}`));
    if (ticket.route) print("How it was routed:", ...ticket.route.reasons.map((one) => `  ${plain(one)}`));
    print("What led here, the latest last:");
    for (const entry of entries.slice(-ENTRIES_SHOWN)) {
      const reason = reasonCode(entry);
      const says = plain(headline(entry, ticket.forge.kind));
      print(`  ${entry.seq}  ${utc(entry.at)}  ${says}${reason === null ? "" : ` [${plain(reason)}]`}`);
    }
  }
  if (!warning) return;
  process.stderr.write(`${warning}\n`);
  process.exitCode = EXIT.different;
}
