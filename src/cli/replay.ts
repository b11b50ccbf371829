import type { Command } from "commander";
import { replay, type Replayed } from "../audit/replay.ts";
import { entriesFrom } from "./entries-from.ts";
import { EXIT } from "./exit.ts";
import { plain, print } from "./terminal.ts";
import { TICKET_FORMS, ticketArgument } from "./ticket-argument.ts";

export function replayCommand(program: Command): void {
  program
    .command("replay")
    .description("run the rules over a ledger again, and show that every decision follows from it")
    .argument("[ticket]", TICKET_FORMS, ticketArgument)
    .option("--log <file>", "read this audit log alone, without a database; - reads standard input")
    .addHelpText(
      "after",
      "\nExamples:\n  coop replay 3                     a ticket of `coop run` here\n  coop export 3 | coop replay --log -\n\nExit code: 0 everything follows, 1 something cannot be explained.",
    )
    .action(again);
}

async function again(named: string | undefined, { log }: { readonly log?: string }): Promise<void> {
  const { ticket: key, entries, warning } = await entriesFrom(named, log);
  const replayed = replay(entries);
  print(...replayed.flatMap(lines));
  const newer = replayed.filter((one) => one.verdict === "newer").length;
  const odd = replayed.filter((one) => one.verdict === "unexplained");
  print(
    odd.length === 0
      ? `${key}: ${newer > 0 ? "the first" : "all"} ${replayed.length - newer} entries follow from those before them.`
      : `${key}: ${odd.length} of ${replayed.length} entries cannot be explained, first entry ${odd[0]?.seq}.`,
  );
  if (newer > 0) print(`${newer} of them need a newer version of this program to be checked.`);
  if (warning) process.stderr.write(`${warning}\n`);
  if (warning || odd.length > 0) process.exitCode = EXIT.different;
}

const SIGNS = { follows: "✓", unexplained: "✗", newer: "?" } as const;

function lines({ seq, kind, due, verdict, why }: Replayed): string[] {
  return [plain(`${SIGNS[verdict]} ${seq} ${kind}: ${why}`), `    due: ${plain(due)}`];
}
