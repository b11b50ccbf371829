import { type FileHandle, open } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";

/**
 * Makes what was committed outlast a power failure. SQLite would wait for the disk inside the commit, and everything in this process
 * with it. Here a commit only writes, and whoever made it is told so when the log of writes has been synced, while others go on.
 * The log is written in order, so nothing can last that was committed after something that did not.
 */
export type Lasting = {
  /** Resolves when all that was committed before the call is on the disk. @throws when the disk did not take it */
  sync(): Promise<void>;
  close(): Promise<void>;
};

export const NOTHING_TO_KEEP: Lasting = { sync: async () => undefined, close: async () => undefined };

/**
 * So much may stand in the log (32 MB) before SQLite moves it into the file, which it does inside a commit and with waits of its own;
 * pages that were written many times meanwhile are moved once.
 */
const LOG_PAGES = 8_000;

/** Told once, when the disk did not take something: from then on this process can store nothing. */
export type OnFailure = (error: Error) => void;

/** @param sqlite has its file open, and a log of writes where the file system can have one */
export function lasting(sqlite: DatabaseSync, path: string, onFailure: OnFailure = () => {}): Lasting {
  const mode = sqlite.prepare("PRAGMA journal_mode").get()?.["journal_mode"];
  // Without that log SQLite keeps to its own way, and waits.
  if (mode !== "wal") return NOTHING_TO_KEEP;
  // SQLite still syncs the log before it moves what stands there into the file.
  sqlite.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
  let file: FileHandle | null = null;
  let failure: Error | null = null;
  let [last, next]: [Promise<void>, Promise<void> | null] = [Promise.resolve(), null];
  const sync = async () => {
    // After a failure the system may have thrown away what it could not write, and say yes the next time.
    if (failure) throw failure;
    try {
      file ??= await open(`${path}-wal`, "r+");
      await file.datasync();
    } catch (error) {
      failure = new Error(`The disk did not take what was stored; start this process again`, { cause: error });
      onFailure(failure);
      throw failure;
    }
  };
  return {
    sync: () => {
      // One that is under way may have begun too early; all who come meanwhile share the one after it.
      next ??= last
        .catch(() => undefined)
        .then(() => {
          next = null;
          return (last = sync());
        });
      return next;
    },
    close: async () => {
      await file?.close();
    },
  };
}
