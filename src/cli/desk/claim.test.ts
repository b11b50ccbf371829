import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { deskHome, type DeskHome, saidOnce } from "../../desk/home.ts";
import type { Database } from "../../store/database.ts";
import { EXIT } from "../exit.ts";
import { claimTickets } from "./claim.ts";

let at = "";
let home: DeskHome;
beforeEach(async () => {
  at = mkdtempSync(join(tmpdir(), "coop-claim-"));
  mkdirSync(join(at, ".git"));
  home = await deskHome({ home: join(at, ".git"), name: "shop" });
});
afterEach(() => rmSync(at, { recursive: true, force: true }));

/** A server that knows no claim yet, or answers every statement with an error. */
function server(error: Error | null = null): Database {
  const query = () => (error ? Promise.reject(error) : Promise.resolve([{ said: null, sql: "" }]));
  const tx = { query, exec: query };
  return {
    kind: "postgres",
    ...tx,
    transaction: (work: (on: typeof tx) => unknown) => work(tx),
  } as unknown as Database;
}

it.each([
  ["Connection terminated unexpectedly", undefined],
  ["Query read timeout", undefined],
  ["timeout exceeded when trying to connect", undefined],
  ["cannot execute COMMENT in a read-only transaction", "25006"],
  ["terminating connection due to administrator command", "57P01"],
  ["connect ECONNREFUSED 127.0.0.1:5432", "ECONNREFUSED"],
])("says in one sentence that the database is away: %s (%s)", async (message, code) => {
  const error = Object.assign(new Error(message), code === undefined ? {} : { code });
  for (const coming of ["to look", "to work", "to go on here"] as const)
    await expect(claimTickets(server(error), home, coming)).rejects.toMatchObject({
      message: `DATABASE_URL cannot be used: ${message}.`,
      exitCode: EXIT.unavailable,
    });
});

it("explains no bug of ours", async () => {
  const error = new TypeError("x is not a function");
  await expect(claimTickets(server(error), home, "to work")).rejects.toBe(error);
});

it("names the folder where it cannot be written", async () => {
  const full = { ...home, marker: join(home.folder, "secret/postgres.json") };
  await expect(claimTickets(server(), full, "to work")).rejects.toMatchObject({
    message: `${home.folder} cannot be written (a part of the path is a file, not a folder). Move that file away, then run this again.`,
    exitCode: EXIT.unavailable,
  });
  expect(await claimTickets(server(), home, "to work")).toEqual([]);
});

it("says a thing once, and each time where nobody can remember that it was said", async () => {
  expect([await saidOnce(home, "said", "So."), await saidOnce(home, "said", "So.")]).toEqual([["So."], []]);
  const nowhere = { ...home, folder: join(home.folder, "nowhere") };
  for (let times = 0; times < 2; times++) expect(await saidOnce(nowhere, "said", "So.")).toEqual(["So."]);
});
