import { type Command, Option } from "commander";
import { environment } from "../config.ts";
import { whereCheckedOut } from "../desk/branches.ts";
import { beginsAt } from "../desk/repository.ts";
import type { DeskSettings } from "../desk/threads.ts";
import type { DeskCast } from "./desk/cast.ts";
import { MODEL_RETRY } from "../models/patience.ts";
import {
  AWAY_MINUTES_ALONE,
  gatesOf,
  minutesOf,
  modelsOf,
  patienceOf,
  type GoOnOptions,
  type RunOptions,
  several,
  ticketOf,
  usdOf,
} from "./desk/options.ts";
import { collabFolder } from "./collab-folder.ts";
import { type Told, toldAsJson, toldAsLines } from "./desk/told.ts";
import { type DeskPool, lacksOf, poolHere, unknownModel } from "./desk/pool.ts";
import type { Saying } from "./desk/words.ts";
import { beginTicket, checkBranches, type Desk, deskToBegin, openDesk, placeHere } from "./desk.ts";
import { Ended, EXIT } from "./exit.ts";
import { interrupted } from "./interruption.ts";
import { listedAt, printList } from "./run-list.ts";

/** `coop run`: a ticket from its text to a proven branch, in the repository at hand and without GitHub. */
export function runCommand(program: Command): void {
  goOnOptions(program.command("run"))
    .description("work on a ticket in this git repository, up to a proven branch, without GitHub")
    .argument("[ticket]", "a file with the ticket, its title in the first line; - reads it from a pipe")
    .option("--title <title>", "the ticket's title, instead of a file")
    .option("--body-file <file>", "the ticket's text, beside --title; - reads it from a pipe")
    .addOption(new Option("--type <type>", "what kind of ticket it is; otherwise the text decides").choices(TYPES))
    .option("--base <ref>", "the branch or commit that the work begins from (default: HEAD)")
    .option("--merge-into <branch>", "bring the approved commit into this branch; otherwise it stays on its own")
    .option("--model <name>", "a model that may play, or role=name for one role; repeat it for more", several)
    .option("--max-usd <usd>", "stop and ask before the ticket costs more", usdOf)
    .option("--collab <folder>", "keep a copy of the ticket's collab.md in this folder of the working tree")
    .option("--list", "list this repository's tickets instead")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

const TYPES = ["feature", "bug", "refactor", "docs"];
const EXAMPLES = `
Examples:
  coop run ticket.md                              the ticket's title is the file's first line
  coop run --title "Add a loud option" --max-usd 2
  gh issue view 12 --json title,body --jq '.title + "\\n\\n" + .body' | coop run -
  coop run ticket.md --yes plan,merge --json      for scripts: no question is asked at these gates

The result is a branch coop/<number>. Your files, your index and your other branches stay as they are.
Tickets are kept below git's own folder, in .git/coop, or in the PostgreSQL of DATABASE_URL if that is set with the first of them.
Exit code: 0 proven and approved, 1 stopped, 3 a person is needed (the command that continues is printed), 130 interrupted.`;

export function goOnOptions(command: Command): Command {
  return command
    .option(
      "--yes <gates>",
      "approve these in advance, separated by commas: plan, split (a plan of several parts into tickets), merge",
      gatesOf,
    )
    .option(
      "--max-wait <minutes>",
      `how long a provider that is away is waited for; then a person is asked, or this ends with exit code 3 where nobody sits (default: modelRetry of COOP_CONFIG, else ${MODEL_RETRY.personAfterMinutes} at a terminal and ${AWAY_MINUTES_ALONE} elsewhere)`,
      minutesOf,
    )
    .option("--here", "the tickets in a PostgreSQL continue here, after a copy of this repository worked on them")
    .option("--json", "one JSON object a line instead of words, and no questions");
}

async function run(file: string | undefined, options: RunOptions): Promise<void> {
  const env = environment();
  const place = placeHere();
  const coming = options.here ? "to go on here" : "to look";
  if (options.list) return printList(await listedAt(place, coming), options);
  let desk = await openDesk(place, coming);
  try {
    const told = toldFor(options);
    const { models, pins } = modelsOf(options.model ?? []);
    const pool = poolHere(env, models);
    const pinned = Object.values(pins).find((name) => !pool.chosen.some((one) => one.name === name));
    if (pinned !== undefined)
      throw new Ended(
        EXIT.usage,
        unknownModel(
          pinned,
          pool.chosen.map((one) => one.name),
        ),
      );
    const begins = await beginsAt(desk.repository, options.base ?? null, handedIn(file, options));
    if (typeof begins === "string") throw new Ended(EXIT.usage, begins);
    await checkBranches(desk);
    await checkTarget(desk, options.mergeInto);
    const text = await ticketOf(file, options);
    const collab = options.collab === undefined ? null : await folderFor(desk, options.collab);
    const settings: DeskSettings = {
      ...{ base: begins.base, models, pins, mergeInto: options.mergeInto ?? null },
      ...{ maxUsd: options.maxUsd ?? null, collab },
    };
    const label = options.type ? `coop:${options.type}` : "coop";
    desk = await deskToBegin(desk, place);
    const number = await beginTicket(desk, { ...text, label, settings }, new Date());
    told.begun({ number, title: text.title, base: begins.base, sha: begins.commitSha });
    for (const note of [...desk.repository.notes, ...desk.notes, ...begins.notes, ...poolNotes(pool)]) told.note(note);
    // Everything that works takes longer to load than all of this: the person reads meanwhile.
    process.exitCode = await workOn(
      desk,
      number,
      async () => (await import("./desk/cast.ts")).castOf(pool),
      options,
      told,
    );
  } finally {
    await desk.close();
  }
}

/** Each ticket's ledger says it too, once its seats are given. */
function poolNotes({ chosen }: DeskPool): string[] {
  const lacks = lacksOf(chosen);
  return lacks.length > 0 ? [`Of these ${chosen.length} models: ${lacks.join(", and ")}.`] : [];
}

export function toldFor(options: GoOnOptions): Told {
  if (options.json) return toldAsJson();
  return toldAsLines(process.stdout, isSomebodyHere(options) ? "here" : "in a shell");
}

function isSomebodyHere({ json }: GoOnOptions): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !json;
}

export async function workOn(
  desk: Desk,
  number: number,
  castAt: () => Promise<DeskCast>,
  options: GoOnOptions,
  told: Told,
  later: readonly Saying[] = [],
): Promise<number> {
  const env = environment();
  const somebody = isSomebodyHere(options);
  const editor = env.VISUAL || env.EDITOR || "vi";
  // Loading takes a moment, and whoever presses Ctrl-C in it parks the ticket, too.
  const interruption = interrupted();
  const [{ workAt }, { askerAt }] = await Promise.all([import("./desk/work.ts"), import("./desk/gates.ts")]);
  try {
    const given = await castAt();
    const cast = { ...given, modelRetry: patienceOf(options.maxWait, given.modelRetry, somebody) };
    return await workAt({
      ...{ desk, number, cast, told, later, searchPath: env.PATH ?? "/usr/bin:/bin", yes: options.yes ?? [] },
      ask: somebody ? askerAt({ desk, told, editor, signal: interruption.signal }) : null,
      signal: interruption.signal,
      tellAnew: () => toldFor(options),
    });
  } finally {
    interruption.stop();
  }
}

function handedIn(file: string | undefined, { bodyFile, collab }: RunOptions): string[] {
  return [file, bodyFile, collab].flatMap((path) => (path === undefined || path === "-" || path === "" ? [] : [path]));
}

async function folderFor({ repository }: Desk, given: string): Promise<string> {
  const found = await collabFolder(given, repository);
  if (typeof found === "string") throw new Ended(EXIT.usage, found);
  return found.folder;
}

/** Said before anything is paid: a branch that a working tree stands on could never be moved. */
async function checkTarget({ repository }: Desk, target: string | undefined): Promise<void> {
  if (target === undefined) return;
  const folder = await whereCheckedOut(repository.git, target);
  if (folder !== null)
    throw new Ended(
      EXIT.usage,
      `--merge-into ${target}: that branch is checked out in ${folder}, and files there are never changed. Leave --merge-into out, and run \`git merge\` there when the ticket's branch is ready.`,
    );
  const begins = await beginsAt(repository, target);
  if (typeof begins === "string" || begins.base !== target)
    throw new Ended(EXIT.usage, `--merge-into ${target}: there is no such branch in this repository.`);
}
