import type { Command } from "commander";
import { environment } from "../config.ts";
import { parseCommand } from "../core/rules/command.ts";
import { fold } from "../core/ticket/fold.ts";
import { castHere } from "./desk/cast.ts";
import { readCollab } from "./desk/collab.ts";
import { sayable } from "./desk/commands.ts";
import { type GoOnOptions, several } from "./desk/options.ts";
import type { Told } from "./desk/told.ts";
import { askedOf, boundIn, commandIn, type Saying, unheard } from "./desk/words.ts";
import { inboxStore } from "../store/inbox-store.ts";
import { PARK } from "./desk/work.ts";
import { type Desk, lookAgain, openDesk, placeHere, sayTo } from "./desk.ts";
import { Ended, EXIT } from "./exit.ts";
import { goOnOptions, toldFor, workOn } from "./run.ts";
import { shortTitle } from "./terminal.ts";
import { phaseOf } from "../core/ticket/ticket.ts";

/** `coop resume`: goes on with a ticket, wherever it stands and however the last run ended. */
export function resumeCommand(program: Command): void {
  goOnOptions(program.command("resume"))
    .description("continue a ticket of `coop run` after Ctrl-C, a crash, a question or a halt")
    .argument("[ticket]", "its number; otherwise the newest one that is not done")
    .option(
      "--say <words>",
      "what to tell the ticket first: an answer, or a command such as /coop rework; repeat it for more",
      several,
    )
    .addHelpText("after", () => `\nWhat a ticket can be told with --say:\n${sayable()}\n${EXAMPLES}`)
    .action(resume);
}

const EXAMPLES = `
Examples:
  coop resume                                     the newest ticket that is not done
  coop resume 3 --yes merge
  coop resume 3 --say "/coop rework Keep the old flag as an alias."
  coop resume 3 --say "Only for CSV."             answers the open question`;

async function resume(given: string | undefined, options: GoOnOptions): Promise<void> {
  const env = environment();
  const desk = await openDesk(placeHere(), options.here ? "to go on here" : "to work");
  try {
    const number = given === undefined ? await newestOpen(desk) : numberOf(given);
    const ticket = await desk.threads.ticket(number);
    if (!ticket)
      throw new Ended(EXIT.different, `There is no ticket ${number} here. \`coop run --list\` lists those there are.`);
    const cast = castHere(env, ticket.settings.models);
    const told = toldFor(options);
    told.say(told.lines.paint("bold", `Ticket ${number}: ${shortTitle(ticket.title)}`));
    for (const note of desk.notes) told.note(note);
    told.soFar(number, await desk.ledgers.read(desk.key(number)));
    await lookAgain(desk, number, new Date());
    const { now, later } = await wordsFor(desk, number, options, told);
    for (const { command, source } of now) await sayTo(desk, number, command, new Date(), source);
    process.exitCode = await workOn(desk, number, () => Promise.resolve(cast), options, told, later);
  } finally {
    await desk.close();
  }
}

function numberOf(given: string): number {
  const number = Number(/^#?(\d{1,10})$/.exec(given)?.[1]);
  if (!Number.isInteger(number) || number < 1)
    throw new Ended(
      EXIT.usage,
      `${JSON.stringify(given)} is no ticket: give its number, as \`coop run --list\` shows it.`,
    );
  return number;
}

export async function newestOpen(desk: Pick<Desk, "threads" | "ledgers" | "key">): Promise<number> {
  for (const number of await desk.threads.numbers()) {
    const ticket = fold(await desk.ledgers.read(desk.key(number)));
    // A review that was killed before it began has no ledger: only a ticket has a label that starts it.
    if (!ticket && (await desk.threads.ticket(number))?.labels.length === 0) continue;
    if (!ticket?.end && !ticket?.opened.pull) return number;
  }
  throw new Ended(EXIT.different, "No ticket is open here. `coop run ticket.md` begins one.");
}

type Words = { readonly now: readonly Saying[]; readonly later: readonly Saying[] };

const PARK_UNDONE = "/coop resume";

/** A run that was ended before it could park left the wish behind: the ticket parks by it first, so it has to be resumed. */
async function isParkWaiting(desk: Desk, number: number): Promise<boolean> {
  const waiting = await inboxStore(desk.database).pending(desk.key(number));
  const said = waiting.map(({ payload }) => (payload as { readonly body?: unknown }).body);
  return said.lastIndexOf(PARK) > said.lastIndexOf(PARK_UNDONE);
}

/** What these ask for needs no step: a parked ticket hears them and stays parked. */
const ONLY_ANSWERED = ["help", "status", "explain", "park", "stop"];
/** With these, what is done next costs something else: they come before it. */
const BEFORE_GOING_ON = ["assign", "budget"];
const GOING_ON = ["resume", "retry"];

/**
 * Whoever comes back to a parked or blocked ticket wants it to go on, unless they only ask something or end it. What they say
 * themselves comes first, but for a ticket that a person parked: there most of it can only mean what the ticket will ask for
 * once it goes on.
 */
export async function wordsFor(
  desk: Desk,
  number: number,
  { say = [] }: GoOnOptions,
  told: Pick<Told, "note">,
): Promise<Words> {
  const ticket = fold(await desk.ledgers.read(desk.key(number)));
  const { written, notes } = await readCollab(desk, number);
  for (const note of notes) told.note(note);
  const asked = ticket ? askedOf(ticket) : "nothing is asked";
  const phase = ticket && phaseOf(ticket);
  const isParked = (phase === "parked" && ticket?.halt?.reason === "person") || (await isParkWaiting(desk, number));
  const spoken = say.map((words) => {
    // A parked ticket may ask once it goes on.
    if (isParked && asked === "nothing is asked") return { command: boundIn(words) };
    const command = commandIn(words, asked);
    if (command === null) throw new Ended(EXIT.usage, unheard(words));
    return { command };
  });
  const all = [...(written ? [written] : []), ...spoken];
  if (isParked) return wordsForParked(all);
  const goOn = all.length === 0 && (phase === "parked" || phase === "blocked");
  return { now: goOn ? [{ command: PARK_UNDONE }] : all, later: [] };
}

function wordsForParked(all: Words["now"]): Words {
  const of = (verbs: readonly string[]) => all.filter(({ command }) => verbs.includes(verbOf(command)));
  const [answered, before, going] = [of([...ONLY_ANSWERED, NO_VERB]), of(BEFORE_GOING_ON), of(GOING_ON)];
  // Who parks or ends it beside other words does not want that it goes on.
  const isEnded = of(["park", "stop"]).length > 0;
  if (isEnded || (all.length > 0 && answered.length === all.length)) return { now: all, later: [] };
  const goOn = going.length > 0 ? going : [{ command: PARK_UNDONE }];
  const later = all.filter((one) => ![...answered, ...before, ...going].includes(one));
  return { now: [...answered, ...before, ...goOn], later };
}

/** Meant as a command and none: it is answered with what was meant, and costs nothing. */
const NO_VERB = "";

function verbOf(words: string): string {
  const parsed = parseCommand(words);
  if (parsed.outcome === "none") return "answer";
  return parsed.outcome === "command" ? parsed.row.verb : NO_VERB;
}
