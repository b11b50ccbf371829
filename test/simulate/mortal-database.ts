import type { Database, Query } from "../../src/store/database.ts";

/**
 * A process that dies or freezes, as the rest of the world sees it: from one statement on the database hears nothing of it. The worker
 * in this process is told of its death by errors, and is thrown away; one that is frozen waits, and goes on when it is thawed.
 */
export type MortalDatabase = {
  readonly database: Database;
  /** The process dies in so many statements, inside a transaction too. */
  dieIn(statements: number): void;
  isDead(): boolean;
  /** Another process begins. */
  revive(): void;
  /** The process freezes in so many statements: before one, or after one that it gets no answer to. */
  freezeIn(statements: number, at: "before" | "after"): void;
  isFrozen(): boolean;
  thaw(): void;
  /** What it holds, for whoever finds it silent: jobs that it took, leases by their holder. */
  readonly held: { readonly jobs: Map<string, string>; readonly leases: Set<string> };
};

/** @param onSilent told once of each death and freezing, while it happens */
export function mortal(real: Database, onSilent: () => void = () => undefined): MortalDatabase {
  let [left, leftWarm] = [Infinity, Infinity];
  let frozenAt: "before" | "after" = "before";
  let ice: PromiseWithResolvers<void> | null = null;
  const held = { jobs: new Map<string, string>(), leases: new Set<string>() };
  const alive = () => {
    if (--left === -1) onSilent();
    if (left < 0) throw new Error("This process is dead");
  };
  const freeze = (at: "before" | "after") => {
    if (ice || leftWarm > 0 || at !== frozenAt) return;
    leftWarm = Infinity;
    ice = Promise.withResolvers();
    onSilent();
  };
  const session = (query: Query): Query => {
    const heard = <Row extends object>(rows: Row[], sql: string, params: readonly unknown[] = []): Row[] => {
      note(held, sql, params, rows);
      // It was under way when the process fell silent: what it brought is nobody's either.
      if (ice || left < 0) onSilent();
      return rows;
    };
    return {
      query: async <Row extends object>(sql: string, params?: readonly unknown[]) => {
        alive();
        return heard(await query.query<Row>(sql, params), sql, params);
      },
      exec: async (sql) => {
        alive();
        return heard(await query.exec(sql), sql);
      },
    };
  };
  /** A transaction is done or not: a server takes the locks of a process that is silent inside of one, and forgets what it did. */
  const warm = async <T>(work: () => Promise<T>): Promise<T> => {
    leftWarm -= 1;
    freeze("before");
    await ice?.promise;
    const done = await work();
    freeze("after");
    await ice?.promise;
    return done;
  };
  const free = session(real);
  return {
    held,
    database: {
      ...real,
      query: (sql, params) => warm(() => free.query(sql, params)),
      exec: (sql) => warm(() => free.exec(sql)),
      transaction: (work, limits) =>
        warm(async () => {
          alive();
          return real.transaction((tx) => work(session(tx)), limits);
        }),
    },
    dieIn: (statements) => {
      left = statements;
    },
    isDead: () => left < 0,
    revive: () => {
      left = Infinity;
    },
    freezeIn: (statements, at) => {
      [leftWarm, frozenAt] = [statements, at];
    },
    isFrozen: () => ice !== null,
    thaw: () => {
      ice?.resolve();
      [ice, leftWarm] = [null, Infinity];
    },
  };
}

function note(held: MortalDatabase["held"], sql: string, params: readonly unknown[], rows: readonly object[]): void {
  if (sql.startsWith("INSERT INTO leases")) held.leases.add(String(params[1]));
  if (!/SET\s+state = 'active'/.test(sql)) return;
  for (const row of rows as { id?: string; name?: string }[]) if (row.id && row.name) held.jobs.set(row.id, row.name);
}
