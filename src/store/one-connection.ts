import { AsyncLocalStorage } from "node:async_hooks";
import { inTransaction, type Database, type Query } from "./database.ts";

/**
 * A database inside this process has one connection, and everything goes through it in one line: a statement that failed
 * in the middle of `BEGIN; …; COMMIT` is rolled back before the next one can run into its remains.
 */
export type OneConnection = Pick<Database, "query" | "exec" | "transaction"> & {
  /** Waits for its turn in the same line. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
};

export function oneConnection(session: Query): OneConnection {
  const inside = new AsyncLocalStorage<{ over: boolean }>();
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()?.over === false) {
      throw new Error("The database was used inside its own transaction: use the transaction's tx");
    }
    const turn = line.then(work);
    line = turn.catch(() => undefined);
    return turn;
  };
  // An error leaves the one connection in a failed transaction when the statements opened one themselves.
  const cleanly = <T>(work: () => Promise<T>) =>
    inTurn(() =>
      work().catch(async (error: unknown) => {
        await session.exec("ROLLBACK").catch(() => undefined);
        throw error;
      }),
    );
  return {
    inTurn,
    query: async (sql, params) => cleanly(() => session.query(sql, params)),
    exec: async (sql) => cleanly(() => session.exec(sql)),
    transaction: async (work) =>
      inTurn(() => {
        // A callback that outlives the transaction keeps this store; `over` lets it use the database again.
        const mark = { over: false };
        return inside.run(mark, () => inTransaction(session, work)).finally(() => (mark.over = true));
      }),
  };
}
