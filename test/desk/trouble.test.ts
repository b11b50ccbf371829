import { existsSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "@jest/globals";
import { lookIntoKept } from "../../src/cli/desk/kept.ts";
import { editPlan } from "../../src/cli/desk/gates.ts";
import { minutesOf, patienceOf, ticketOf } from "../../src/cli/desk/options.ts";
import { sayTo } from "../../src/cli/desk.ts";
import { listedAt } from "../../src/cli/run-list.ts";
import { branchesOf } from "../../src/desk/branches.ts";
import { pathTrouble, writeRemedy } from "../../src/path-trouble.ts";
import { sqliteTrouble } from "../../src/store/sqlite-trouble.ts";
import { blobSha } from "../../src/trees/blob-sha.ts";
import { emptyFolder, openAt, sitDown, standUp } from "../support/desk.ts";
import type { Model } from "../../src/models/model.ts";
import { scripted } from "../support/scenario.ts";
import { loudStory } from "../support/stories.ts";

afterEach(standUp);

const searchPath = process.env["PATH"] ?? "";
const said = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message);

describe("branches in the way", () => {
  it("one named coop is told of before a ticket begins", async () => {
    const seat = await sitDown();
    seat.git("branch", "coop");
    expect(await said(seat.begin())).toMatch(/^There is a branch named coop, .*`git branch -m coop another-name`/);
    expect(await listedAt({ folder: seat.folder, searchPath })).toEqual([]);
    seat.git("branch", "-m", "coop", "another");
    expect(await seat.begin()).toBe(1);
  });

  it("those of earlier tickets, or below them, leave their numbers alone", async () => {
    const seat = await sitDown();
    for (const name of ["coop/1/mine", "coop/2", "coop/30"]) seat.git("branch", name);
    // What is said at the end, `git merge coop/3`, would take the tag.
    seat.git("tag", "coop/3");
    expect([await seat.begin(), await seat.begin()]).toEqual([4, 5]);
  });

  it("what git cannot write is refused in git's words, and taken once it can", async () => {
    const { git, write, folder } = await sitDown();
    // Commits have other names each time: one that no other object shares a folder with has to be looked for.
    const shelfOf = (content: Buffer) => `.git/objects/${blobSha(content).slice(0, 2)}`;
    const contents = Array.from({ length: 256 }, (_, at) => Buffer.from(`one with a folder of its own: ${at}\n`));
    const content = contents.find((one) => !existsSync(join(folder, shelfOf(one)))) ?? Buffer.alloc(0);
    const shelf = shelfOf(content);
    const lock = join(folder, ".git/refs/heads/coop/1.lock");
    const branches = branchesOf({ folder, searchPath, temporary: tmpdir() }, async () => ({ name: "m", email: "m@x" }));
    const commit = () =>
      branches.commit({
        ...{ branch: "coop/1", parentSha: git("rev-parse", "main"), baseTreeSha: git("rev-parse", "main^{tree}") },
        ...{ expectedHead: null, mergedParentSha: null, message: "One\n" },
        changes: new Map([["new.txt", { mode: "100644" as const, content }]]),
      });
    expect(existsSync(join(folder, shelf))).toBe(false);
    write(shelf, "a file where a folder has to be");
    expect(await commit()).toEqual({ outcome: "refused", reason: expect.stringMatching(/^git could not write it \(git hash-object: .+\)$/) }); // prettier-ignore
    rmSync(join(folder, shelf));
    write(".git/refs/heads/coop/1.lock", "");
    expect(await commit()).toEqual({ outcome: "refused", reason: expect.stringMatching(/^git could not set the branch coop\/1 \(.*File exists/) }); // prettier-ignore
    rmSync(lock);
    expect(await commit()).toMatchObject({ outcome: "committed" });
  });
});

it("tickets of an older version are brought up to date by a command of the desk, and looked at afterwards", async () => {
  const seat = await sitDown();
  await seat.begin();
  const home = join(seat.folder, ".git");
  const file = new DatabaseSync(join(home, "coop/desk.sqlite"));
  file.exec("PRAGMA user_version = 9");
  file.close();
  const refused = { outcome: "refused", sentence: expect.stringMatching(/older version\. `coop run --list` brings/) };
  expect(await lookIntoKept(home, null)).toMatchObject(refused);
  expect(await listedAt({ folder: seat.folder, searchPath })).toHaveLength(1);
  const found = await lookIntoKept(home, null);
  expect(found).toMatchObject({ outcome: "open" });
  if (found?.outcome === "open") await found.database.close();
});

describe("a provider that is away", () => {
  it("is waited for as long as the command was told; then a person is asked, with the command that goes on", async () => {
    const seat = await sitDown();
    const number = await seat.begin();
    const isAway = (model: Model): Model => ({ ...model, ask: () => Promise.resolve({ outcome: "unavailable", reason: "overloaded", retryAfterMs: 3_600_000 }) }); // prettier-ignore
    const cast = { modelRetry: patienceOf(0.001, undefined, false) };
    const ending = await seat.work(number, scripted(loudStory()).map(isAway), { cast });
    expect(ending).toMatchObject({ phase: "blocked", exitCode: 3, next: 'coop resume 1 --say "/coop retry"' });
    expect(await seat.work(number, loudStory())).toMatchObject({ exitCode: 3 });
    await sayTo(seat.desk, number, "/coop retry", new Date());
    expect(await seat.work(number, loudStory(), { yes: ["plan", "merge"] })).toMatchObject({ exitCode: 0 });
  });

  const FILE = { firstWaitSeconds: 5, longestWaitMinutes: 2, personAfterMinutes: 60 };
  it.each([
    ["at a terminal", undefined, undefined, true, { personAfterMinutes: 120, longestWaitMinutes: 10 }],
    ["where nobody sits", undefined, undefined, false, { personAfterMinutes: 15, longestWaitMinutes: 5 }],
    ["as the server file says", undefined, FILE, false, FILE],
    ["as the command says", 3, FILE, true, { ...FILE, personAfterMinutes: 3, longestWaitMinutes: 1 }],
    ["not at all", 0, undefined, true, { personAfterMinutes: 0, longestWaitMinutes: 0 }],
  ])("is waited for %s", (_as, maxWait, file, somebody, expected) => {
    expect(patienceOf(maxWait, file, somebody)).toMatchObject(expected);
  });

  it.each(["-1", "ten", "3000", ""])("is not waited for %j minutes", (given) => {
    expect(() => minutesOf(given)).toThrow(/Give minutes from 0 to 2880/);
  });
});

describe("a desk's own folder", () => {
  const at = (folder: string) => ({ folder, searchPath });

  it("is not signed for anew where its tickets have been signed", async () => {
    const seat = await sitDown();
    const secret = join(seat.folder, ".git/coop/secret");
    truncateSync(secret, 10);
    expect(await said(listedAt(at(seat.folder)))).toMatch(/secret is missing or cut, .*Put it back .* or move \S+\.git\/coop away/); // prettier-ignore
    rmSync(secret);
    expect(await said(openAt(seat.folder))).toMatch(/secret is missing or cut/);
    expect(existsSync(secret)).toBe(false);
  });

  it("with another one's secret ends with a sentence", async () => {
    const seat = await sitDown();
    const number = await seat.begin();
    await seat.work(number, loudStory());
    writeFileSync(join(seat.folder, ".git/coop/secret"), "0".repeat(64));
    const later = await openAt(seat.folder);
    expect(await said(seat.work(number, loudStory(), { desk: later }))).toMatch(
      /^The ledger of \S+#1 is broken in the database: entry 1 is signed with another key .*coop verify/,
    );
  });

  it("whose database is damaged is told from one whose disk is full", async () => {
    const seat = await sitDown();
    await seat.desk.close();
    writeFileSync(join(seat.folder, ".git/coop/desk.sqlite"), "no database at all, but long enough to look like one");
    expect(await said(listedAt(at(seat.folder)))).toMatch(/desk\.sqlite cannot be opened \(it is not a database\)\. .*move it away/); // prettier-ignore
    expect(sqliteTrouble(Object.assign(new Error("x"), { errcode: 13 }))?.helps).toMatch(/^Make room/);
    expect(sqliteTrouble(Object.assign(new Error("x"), { errcode: 4874 }))?.why).toMatch(/fails or is full/);
    expect([sqliteTrouble(new Error("x")), sqliteTrouble(null)]).toEqual([null, null]);
  });
});

it.each([
  ["ENOSPC", "the disk is full", "Make room on the disk, then run this again."],
  ["EDQUOT", "your part of the disk is full", "Make room on the disk, then run this again."],
  ["EROFS", "the disk can only be read", "Make git's folder writable."],
  ["EACCES", "you may not read or write there", "Make git's folder writable."],
])("what cannot be written for %s is told with what helps", (code, trouble, remedy) => {
  const error = Object.assign(new Error(code), { code });
  expect([pathTrouble(error), writeRemedy(error, "git's folder")]).toEqual([trouble, remedy]);
});

it.each([
  ["sed -i s/old/new/", { command: expect.stringMatching(/^\/coop rework Follow the plan .*\n\nThe new plan$/s) }],
  ["true", { command: null, why: "Nothing was changed." }],
  [
    "false",
    { command: null, why: expect.stringMatching(/^The editor \(false\) ended with 1, so nothing was changed/) },
  ],
  ["no-editor-of-that-name 2>/dev/null", { command: null, why: expect.stringMatching(/ended with 127/) }],
  ["truncate -s 0", { command: null, why: expect.stringMatching(/came back empty/) }],
  ["rm", { command: null, why: expect.stringMatching(/came back empty/) }],
])("an editor that is `%s` asks for what the person meant", async (editor, wanted) => {
  const { desk } = await sitDown();
  expect(await editPlan({ editor, desk }, "The old plan\n")).toEqual(wanted);
});

it("a key that is not accepted is named where the run ends, not only where it failed", async () => {
  const seat = await sitDown();
  const refusing = scripted(loudStory()).map((model): Model => ({
    ...model,
    ask: async () => ({ outcome: "rejected", status: 401, reason: "the provider does not accept the API key" }),
  }));
  const ending = await seat.work(await seat.begin(), refusing, { yes: ["plan"] });
  expect(ending).toMatchObject({ phase: "blocked", exitCode: 3 });
  expect([ending.sentence, ...ending.details].join(" ")).toMatch(/does not accept the API key/);
});

describe("a ticket", () => {
  const file = (content: string | Buffer) => {
    const path = join(emptyFolder(), "ticket.md");
    writeFileSync(path, content);
    return path;
  };

  it.each([
    ["a picture", () => ticketOf(file(Buffer.from("89504e470d0a1a0a", "hex")), {}), /^The ticket is no text in UTF-8: save it as UTF-8/],
    ["a device that never ends", () => ticketOf("/dev/zero", {}), /^The ticket has more than 65536 characters/],
    ["a folder", () => ticketOf(emptyFolder(), {}), /cannot be read \(it is a folder\)/],
    ["a blank title", () => ticketOf(undefined, { title: " \t", bodyFile: file("Text") }), /^--title is blank/],
    ["a text without a title", () => ticketOf(undefined, { bodyFile: file("Text") }), /^--body-file is the text beside --title/],
    ["two texts", () => ticketOf(file("# A"), { bodyFile: file("B") }), /^Give the ticket's text as a file or with --body-file/],
  ])("that is %s is refused", async (_what, read, words) => expect(await said(read())).toMatch(words)); // prettier-ignore

  it("in any script is read as it is", async () => {
    expect(await ticketOf(file("# Größe 大きさ 📏\n\nمرحبا"), {})).toEqual({ title: "Größe 大きさ 📏", body: "مرحبا" });
  });
});
