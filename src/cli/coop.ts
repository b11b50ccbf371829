#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { checkConfigCommand } from "./check-config.ts";
import { doctorCommand } from "./doctor.ts";
import { Ended, EXIT } from "./exit.ts";
import { explainCommand } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { ledgerCommand } from "./ledger.ts";
import { proofCommand } from "./proof.ts";
import { replayCommand } from "./replay.ts";
import { routeCommand } from "./route.ts";
import { schemaCommand } from "./schema.ts";
import { scorecardCommand } from "./scorecard.ts";
import { ticketsCommand } from "./tickets.ts";
import { verifyCommand } from "./verify.ts";

/** `coop <command>`: looks at what the server keeps. No command changes a ticket; people do that in the thread. */
const COMMANDS = [
  ticketsCommand,
  ledgerCommand,
  explainCommand,
  verifyCommand,
  replayCommand,
  exportCommand,
  scorecardCommand,
  proofCommand,
  routeCommand,
  checkConfigCommand,
  schemaCommand,
  doctorCommand,
] as const;

// `coop ledger … | head` closes the pipe: that is an end like any other.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

await run(process.argv);

async function run(argv: readonly string[]): Promise<void> {
  const program = new Command("coop")
    .description("Looks at the tickets that this server works on: their ledgers, proofs and costs.")
    .showHelpAfterError("(coop --help lists what there is)")
    .exitOverride();
  for (const add of COMMANDS) add(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = end(error);
  }
}

function end(error: unknown): number {
  // Commander has printed its own message. Its code for wrong usage is 1, which here means "different".
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof Ended)) throw error;
  process.stderr.write(`${error.message}\n`);
  return error.exitCode;
}
