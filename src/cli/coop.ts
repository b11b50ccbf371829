#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { Command, CommanderError } from "commander";
import { pathTrouble } from "../path-trouble.ts";
import { sqliteTrouble } from "../store/sqlite-trouble.ts";
import { Ended, EXIT } from "./exit.ts";
import { endWhenUnread } from "./unread.ts";

/**
 * `coop <command>`. Each command's own file is loaded when it is called: what it stands on (models, database, sandbox) takes
 * longer to load than most of them run.
 */
type Add = (program: Command) => void;
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  run: async () => (await import("./run.ts")).runCommand,
  resume: async () => (await import("./resume.ts")).resumeCommand,
  review: async () => (await import("./review.ts")).reviewCommand,
  watch: async () => (await import("./watch.ts")).watchCommand,
  tickets: async () => (await import("./tickets.ts")).ticketsCommand,
  ledger: async () => (await import("./ledger.ts")).ledgerCommand,
  explain: async () => (await import("./explain.ts")).explainCommand,
  verify: async () => (await import("./verify.ts")).verifyCommand,
  replay: async () => (await import("./replay.ts")).replayCommand,
  trace: async () => (await import("./trace.ts")).traceCommand,
  export: async () => (await import("./export.ts")).exportCommand,
  scorecard: async () => (await import("./scorecard.ts")).scorecardCommand,
  proof: async () => (await import("./proof.ts")).proofCommand,
  route: async () => (await import("./route.ts")).routeCommand,
  bench: async () => (await import("./bench.ts")).benchCommand,
  init: async () => (await import("./init.ts")).initCommand,
  hook: async () => (await import("./hook.ts")).hookCommand,
  completion: async () => (await import("./completion.ts")).completionCommand,
  "check-config": async () => (await import("./check-config.ts")).checkConfigCommand,
  schema: async () => (await import("./schema.ts")).schemaCommand,
  revive: async () => (await import("./revive.ts")).reviveCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
};

/** Whose exit code says how a change was found: an end before that says nothing of it. */
const JUDGES = ["run", "resume", "review", "proof", "verify"];

const EXAMPLES = `
Examples:
  coop run ticket.md              work on a ticket in this repository
  coop review                     have two models look at your own change
  coop proof --base main          prove it, without a model
  coop run --help                 options and examples of one command`;

endWhenUnread(JUDGES.includes(process.argv[2] ?? "") ? EXIT.pipeClosed : EXIT.ok);

await run(helpAsOption(process.argv));

/** `coop help run` is `coop run --help`; a word that is no command is refused as everywhere. */
function helpAsOption(argv: readonly string[]): readonly string[] {
  const [node = "", file = "", verb, name] = argv;
  if (verb !== "help" || name === undefined || name.startsWith("-")) return argv;
  return Object.hasOwn(COMMANDS, name) ? [node, file, name, "--help"] : [node, file, name];
}

async function run(argv: readonly string[]): Promise<void> {
  const program = new Command("coop")
    .description("Works on tickets in this repository, and shows the tickets of a server.")
    .version(await version(), "-V, --version", "print this program's version")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(coop --help lists what there is)")
    .exitOverride();
  for (const add of await commandsFor(argv[2])) add(program);
  for (const command of program.commands) pointAt(command, "coop");
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = await end(error);
  }
}

/** What a command takes stands in its own help, and not in the list of all commands. */
function pointAt(command: Command, parents: string): void {
  const name = `${parents} ${command.name()}`;
  command.showHelpAfterError(`(${name} --help lists what it takes)`);
  for (const one of command.commands) pointAt(one, name);
}

async function end(error: unknown): Promise<number> {
  // Commander has printed its own message. Its code for wrong usage is 1, which here means "different".
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof Ended) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const trouble = sqliteTrouble(error);
  if (trouble) {
    process.stderr.write(`The database of the tickets cannot be used (${trouble.why}). ${trouble.helps}\n`);
    return EXIT.unavailable;
  }
  const { path, syscall } = error as NodeJS.ErrnoException;
  if (syscall === "uv_cwd") {
    process.stderr.write("The folder that you are in is gone: go into another one, then run this again.\n");
    return EXIT.usage;
  }
  if (path === undefined || syscall === undefined) return fault(error);
  // Disks fill up and folders belong to others: that is nothing a stack trace explains.
  process.stderr.write(`${path} cannot be used (${pathTrouble(error)}). Mend that, then run this again.\n`);
  return EXIT.unavailable;
}

/** A fault of this program: all there is to know of it, but for what must not be printed. Nothing was found out, so no judge's code says so. */
async function fault(error: unknown): Promise<number> {
  const [{ inspect }, { guardText }, { namedSecrets, environment }] = await Promise.all([
    import("node:util"),
    import("../hygiene/redact.ts"),
    import("../config.ts"),
  ]);
  process.stderr.write(`${guardText(inspect(error), namedSecrets(environment())).text}\n`);
  return EXIT.fault;
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The one that was asked for; all of them where the list is shown or the word is none of them. */
async function commandsFor(name: string | undefined): Promise<readonly Add[]> {
  if (name === "-V" || name === "--version") return [];
  // Completion tells of all the others.
  const one = name === undefined || name === "completion" ? undefined : COMMANDS[name];
  return one ? [await one()] : Promise.all(Object.values(COMMANDS).map((load) => load()));
}
