import type { Desk } from "../desk.ts";
import { Ended, EXIT } from "../exit.ts";

/** Works with what a desk keeps. @throws Ended with one sentence where its database has gone away meanwhile */
export async function orLost<T>(desk: Pick<Desk, "database">, number: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Ended || desk.database.kind !== "postgres") throw error;
    const lost = await desk.database.query("SELECT 1").then(
      () => null,
      (reason: Error) => reason,
    );
    if (lost === null) throw error;
    throw new Ended(
      EXIT.unavailable,
      `DATABASE_URL cannot be used any more: ${lost.message.replace(/\.$/, "")}. Start the database, then run \`coop resume ${number}\`: what was written down is kept.`,
    );
  }
}
