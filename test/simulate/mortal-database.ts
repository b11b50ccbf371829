import type { Database, Query } from "../../src/store/database.ts";

/**
 * A process that dies, as the rest of the world sees it: from one statement on the database hears nothing of it any more. The
 * worker in this process is told so by errors, and is thrown away; the next one is begun on what is stored.
 */
export type MortalDatabase = {
  readonly database: Database;
  /** The process dies in so many statements, inside a transaction too. */
  dieIn(statements: number): void;
  isDead(): boolean;
  /** Another process begins. */
  revive(): void;
};

export function mortal(real: Database): MortalDatabase {
  let left = Infinity;
  const alive = () => {
    if (--left < 0) throw new Error("This process is dead");
  };
  const session = (query: Query): Query => ({
    query: async (sql, params) => {
      alive();
      return query.query(sql, params);
    },
    exec: async (sql) => {
      alive();
      return query.exec(sql);
    },
  });
  return {
    database: {
      ...real,
      ...session(real),
      transaction: async (work) => {
        alive();
        return real.transaction((tx) => work(session(tx)));
      },
    },
    dieIn: (statements) => {
      left = statements;
    },
    isDead: () => left < 0,
    revive: () => {
      left = Infinity;
    },
  };
}
