import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import type { TicketKey } from "../core/ledger/ids.ts";

/**
 * What became of a change after its merge. Ledgers tell whether another ticket changed one of its files again soon; the
 * history of a clone tells whether it was reverted, or people did. Such a change may be a repair or ordinary work; over many
 * tickets the difference between models shows.
 */
const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** One commit of the default branch. */
export type Commit = {
  readonly sha: string;
  /** The first is where it went in. Absent: nobody asked. */
  readonly parents?: readonly string[];
  readonly atMs: number;
  readonly author: string;
  readonly message: string;
  readonly files: readonly string[];
};

/** The worst that happened: a revert weighs more than an issue that somebody opened again, that more than people who changed its files, and those more than a ticket. */
export type Fate = "reverted" | "reopened" | "touched-by-people" | "touched-again" | "stands";

type Merged = {
  readonly key: TicketKey;
  readonly atMs: number;
  readonly files: ReadonlySet<string>;
  /** Every commit that it is known by: heads, and what went into the base branch. */
  readonly shas: ReadonlySet<string>;
  /** Of these, the heads of its branch. */
  readonly heads: ReadonlySet<string>;
  readonly pull: number | null;
  readonly isReopened: boolean;
};

/**
 * @param history of each repository that there is a clone of, by `owner/repo`, newest first; without it only ledgers are asked
 * @returns merged tickets, each with what became of it
 */
export function afterMerge(
  ledgers: readonly (readonly Entry[])[],
  history: ReadonlyMap<string, readonly Commit[]> = new Map(),
): ReadonlyMap<TicketKey, Fate> {
  const merged = ledgers.flatMap(mergedOf).map((one) => alsoMergedAs(one, history.get(repositoryOf(one.key)) ?? []));
  const ours = new Set(merged.flatMap((one) => [...one.shas]));
  return new Map(
    merged.map((one) => {
      const all = history.get(repositoryOf(one.key)) ?? [];
      const later = all.filter(({ atMs }) => atMs >= one.atMs);
      if (isReverted(one, later)) return [one.key, "reverted"];
      if (one.isReopened) return [one.key, "reopened"];
      if (later.some((commit) => !isOurs(commit, ours) && isSoon(commit.atMs, one) && shares(commit.files, one)))
        return [one.key, "touched-by-people"];
      return [one.key, merged.some((other) => touches(other, one)) ? "touched-again" : "stands"];
    }),
  );
}

function mergedOf(entries: readonly Entry[]): Merged[] {
  const ticket = fold(entries);
  const end = entries.findLast((entry) => entry.kind === "merged");
  if (!ticket || !end) return [];
  const files = entries.flatMap((entry) => (entry.kind === "implemented" ? entry.data.files : []));
  const heads = new Set([...(ticket.change?.heads ?? []), end.data.headSha]);
  const shas = new Set([...heads, end.data.mergedSha]);
  const pull = ticket.pull?.number ?? null;
  const isReopened = ticket.end?.reopenedBy !== undefined;
  const paths = new Set(files.map((file) => file.path));
  return [{ key: ticket.key, atMs: Date.parse(end.at), files: paths, shas, heads, pull, isReopened }];
}

/** What git writes below a reverting commit, and what GitHub's button writes: `Reverts owner/repo#13`, `Reverts #13`. */
const REVERTED_COMMIT = /^This reverts commit ([0-9a-f]{7,64})/gm;
const REVERTED_PULL = /^Reverts (?:[\w.-]{1,100}\/[\w.-]{1,100})?#(\d{1,10})/gm;
/** A revert says so at its top; the rest of a long message is not read. */
const MESSAGE_CHARS_READ = 4_000;

/** What a commit is known by to whoever takes it back. */
type Known = Pick<Merged, "shas" | "pull">;

/** Whoever merges a branch by hand, as at a desk, makes a commit that no ledger names, and takes that one back. */
function alsoMergedAs(merged: Merged, history: readonly Commit[]): Merged {
  const merges = history.filter(({ parents = [] }) => parents.slice(1).some((sha) => merged.heads.has(sha)));
  return merges.length === 0 ? merged : { ...merged, shas: new Set([...merged.shas, ...merges.map(({ sha }) => sha)]) };
}

/** The number that GitHub writes into the first line of what it merges. */
const PULL_OF = /^(?:Merge pull request #(\d{1,10}) |.{1,300}\(#(\d{1,10})\)$)/m;

/** Taken back, and that not taken back in turn. @param later newest first */
function isReverted(known: Known, later: readonly Commit[]): boolean {
  return later.some((commit, at) => {
    if (!reverts(commit, known)) return false;
    const [subject = ""] = commit.message.split("\n", 1);
    const named = PULL_OF.exec(subject);
    const pull = named ? Number(named[1] ?? named[2]) : null;
    return !isReverted({ shas: new Set([commit.sha]), pull }, later.slice(0, at));
  });
}

function reverts({ message }: Commit, { shas, pull }: Known): boolean {
  const read = message.slice(0, MESSAGE_CHARS_READ);
  const named = [...read.matchAll(REVERTED_COMMIT)].map((match) => match[1] ?? "");
  if (named.some((one) => [...shas].some((sha) => sha.startsWith(one)))) return true;
  return pull !== null && [...read.matchAll(REVERTED_PULL)].some((match) => Number(match[1]) === pull);
}

/** Commits of this program, and of every other bot. */
function isOurs({ sha, author }: Commit, ours: ReadonlySet<string>): boolean {
  return ours.has(sha) || author === "Cooperations" || author.endsWith("[bot]");
}

function isSoon(laterMs: number, { atMs }: Merged): boolean {
  return laterMs > atMs && laterMs - atMs <= SOON_DAYS * DAY_MS;
}

function shares(paths: Iterable<string>, { files }: Merged): boolean {
  return [...paths].some((path) => files.has(path));
}

function touches(later: Merged, one: Merged): boolean {
  if (repositoryOf(later.key) !== repositoryOf(one.key) || later.key === one.key) return false;
  return isSoon(later.atMs, one) && shares(later.files, one);
}

function repositoryOf(key: TicketKey): string {
  return key.split("#")[0] ?? key;
}
