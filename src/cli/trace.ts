import type { Command } from "commander";
import { type Parting, trace } from "../audit/trace.ts";
import { utc } from "../messages/format.ts";
import { partingSentence } from "../messages/trace.ts";
import { EXIT } from "./exit.ts";
import { entriesFrom } from "./entries-from.ts";
import { plain, print } from "./terminal.ts";
import { TICKET_FORMS, ticketArgument } from "./ticket-argument.ts";

/** `coop trace`: where what was done left what was planned. */
type Options = { readonly log?: string; readonly json?: true };

export function traceCommand(program: Command): void {
  program
    .command("trace")
    .description("show where the change departed from the plan, and what is left of that at the end")
    .argument("[ticket]", TICKET_FORMS, ticketArgument)
    .option("--log <file>", "read this audit log instead of the database; - reads standard input")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  coop trace 3                      a ticket of `coop run` here\n  coop trace "acme/shop#12" --json\n\nExit code: 0 as planned at the end, 1 something still differs.',
    )
    .action(show);
}

async function show(key: string | undefined, { log, json }: Options): Promise<void> {
  const { ticket, entries, warning } = await entriesFrom(key, log);
  const traced = trace(entries);
  const { plan, partings, open } = traced;
  if (json) print(JSON.stringify({ ticket, ...traced }));
  else if (!plan) print(`${ticket}: there is no plan yet, so nothing can have left it.`);
  else {
    print(
      `${ticket}, entry ${plan.seq}: plan by ${plain(plan.by)}`,
      `  ${plain(plan.goal)}`,
      `  ${plan.files.map(plain).join(", ")}`,
    );
    const [first, ...more] = partings;
    if (first) print("Parted first at", line(first));
    if (more.length > 0) print("Then", ...more.map(line));
    print(
      open.length === 0 ? "At the end all of it is as planned." : "At the end these differ still:",
      ...open.map(line),
    );
  }
  if (warning) process.stderr.write(`${warning}\n`);
  if (warning || open.length > 0) process.exitCode = EXIT.different;
}

function line({ seq, at, by, what }: Parting): string {
  return `  entry ${seq}, ${utc(at)}, ${plain(by)}: ${plain(partingSentence(what))}`;
}
