import { tmpdir, userInfo } from "node:os";
import { ticketKey, type TicketKey } from "../core/ledger/ids.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import type { Trigger } from "../core/rules/trigger.ts";
import { branchesOf, committerAt } from "../desk/branches.ts";
import { DESK_BRANCHES, deskBranch } from "../desk/branch-name.ts";
import { wordsOf } from "../desk/commit-words.ts";
import { DeskBroken, deskHome, type DeskHome, type Kept, keptIn, saidOnce } from "../desk/home.ts";
import { type DeskRepository, findRepository } from "../desk/repository.ts";
import { type DeskSettings, type Threads, threadsIn } from "../desk/threads.ts";
import type { Database } from "../store/database.ts";
import { inboxStore } from "../store/inbox-store.ts";
import { type JournalStore, journalStore } from "../store/journal-store.ts";
import { type LedgerStore, ledgerStore } from "../store/ledger-store.ts";
import { PERSEVERED_AT_A_DESK_MS } from "../store/passing.ts";
import { environment } from "../config.ts";
import { pathTrouble, writeRemedy } from "../path-trouble.ts";
import { claimTickets, type Coming } from "./desk/claim.ts";
import { beginKept, databaseUrlIn, type DeskStore, openKept, STAYS } from "./desk/kept.ts";
import { Ended, EXIT } from "./exit.ts";
import { NAME_CHARS_MAX } from "../core/ledger/limits.ts";

/** Everything that a desk is, without models: enough to begin a ticket, to say something to it and to look at it. */
export type Desk = {
  readonly repository: DeskRepository;
  readonly home: DeskHome;
  readonly database: Database;
  /** What the person should know about where the tickets are kept. */
  readonly notes: readonly string[];
  readonly threads: Threads;
  readonly ledgers: LedgerStore;
  readonly journal: JournalStore;
  /** Who sits here. */
  readonly person: string;
  key(number: number): TicketKey;
  /** What the commits between two say, as a ticket: the last one's first line, and all of their messages. */
  words(base: string, head: string): Promise<{ title: string; body: string }>;
  close(): Promise<void>;
};

/** `databaseUrl`: the PostgreSQL that new desks keep their tickets in; without one they are kept in git's own folder. */
export type Place = { readonly folder: string; readonly searchPath: string; readonly databaseUrl?: string | null };

/** @throws Ended where the environment cannot be read */
export function placeHere(): Place {
  const env = environment();
  return { folder: process.cwd(), searchPath: env.PATH ?? "/usr/bin:/bin", databaseUrl: databaseUrlIn(env) };
}

/** @throws Ended with one sentence for a place where nobody can work */
export async function deskRepository({ folder, searchPath }: Place): Promise<DeskRepository> {
  const found = await findRepository({ folder, searchPath, temporary: tmpdir() });
  if (found.outcome === "refused") throw new Ended(EXIT.usage, found.sentence);
  return found.repository;
}

/** @throws Ended as `deskRepository` does, and as `openDeskOf` does */
export async function openDesk(place: Place, coming: Coming = "to work"): Promise<Desk> {
  return openDeskOf(await deskRepository(place), place.databaseUrl ?? null, coming);
}

/** @throws Ended where git's folder cannot be written, the database cannot be reached, or its tickets may be another repository's */
export async function openDeskOf(
  repository: DeskRepository,
  databaseUrl: string | null,
  coming: Coming,
): Promise<Desk> {
  const home = await homeOf(repository);
  return deskOn(repository, home, await openKept(home, databaseUrl, coming));
}

/**
 * The desk on which a ticket begins: the first one of a repository goes where DATABASE_URL leads. Called when nothing refuses the ticket
 * any more, so that whoever only looks, or mistypes, keeps nothing in an application's database.
 *
 * @throws Ended where the database cannot be reached
 */
export async function deskToBegin(desk: Desk, { databaseUrl = null }: Place): Promise<Desk> {
  if (desk.database.kind === "postgres")
    return { ...desk, notes: [...desk.notes, ...(await claimTickets(desk.database, desk.home, "to work"))] };
  if (databaseUrl === null) return desk;
  if ((await desk.threads.numbers()).length > 0)
    return { ...desk, notes: await saidOnce(desk.home, "database-stays", STAYS) };
  // Of two that come together, the other may have begun there since this one looked.
  const store =
    keptAt(desk.repository) === "postgres"
      ? await openKept(desk.home, databaseUrl, "to work")
      : await beginKept(desk.home, databaseUrl);
  await desk.close();
  return deskOn(desk.repository, desk.home, store);
}

function deskOn(repository: DeskRepository, home: DeskHome, { database, notes }: DeskStore): Desk {
  return {
    ...{ repository, home, database, notes },
    threads: threadsIn(database),
    ledgers: ledgerStore(database),
    journal: journalStore(database, PERSEVERED_AT_A_DESK_MS),
    person: personHere(),
    key: (number) => ticketKey({ owner: "desk", name: repository.name, number }),
    words: (base, head) => wordsOf(repository.git, base, head),
    close: () => database.close(),
  };
}

/** @throws Ended where git's folder cannot be written, or the desk in it does not hold together */
export async function homeOf(repository: DeskRepository): Promise<DeskHome> {
  try {
    return await deskHome(repository);
  } catch (error) {
    if (error instanceof DeskBroken) throw new Ended(EXIT.unavailable, error.message);
    const where = `${repository.home}/coop cannot be written`;
    throw new Ended(EXIT.unavailable, `${where} (${pathTrouble(error)}). ${writeRemedy(error, "git's folder")}`);
  }
}

/** @throws Ended where what says so is not whole */
export function keptAt({ home }: Pick<DeskRepository, "home">): Kept["at"] {
  try {
    return keptIn(home).at;
  } catch (error) {
    if (error instanceof DeskBroken) throw new Ended(EXIT.unavailable, error.message);
    throw error;
  }
}

function personHere(): string {
  try {
    return userInfo().username.slice(0, NAME_CHARS_MAX) || "somebody";
  } catch {
    // A process whose user has no name, as in some containers.
    return "somebody";
  }
}

export type NewTicket = {
  readonly title: string;
  readonly body: string;
  readonly label: string;
  readonly settings: DeskSettings;
};

/** Said before anything is made or paid for a change that could not be kept. @throws Ended where no ticket could have a branch */
export async function checkBranches({ repository }: Desk): Promise<void> {
  if ((await ticketBranches(repository).head(DESK_BRANCHES)) !== "gone") throw new Ended(EXIT.usage, IN_THE_WAY);
}

/** Writes the ticket down and queues what begins it; `checkBranches` comes before. */
export async function beginTicket(desk: Desk, { title, body, label, settings }: NewTicket, at: Date): Promise<number> {
  const { threads, repository, person } = desk;
  const branches = ticketBranches(repository);
  const isFree = (number: number) => branches.isFree(deskBranch(number));
  const number = await threads.open({ title, body, author: person, labels: [label], settings }, at, isFree);
  const by = personOf(desk);
  const issue = { number, state: "open" as const, title, body, author: by, labels: [label], isPullRequest: false };
  await hand(desk, number, { kind: "labelled", ...common(desk, settings, `label:${number}`), label, issue }, at);
  return number;
}

function ticketBranches({ git }: DeskRepository) {
  return branchesOf(git, () => committerAt(git, null));
}

/** Git keeps no branch below the name of another one. */
const IN_THE_WAY = `There is a branch named ${DESK_BRANCHES}, and git cannot keep ${DESK_BRANCHES}/1 beside it. Rename it (\`git branch -m ${DESK_BRANCHES} another-name\`), then run this again.`;

export type NewReview = {
  readonly baseSha: string;
  readonly headSha: string;
  readonly title: string;
  readonly body: string;
  readonly settings: DeskSettings;
};

/** Writes down a change that somebody else wrote, and asks both reviewers to look at it. */
export async function beginReview(desk: Desk, review: NewReview, at: Date): Promise<number> {
  const { baseSha, headSha, title, body, settings } = review;
  const ticket = { title, body, author: desk.person, labels: [], settings };
  const number = await desk.threads.open(ticket, at, () => Promise.resolve(true));
  await desk.threads.openPull(number, { title, body, head: headSha, base: baseSha });
  await sayTo(desk, number, "/coop review", at);
  return number;
}

/** What the person says to a ticket: the same as a comment on GitHub. */
export async function sayTo(desk: Desk, number: number, words: string, at: Date, source?: string): Promise<void> {
  const ticket = await desk.threads.ticket(number);
  if (!ticket)
    throw new Ended(EXIT.different, `There is no ticket ${number} here. \`coop run --list\` lists those there are.`);
  const comment = { place: "comment" as const, body: words, author: desk.person, by: "person" as const };
  const commentId = await desk.threads.comment(number, comment, at);
  const { title, body, labels, settings } = ticket;
  const author = personOf(desk, ticket.author);
  const isPullRequest =
    !labels.some((label) => START_LABELS.includes(label)) && (await desk.threads.pull(number)) !== null;
  const issue = { number, state: "open" as const, title, body, author, labels: [...labels], isPullRequest };
  const from = common(desk, settings, source ?? `comment:${commentId}`);
  await hand(desk, number, { kind: "commented", ...from, commentId, body: words, issue }, at);
}

/** What both said is told: a review is no ticket that waits for somebody. */
export async function endReview(desk: Desk, number: number, work: (number: number) => Promise<unknown>): Promise<void> {
  await sayTo(desk, number, "/coop stop", new Date());
  await work(number);
}

/** Has the branch looked at: somebody may have pushed to it, moved it or deleted it since. */
export async function lookAgain(desk: Desk, number: number, at: Date): Promise<void> {
  const ticket = await desk.threads.ticket(number);
  if (!ticket || !(await desk.threads.pull(number))) return;
  const from = common(desk, ticket.settings, `look:${at.toISOString()}`);
  await hand(desk, number, { kind: "changed", ...from, what: "push", look: "pull" }, at);
}

async function hand(desk: Desk, number: number, trigger: Trigger, receivedAt: Date): Promise<void> {
  const { source, kind } = trigger;
  await inboxStore(desk.database).add([{ ticket: desk.key(number), source, kind, payload: trigger, receivedAt }]);
}

function personOf({ person }: Desk, login = person) {
  return { login, id: 0, type: "User" };
}

function common(desk: Desk, { base }: DeskSettings, source: string) {
  return { source, forge: { kind: "desk" as const }, defaultBranch: base, by: personOf(desk) };
}
