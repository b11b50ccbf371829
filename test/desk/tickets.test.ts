import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { listed, listedAt } from "../../src/cli/run-list.ts";
import { readLedger, readLedgers } from "../../src/cli/stores.ts";
import { ticketArgument } from "../../src/cli/ticket-argument.ts";
import { verifiedHere } from "../../src/cli/verify.ts";
import { withTicket, withTickets } from "../../src/cli/ticket-stores.ts";
import { emptyFolder, openAt, repositoryWith, sitDown, standUp } from "../support/desk.ts";
import { loudStory } from "../support/stories.ts";

afterEach(standUp);

it("looks for a number, or desk/<name>#number, in the repository here", async () => {
  const seat = await sitDown();
  const number = await seat.begin({}, { title: `Add a loud option ${"x".repeat(200)}`, body: "" });
  await seat.work(number, loudStory());
  const key = seat.desk.key(number);
  const look = (named: string, folder = seat.folder) =>
    withTicket(
      ticketArgument(named),
      async (stores, found) => [found, (await readLedger(stores, found)).entries.length > 0, stores.list],
      folder,
    ).catch((error: Error) => error.message);
  for (const named of ["1", "#1", key]) expect(await look(named)).toEqual([key, true, "coop run --list"]);
  expect(await look("7")).toMatch(/has no ticket desk\/.*#7\. `coop run --list` lists those it has\./);
  expect(await look("1", emptyFolder())).toMatch(/^1 is no ticket of `coop run` here: go into its repository/);
  for (const named of ["0", "-1", "one", "1.5", "desk/js"]) expect(() => ticketArgument(named)).toThrow(/Give it as/);

  const { ledgers, threads } = seat.desk;
  const [row] = await listed(seat.desk);
  expect(row).toMatchObject({ ticket: 1, branch: "coop/1", title: (await threads.ticket(1))?.title });
  expect(row?.changedAt).toBe((await ledgers.read(key)).at(-1)?.at);
});

it("finds its tickets again in a folder that was moved, and leaves nothing behind where none has begun", async () => {
  const seat = await sitDown();
  await seat.work(await seat.begin(), loudStory());
  const moved = join(emptyFolder(), "another name");
  cpSync(seat.folder, moved, { recursive: true });
  const at = (folder: string) => ({ folder, searchPath: process.env["PATH"] ?? "" });
  expect(await listedAt(at(moved))).toEqual(await listedAt(at(seat.folder)));
  expect((await openAt(moved)).key(1)).toBe(seat.desk.key(1));
  const fresh = repositoryWith({ "a.txt": "a\n" });
  expect(await listedAt(at(fresh))).toEqual([]);
  expect(existsSync(join(fresh, ".git/coop"))).toBe(false);
  const keys = (await withTickets((stores) => readLedgers(stores), moved)).map(([first]) => first?.ticket);
  expect(keys).toEqual([seat.desk.key(1)]);
});

it("verifies the ledger of a run here, and names the entry that somebody changed", async () => {
  const seat = await sitDown();
  const number = await seat.begin();
  await seat.work(number, loudStory(), { yes: ["plan", "merge"] });
  const key = seat.desk.key(number);
  const verified = () => withTicket(key, (stores, found) => verifiedHere(stores, found), seat.folder);
  const entries = await seat.desk.ledgers.read(key);
  expect(await verified()).toEqual({
    sentence: `${key}: ${entries.length} entries, every one genuine. There is no thread to compare them with.`,
    isGenuine: true,
  });
  await seat.desk.database.query(
    "UPDATE ledger_entries SET content = replace(content, 'loud', 'quiet') WHERE seq = 1",
    [],
  );
  expect(await verified()).toMatchObject({ isGenuine: false, sentence: expect.stringContaining(`${key}: entry 1 `) });
});
