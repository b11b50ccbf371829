import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { lasting } from "./sqlite-lasting.ts";

let folder: string;
let sqlite: DatabaseSync;
const path = () => join(folder, "a.sqlite");
const synchronous = () => sqlite.prepare("PRAGMA synchronous").get()?.["synchronous"];
const [NORMAL, FULL] = [1, 2];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coop-lasting-"));
  sqlite = new DatabaseSync(path());
});
afterEach(() => {
  sqlite.close();
  rmSync(folder, { recursive: true });
});

function withLog(): void {
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE words (word text)");
}

describe("what is stored in a SQLite file", () => {
  it("is synced beside other work, for all who come meanwhile at once", async () => {
    withLog();
    const kept = lasting(sqlite, path());
    expect(synchronous()).toBe(NORMAL);
    sqlite.exec("INSERT INTO words VALUES ('a')");
    await Promise.all(Array.from({ length: 100 }, () => kept.sync()));
    await kept.close();
  });

  it("counts as stored no more once the disk did not take something", async () => {
    withLog();
    const told: string[] = [];
    const kept = lasting(sqlite, join(folder, "no", "such", "file"), ({ message }) => void told.push(message));
    await expect(kept.sync()).rejects.toThrow("The disk did not take what was stored");
    await expect(kept.sync()).rejects.toThrow("start this process again");
    expect(told).toEqual([expect.stringContaining("start this process again")]);
    await kept.close();
  });

  it("is waited for by SQLite itself where there is no log of writes", async () => {
    sqlite.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
    const kept = lasting(sqlite, path());
    expect(synchronous()).toBe(FULL);
    await kept.sync();
    await kept.close();
  });
});
