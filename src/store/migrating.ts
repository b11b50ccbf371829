// Held by test/contracts/migrations.system.ts

/** What is said of a migration that lasts, and of one that did not come to its end. */
type Doing = "migrates" | "waits" | "tries-again";

export type ToldMigration = {
  readonly doing: Doing;
  readonly pending: readonly string[];
  /** Since it began. */
  readonly ms: number;
};

export type Migrating = {
  readonly doing: () => Doing;
  /** Which migration runs, or was the last one to. */
  readonly name: () => string | null;
  readonly ms: () => number;
  does(doing: Doing): void;
  at(name: string): void;
  end(): void;
};

/** Whoever reads the log of a start that lasts learns what goes on, and that it goes on. */
const TOLD_EVERY_MS = 60_000;

export function told(
  pending: readonly string[],
  tell: (now: ToldMigration) => void = () => {},
  everyMs: number = TOLD_EVERY_MS,
): Migrating {
  const began = performance.now();
  let doing: Doing = "migrates";
  let name: string | null = null;
  const ms = () => Math.round(performance.now() - began);
  const say = () => tell({ doing, pending, ms: ms() });
  const timer = setInterval(say, everyMs);
  return {
    ...{ ms, doing: () => doing, name: () => name },
    does: (what) => {
      doing = what;
      say();
    },
    at: (which) => void (name = which),
    end: () => clearInterval(timer),
  };
}

/** It was cancelled, or took longer than a statement of a migration may: the same again would end the same way. */
export function wasEnded(now: Migrating, error: unknown): string {
  const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
  if (now.doing() === "waits")
    return `Another process has been bringing the database up to date for ${inWords(now.ms())}, and waiting for it was ended (${why}). Look what holds it up, then start this one again.`;
  const what = now.name() ?? "The first migration";
  return `The database cannot be brought up to date: ${what} was ended after ${inWords(now.ms())} (${why}), and nothing of it was kept. Start the program again when the database has less to do, and let nobody cancel it.`;
}

export function notLetGo(now: Migrating): string {
  return `The database cannot be brought up to date: ${now.name() ?? "a migration"} changes a table that something else has been reading or writing for ${inWords(now.ms())}, such as a backup or a transaction that was left open. \`SELECT * FROM pg_stat_activity\` shows what it is. End it, then start the program again.`;
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}
