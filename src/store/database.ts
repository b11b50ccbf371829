/**
 * The port to the database. All adapters run the same hand-written SQL: PGlite is PostgreSQL in this process, and the
 * stores use no more of the language than SQLite understands too (`sqlite.ts` says how). Ids and sums (`bigint`) arrive as
 * numbers, `timestamptz` as Date.
 */
export type Query = {
  /** One statement, with `$1` parameters. @throws the driver's error, with the SQLSTATE in `code` */
  query<Row extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Several statements without parameters, as migrations have them. Gives the rows of all of them, in order. */
  exec<Row extends object = Record<string, unknown>>(sql: string): Promise<Row[]>;
};

/** A LISTEN that stands, also over connections that break, until it is closed. */
export type Subscription = { close(): Promise<void> };

export type Limits = { readonly lockMsMax?: number; readonly statementMsMax?: number; readonly inOneGo?: boolean };

export type Database = Query & {
  readonly kind: "pglite" | "postgres" | "sqlite";
  /**
   * Commits when `work` resolves and rolls back when it rejects. Inside, use `tx` only: PGlite has one connection, so
   * the database itself would wait for the very transaction that waits for it. That is thrown, not waited for.
   * @param limits `lockMsMax`: a statement that waits longer for what another process holds fails; where there can be no other
   * process, nothing is waited for. `statementMsMax`: a statement may take so long, where others have the connection's own limit. `inOneGo`: `work` asks for everything before it waits for any of it, so that COMMIT goes out beside it
   */
  transaction<T>(work: (tx: Query) => Promise<T>, limits?: Limits): Promise<T>;
  /**
   * LISTEN. `onSubscribed` is called after every (re)connection: what was announced in between is lost, so look again.
   */
  listen(channel: string, onMessage: (payload: string) => void, onSubscribed: () => void): Promise<Subscription>;
  close(): Promise<void>;
};

/** A database that cannot be opened is the operator's to mend: `sentence` says how. */
export type Opened =
  | { readonly outcome: "open"; readonly database: Database }
  /** `away`: nobody answers, which may end by itself. `behind`: whoever works on it next brings it up to date. */
  | { readonly outcome: "refused"; readonly sentence: string; readonly because?: "away" | "behind" };

/**
 * The transaction that both adapters share, on a session that nobody else uses meanwhile. PostgreSQL answers COMMIT
 * after a failed statement with a silent ROLLBACK, so work that swallowed an error would be told that it was stored:
 * such a transaction rejects instead.
 * @param begin not awaited, it goes out with the first statement, which has to be whole by itself: should only BEGIN fail, that one stands
 */
export async function inTransaction<T>(
  session: Query,
  work: (tx: Query) => Promise<T>,
  begin: { readonly sql: string; readonly isAwaited: boolean; readonly inOneGo?: boolean } = {
    ...{ sql: "BEGIN", isAwaited: true },
  },
): Promise<T> {
  let failure: unknown = null;
  let settled = false;
  let notBegun: Error | null = null;
  const guarded = async <R>(statement: () => Promise<R>): Promise<R> => {
    if (settled) throw new Error("This transaction is already over");
    if (notBegun) throw notBegun;
    try {
      const result = await statement();
      // Answers come in order, so this costs nothing; where BEGIN failed, no statement that waited for this one runs.
      await begun;
      return result;
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };
  const begun = session.exec(begin.sql);
  begun.catch((error: Error) => (notBegun = error));
  if (begin.isAwaited) await begun;
  const tx: Query = {
    query: (sql, params) => guarded(() => session.query(sql, params)),
    exec: (sql) => guarded(() => session.exec(sql)),
  };
  try {
    const working = work(tx);
    const committing = begin.inOneGo && (await isUnderWay(working)) ? session.exec("COMMIT") : null;
    settled = committing !== null;
    committing?.catch(() => undefined);
    const result = await working;
    await begun;
    if (failure) throw failure;
    settled = true;
    await (committing ?? session.exec("COMMIT"));
    return result;
  } catch (error) {
    settled = true;
    await session.exec("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Far fewer turns than an answer of a server takes, and none of them lets what was asked leave. */
const TURNS_TO_FAIL = 8;

/** Work that fails before it has an answer must not be committed. */
async function isUnderWay(work: Promise<unknown>): Promise<boolean> {
  let isOver = false;
  const end = () => (isOver = true);
  work.then(end, end);
  for (let turns = 0; turns < TURNS_TO_FAIL && !isOver; turns++) await null;
  return !isOver;
}

/**
 * A webhook is answered within eight seconds. A round of them that waits so long for a lock still says in time that it was not stored,
 * and who comes meanwhile goes beside it. Where two rounds wait for locks, who comes then is answered when the eight seconds are over.
 */
export const WEBHOOK_LOCKS = { lockMsMax: 5_000 } as const;

/** SQLSTATE classes: what was asked does not fit, breaks a constraint, or stood in the way of another transaction. */
const OF_WHAT_WAS_ASKED = /^(22|23|40)/;

/** Whether another question might go well at once; false when the database is away, full, stuck or nobody knows. */
export function isOfWhatWasAsked(error: unknown): boolean {
  // Code of ours that stumbles over what one of many holds.
  if (error instanceof TypeError || error instanceof RangeError) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && code.length === SQLSTATE_CHARS && OF_WHAT_WAS_ASKED.test(code);
}

/** As the SQL standard has it; codes of the operating system are longer (`ECONNREFUSED`). */
const SQLSTATE_CHARS = 5;
const UNIQUE_VIOLATION = "23505";

/** Whether somebody else already holds the key that a statement wanted. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as Error & { code?: unknown }).code === UNIQUE_VIOLATION;
}
