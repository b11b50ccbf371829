import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { collabFolder } from "../../src/cli/collab-folder.ts";
import { sayTo } from "../../src/cli/desk.ts";
import { wordsFor } from "../../src/cli/resume.ts";
import type { Entry } from "../../src/core/ledger/chain.ts";
import { emptyAnswer, writtenAnswer } from "../../src/messages/collab-answer.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { type Seat, sitDown, standUp } from "../support/desk.ts";
import { GREETER, loudStory, REVIEWS_ONLY } from "../support/stories.ts";

afterEach(standUp);

const GATED = { ...GREETER, ".github/coop.yml": `planGate: always\n${REVIEWS_ONLY[".github/coop.yml"]}` };
const PARTS = ["Task", "Scope", "Constraints", "Definition of Done", "Required tests and verification", "Implementation notes", "Primary review", "Fix notes", "Secondary review", "Proof", "Final status"]; // prettier-ignore
const pageOf = ({ desk }: Seat) => join(desk.home.collab(1), "collab.md");
const read = (seat: Seat) => readFileSync(pageOf(seat), "utf8");

/** As some editors save: another file in its place, with a byte order mark and the line ends of Windows. */
function write(seat: Seat, words: string): void {
  const text = read(seat).replace(/(<!-- coop:answer \d+ -->\n)\n/, `$1${words}\n`);
  writeFileSync(`${pageOf(seat)}.new`, `\uFEFF${text.replaceAll("\n", "\r\n")}`);
  renameSync(`${pageOf(seat)}.new`, pageOf(seat));
}

describe("collab.md", () => {
  it("has every part of the ledger's template, from the plan to the end", async () => {
    const seat = await sitDown(GATED);
    const number = await seat.begin({ collab: join(seat.folder, "collab") });
    await seat.work(number, loudStory());
    const headings = [...read(seat).matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(headings).toEqual([...PARTS, "Your answer"]);
    expect(read(seat)).toContain("**D1** greet(name, { loud: true }) ends with an exclamation mark.");
    await seat.work(number, loudStory(), { yes: ["plan", "merge"] });
    expect(read(seat)).toMatch(/## Implementation notes\n\nBy `\w+`, commit/);
    expect(read(seat)).toContain("**merge**, approved. Branch `coop/1`");
    expect(read(seat)).not.toContain("Your answer");
    const handoffs = readdirSync(join(seat.desk.home.collab(1), "handoffs"));
    expect(handoffs.map((name) => name.slice(4))).toEqual([
      "architect.json",
      "implementer.json",
      "reviewer.json",
      "adversary.json",
    ]);
    expect(readFileSync(join(seat.folder, "collab/1/collab.md"), "utf8")).toBe(read(seat));
    expect(existsSync(join(seat.folder, "collab/1/handoffs"))).toBe(true);
  });

  it("is heard like a command, once, and only for the state it was written for", async () => {
    const seat = await sitDown(GATED);
    const number = await seat.begin();
    await seat.work(number, loudStory());
    write(seat, "rework Keep it shorter.");
    expect(await seat.work(number, loudStory())).toMatchObject({ phase: "plan-approval" });
    const kinds = (await seat.desk.ledgers.read(seat.desk.key(1))).map(({ kind }) => kind);
    expect(kinds.slice(2)).toEqual(["planned", "rework_requested", "planned"]);
    expect(read(seat)).not.toContain("was not heard");
    write(seat, "approve");
    await sayTo(seat.desk, number, "/coop rework Shorter still.", new Date());
    expect(await seat.work(number, loudStory())).toMatchObject({ phase: "plan-approval", exitCode: 3 });
    expect(read(seat)).toMatch(/was not heard:\n\n> approve/);
    write(seat, "approve");
    expect(await seat.work(number, loudStory())).toMatchObject({ phase: "ready" });
  });
});

const UNCLEAR = {
  title: "Add a loud option to greet somehow",
  body: "Loud, maybe for halls. Not sure about the mark.",
};
const asks: ScriptEntry = {
  role: "navigator",
  turns: [{ answer: { clear: "no", questions: ["How long may it be?"] } }],
};

describe("an answer in collab.md", () => {
  it.each(["stop", "Stop at 30 characters.", "Cancel\n/coop stop", "park"])(
    "is heard as it stands: %j",
    async (words) => {
      const seat = await sitDown(GATED);
      const number = await seat.begin({}, UNCLEAR);
      expect(await seat.work(number, loudStory(asks))).toMatchObject({ phase: "question" });
      expect(read(seat)).toContain("Any text is the answer, except what begins with `/coop`");
      write(seat, words);
      await seat.work(number, loudStory(asks));
      expect(answers(await seat.desk.ledgers.read(seat.desk.key(1)))).toEqual([words]);
      expect(read(seat)).not.toContain("was not heard");
    },
  );

  it("to a ticket that was parked meanwhile is heard once it goes on, and named as heard", async () => {
    const seat = await sitDown(GATED);
    const number = await seat.begin({}, UNCLEAR);
    await seat.work(number, loudStory(asks));
    await sayTo(seat.desk, number, "/coop park", new Date());
    expect(await seat.work(number, loudStory(asks))).toMatchObject({ phase: "parked" });
    write(seat, "Resume at the next line.");
    const { now, later } = await wordsFor(seat.desk, number, {}, { note: () => {} });
    for (const { command, source } of now) await sayTo(seat.desk, number, command, new Date(), source);
    expect(await seat.work(number, loudStory(asks), { later })).toMatchObject({ phase: "plan-approval" });
    expect(answers(await seat.desk.ledgers.read(seat.desk.key(1)))).toEqual(["Resume at the next line."]);
    expect(read(seat)).not.toContain("was not heard");
  });
});

const answers = (entries: readonly Entry[]) =>
  entries.flatMap((one) => (one.kind === "question_answered" ? [one.data.text] : []));

const FOLDERS: readonly (readonly [given: string, wanted: string | RegExp])[] = [
  ["collab", "/collab"],
  ["a/b/..c", "/a/b/..c"],
  [".", ""],
  ["/etc/passwd", /^--collab "\/etc\/passwd" lies outside the working tree: name a folder in it/],
  ["..", /lies outside the working tree/],
  ["away/there", /lies outside the working tree/],
  [".git/hooks", /lies in git's own folder/],
  ["notes", /cannot be used as a folder \(there is a file of that name\)/],
  ["notes/below", /cannot be used as a folder \(a part of the path is a file, not a folder\)/],
  [" ", /needs a folder/],
];

describe("a copy in the working tree", () => {
  it("has to be a folder in it that can be written", async () => {
    const { desk, folder } = await sitDown();
    writeFileSync(join(folder, "notes"), "a file\n");
    symlinkSync(tmpdir(), join(folder, "away"));
    for (const [given, wanted] of FOLDERS) {
      const found = await collabFolder(given, desk.repository);
      const told = typeof found === "string" ? found : found.folder.slice(realpathSync(folder).length);
      expect([given, told]).toEqual([given, typeof wanted === "string" ? wanted : expect.stringMatching(wanted)]);
    }
  });

  it("holds no ticket up when it cannot be written any more", async () => {
    const seat = await sitDown(GATED);
    writeFileSync(join(seat.folder, "gone"), "a file in its place\n");
    const number = await seat.begin({ collab: join(seat.folder, "gone") });
    const notes: string[] = [];
    const note = (sentence: string) => void notes.push(sentence);
    const ending = await seat.work(number, loudStory(), { yes: ["plan", "merge"], note });
    expect([ending.phase, notes.at(-1)]).toEqual([
      "merged",
      expect.stringMatching(/gone\/1\/collab\.md could not be written \(a part of the path is a file/),
    ]);
    expect(read(seat)).toContain("**merge**, approved.");
  });
});

describe("an answer field", () => {
  it("is empty until somebody writes between its lines", () => {
    expect(writtenAnswer(`x\n${emptyAnswer(7)}\ny`)).toBeNull();
    expect(writtenAnswer(emptyAnswer(7).replace("\n\n", "\r\n\r\n approve \r\n"))).toEqual({
      length: 7,
      words: "approve",
    });
    expect(writtenAnswer("<!-- coop:answer 7 -->\nunclosed")).toEqual({ length: 7, words: "unclosed" });
    expect(writtenAnswer("no field")).toBeNull();
  });
});
