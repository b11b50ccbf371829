import { setTimeout as delay } from "node:timers/promises";
import { fold } from "../../core/ticket/fold.ts";
import type { Phase } from "../../core/ticket/phase.ts";
import { phaseOf, type Ticket } from "../../core/ticket/ticket.ts";
import { maySplit } from "../../messages/epic.ts";
import { LedgerBroken } from "../../flow/book.ts";
import { reconcile } from "../../flow/reconcile.ts";
import type { World } from "../../flow/world.ts";
import type { AheadSettings } from "../../proof/ahead/ahead.ts";
import type { Log } from "../../steps/step-world.ts";
import { lockDataDir } from "../../store/data-dir-lock.ts";
import { type DeskCast, type DeskRoom, roomHere } from "./cast.ts";
import { readCollab, writeCollab } from "./collab.ts";
import { orLost } from "./lost.ts";
import type { Gate } from "./options.ts";
import { endingOf, nothing } from "./next.ts";
import { nextSaid, type Saying } from "./words.ts";
import type { Ending, Told } from "./told.ts";
import { type Listener, type Telemetry, telemetryTo } from "../../telemetry/telemetry.ts";
import { type Desk, sayTo } from "../desk.ts";
import { worldAt } from "./world.ts";
import { Ended, EXIT } from "../exit.ts";

/** Of what belongs to a log line. */
const FIELDS_CHARS_SHOWN = 400;

/** Works on one ticket until a person is needed or it has ended, and asks the person where one sits there. */
export type WorkAt = {
  readonly desk: Desk;
  readonly number: number;
  readonly cast: DeskCast;
  readonly searchPath: string;
  readonly told: Told;
  /** Gates at which the person said yes beforehand. */
  readonly yes: readonly Gate[];
  /** Aborts when the person interrupts the run. */
  readonly signal: AbortSignal;
  /** Asks whoever sits at the terminal. @returns what they say to the ticket; null: they leave it as it is */
  readonly ask: ((ticket: Ticket) => Promise<string | null>) | null;
  /** What the person wants to say once the ticket has gone on and stands still again: said to one that is parked, it would be too early. */
  readonly later: readonly Saying[];
  readonly leaves?: World["leaves"];
  /** Where code runs; otherwise a room of this desk's own. */
  readonly room?: DeskRoom;
  /** Tells of a part of an epic as of a ticket of its own. Absent: parts are left to `coop resume`. */
  readonly tellAnew?: () => Told;
  /** Whether the ticket has a page for people (`collab.md`). */
  readonly page?: "kept" | "none";
  /** See `Ahead`. */
  readonly ahead?: AheadSettings;
};

/** A pass that throws is repeated this often, as the App's queue does: what then still throws is a bug. */
const FAULTS_MAX = 3;
const FAULT_MS = 500;
/** How often the ledger is looked at while a pass runs. */
const LOOK_MS = 150;
/** What an interrupted run says to its ticket. */
export const PARK = "/coop park";

export async function workAt(the: WorkAt): Promise<number> {
  const { desk, number } = the;
  const lock = await lockDataDir(desk.home.lock(number));
  if (lock.outcome === "busy")
    throw new Ended(
      EXIT.unavailable,
      `Ticket ${number} is being worked on by process ${lock.pid}. Wait for it, or end it, then run \`coop resume ${number}\`.`,
    );
  try {
    const ending = await orLost(desk, number, async () => {
      const world = await worldOf(the);
      return untilStill(the, world).finally(() => world.ahead?.close());
    });
    if (ending.ticket === number) the.told.end(the.ask ? ending : await withReason(the, ending));
    return ending.exitCode;
  } finally {
    await lock.release();
  }
}

/** A step that failed too often says only that: why its last try failed stands in the entry before. */
async function withReason({ desk, number }: WorkAt, ending: Ending): Promise<Ending> {
  if (ending.phase !== "blocked" || ending.details.length > 0) return ending;
  const failed = (await desk.ledgers.read(desk.key(number))).slice(-2).find(({ kind }) => kind === "step_failed");
  if (failed?.kind !== "step_failed" || ending.sentence.includes(failed.data.sentence)) return ending;
  return { ...ending, details: [failed.data.sentence] };
}

async function worldOf({ desk, number, cast, searchPath, told, leaves, ...the }: WorkAt): Promise<World> {
  const ticket = await desk.threads.ticket(number);
  if (!ticket)
    throw new Ended(EXIT.different, `There is no ticket ${number} here. \`coop run --list\` lists those there are.`);
  const room = the.room ?? (await roomHere(cast, desk.home.folder, searchPath));
  // A review collects no proof.
  if (room.sandbox.state === "none" && the.page !== "none")
    told.note(
      `No code of this repository is run, so the proof stays incomplete. ${room.sandbox.why} \`coop doctor\` says what helps.`,
    );
  const agents = cast.agentsIn?.(room.sandbox, searchPath);
  return worldAt(desk, {
    ...{ ...cast, ...room, agents, leaves, settings: ticket.settings, log: logOf(told) },
    ...{ onCall: told.call, telemetry: followedBy(told), ahead: the.ahead },
  });
}

/** Steps are told as they begin; failures stand in the ledger, which is told as it grows. */
function logOf(told: Told): Log {
  return {
    info: (fields, message) => {
      const { step, preparing } = fields as { step?: string; preparing?: string };
      if (message === "step begins") told.step(String(step));
      if (preparing !== undefined) told.preparing(preparing);
    },
    warn: () => undefined,
    error: (fields, message) => {
      const { error } = fields as { error?: unknown };
      // Of a stack its first line is for the person who sits here.
      const what = typeof error === "string" ? (error.split("\n")[0] ?? "") : JSON.stringify(fields);
      told.note(`${message}: ${what.slice(0, FIELDS_CHARS_SHOWN)}`);
    },
  };
}

/** Nobody measures at a desk, but whoever sits there sees how far it is. */
function followedBy(told: Told): Telemetry {
  const ended: Listener = (under) => () => (under.what.kind === "consultation" ? told.doing(null) : undefined);
  return telemetryTo([ended], [(_, doing) => told.doing(doing)]);
}

async function untilStill(the: WorkAt, world: World): Promise<Ending> {
  const { desk, number, told, signal } = the;
  const said = new Set<string>();
  const later = [...the.later];
  for (;;) {
    const ticket = await drive(the, world, signal);
    told.quiet();
    if (signal.aborted) return park(the, world);
    if (!ticket) throw new Ended(EXIT.unavailable, `Ticket ${number} did not begin. Run \`coop resume ${number}\`.`);
    const stopped = await workOnParts(the, ticket);
    if (stopped === "again") continue;
    if (stopped) return stopped;
    const written = await fromPage(the);
    if (ticket.end) return endOf(the, ticket);
    if (ticket.halt?.reason === "person") return endingOf(ticket, number, EXIT.person);
    const words = nextSaid(later, ticket, told.note) ?? written ?? (await yesOrAsked(the, ticket, said));
    if (signal.aborted) return park(the, world);
    // Whoever was asked has just read what stands in the way.
    if (words === null) return { ...endingOf(ticket, number, EXIT.person), ...(the.ask ? { details: [] } : {}) };
    await sayTo(desk, number, words.command, new Date(), words.source);
  }
}

/**
 * The parts of an epic that have begun, each worked on like a ticket of its own. @returns `again` when one has ended, so that the
 * next may begin; how it stopped when it needs a person; null where there is no part to work on
 */
async function workOnParts(the: WorkAt, ticket: Ticket): Promise<Ending | "again" | null> {
  if (!ticket.epic || ticket.end || ticket.halt || !the.tellAnew) return null;
  const part = ticket.epic.parts.find((one) => one.state === "begun" && one.issue !== null);
  if (!part?.issue) return null;
  the.told.say(`Part ${part.number} of ${ticket.epic.parts.length}, ticket ${part.issue}: ${part.title}`);
  const exitCode = await workAt({ ...the, number: part.issue, told: the.tellAnew(), later: [] });
  const child = fold(await the.desk.ledgers.read(the.desk.key(part.issue)));
  if (child?.end && !the.signal.aborted) return "again";
  return { ...nothing(part.issue), phase: "epic", exitCode, next: null, sentence: "" };
}

/** The page is read before it is drawn anew: what a person wrote into it while the run went on counts. */
async function fromPage({ desk, number, told, page }: WorkAt): Promise<Saying | null> {
  if (page === "none") return null;
  const { written, notes } = await readCollab(desk, number);
  for (const note of notes) told.note(note);
  if (written === null && notes.length === 0)
    for (const note of await writeCollab(desk, number, await desk.ledgers.read(desk.key(number)))) told.note(note);
  return written;
}

async function endOf({ desk, number }: WorkAt, ticket: Ticket): Promise<Ending> {
  const into = (await desk.threads.ticket(number))?.settings.mergeInto ?? null;
  return endingOf(ticket, number, ticket.end?.as === "merged" ? EXIT.ok : EXIT.different, into);
}

async function yesOrAsked(the: WorkAt, ticket: Ticket, said: Set<string>): Promise<Saying | null> {
  const command = yesTo(the, ticket, said) ?? (await the.ask?.(ticket)) ?? null;
  return command === null ? null : { command };
}

/** The same question twice: the yes was not taken, and a second one would not be either. */
function yesTo({ yes }: WorkAt, ticket: Ticket, said: Set<string>): string | null {
  const gate = gateOf(phaseOf(ticket), maySplit(ticket) && yes.includes("split"));
  const about = gate !== "merge" ? `plan ${ticket.plan?.planHash}` : `merge ${ticket.change?.headSha}`;
  if (gate === null || !yes.includes(gate) || said.has(about)) return null;
  said.add(about);
  return gate === "split" ? "/coop split" : "/coop approve";
}

function gateOf(phase: Phase, splits: boolean): Gate | null {
  if (phase === "plan-approval") return splits ? "split" : "plan";
  return phase === "ready" ? "merge" : null;
}

/** Passes, one after the other, until there is something to wait for. */
async function drive(the: WorkAt, world: World, signal: AbortSignal): Promise<Ticket | null> {
  const key = the.desk.key(the.number);
  const look = async () => the.told.entries(await the.desk.ledgers.read(key), the.cast.modelRetry);
  let faults = 0;
  while (!signal.aborted) {
    const watching = setInterval(() => void look().catch(() => undefined), LOOK_MS);
    try {
      const { again } = await reconcile(world, key, { abort: signal, leave: signal });
      faults = 0;
      if (!again) break;
      await delay(again.inMs, undefined, { signal }).catch(() => undefined);
    } catch (error) {
      if (error instanceof LedgerBroken) throw new Ended(EXIT.different, error.message);
      if (signal.aborted) break;
      if (++faults >= FAULTS_MAX) throw error;
      await delay(FAULT_MS, undefined, { signal }).catch(() => undefined);
    } finally {
      clearInterval(watching);
    }
  }
  await look();
  return fold(await the.desk.ledgers.read(key));
}

/** Ctrl-C: what runs is dropped, what was paid is kept, and the ledger says that a person parked the ticket. */
async function park(the: WorkAt, world: World): Promise<Ending> {
  const { desk, number } = the;
  await sayTo(desk, number, PARK, new Date());
  const ticket = await drive(the, world, new AbortController().signal);
  await fromPage(the);
  const next = `coop resume ${number}`;
  if (!ticket)
    return {
      ...nothing(number),
      phase: "parked",
      exitCode: EXIT.interrupted,
      next,
      sentence: `Ticket ${number} is parked.`,
    };
  // The ledger counts a step when it is done; what the dropped one has cost stands in the journal.
  const paid = await desk.journal.paidOn(desk.key(number));
  const spend = paid.calls > ticket.spend.calls ? paid : ticket.spend;
  return {
    ...endingOf(ticket, number, EXIT.interrupted),
    ...{ next, spend },
    sentence: `Ticket ${number} is parked. Nothing is lost, and nothing is paid twice.`,
  };
}
