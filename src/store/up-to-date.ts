import type { Database, Opened } from "./database.ts";
import { migrate, type MigrateSettings } from "./migrate.ts";
import { isForbidden, isPassing, isReadOnly } from "./passing.ts";

const RIGHTS = "Give the user of DATABASE_URL the right to create tables and schemas there.";

/** A database that is open, brought up to date. Where that fails it is closed again. @throws what is a bug of ours */
export async function upToDate(database: Database, tell?: MigrateSettings["tell"]): Promise<Opened> {
  try {
    const migrated = await migrate(database, undefined, { tell });
    if (migrated.outcome === "migrated") return { outcome: "open", database };
    await database.close();
    return migrated;
  } catch (error) {
    await database.close().catch(() => undefined);
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Opened {
  const why = error instanceof Error ? error.message : String(error);
  const sentence = `The database cannot be brought up to date: ${why.replace(/\.$/, "")}.`;
  if (isReadOnly(error))
    return { outcome: "refused", because: "away", sentence: "The database is read-only at the moment." };
  if (isPassing(error)) return { outcome: "refused", because: "away", sentence };
  if (!isForbidden(error)) throw error;
  return { outcome: "refused", sentence: `${sentence} ${RIGHTS}` };
}
