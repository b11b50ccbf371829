import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { interrupted } from "../../src/cli/interruption.ts";
import { sayTo } from "../../src/cli/desk.ts";
import { listed } from "../../src/cli/run-list.ts";
import { wordsFor } from "../../src/cli/resume.ts";
import { firstFault } from "../../src/core/ledger/chain.ts";
import { ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import type { Model } from "../../src/models/model.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { openAt, type Seat, sitDown, standUp } from "../support/desk.ts";
import { scripted } from "../support/scenario.ts";
import { aPlan, GREETER, LOUD, loudStory, REVIEWS_ONLY } from "../support/stories.ts";

afterEach(standUp);

const BOTH = ["plan", "merge"] as const;
const kinds = async ({ desk }: Seat, number: number) =>
  (await desk.ledgers.read(desk.key(number))).map(({ kind }) => kind);

/** Everything of the person's that a run could have touched. */
function possessions({ git }: Seat): string {
  return [
    ["rev-parse", "HEAD", "main"],
    ["symbolic-ref", "HEAD"],
    ["status", "--porcelain"],
    ["ls-files", "-s"],
    ["diff"],
  ]
    .map((args) => git(...args))
    .join("\n");
}

describe("a ticket at one's own desk", () => {
  it("becomes a proven branch, and the working tree stays as it was", async () => {
    const seat = await sitDown();
    seat.write("README.md", "# not committed\n");
    seat.write("notes.txt", "staged\n");
    seat.git("add", "notes.txt");
    const before = possessions(seat);
    const number = await seat.begin();
    const ending = await seat.work(number, loudStory(), { yes: BOTH });
    expect(ending).toMatchObject({ ticket: 1, phase: "merged", branch: "coop/1", exitCode: 0, next: null });
    expect(seat.git("rev-parse", "coop/1")).toBe(ending.headSha);
    expect(seat.git("show", "coop/1:src/greet.js")).toBe(LOUD.trim());
    expect(seat.git("log", "--format=%s|%an|%b", "main..coop/1")).toBe(
      "Add the loud option|Cooperations|Coop-Ticket: 1",
    );
    expect(seat.git("diff", "--name-only", "main", "coop/1").split("\n")).toEqual([
      "src/greet.js",
      "test/loud.test.js",
    ]);
    expect(possessions(seat)).toBe(before);
    const entries = await seat.desk.ledgers.read(seat.desk.key(1));
    expect(firstFault(ledgerKeys(seat.desk.home.secret), seat.desk.key(1), entries)).toBeNull();
  });

  it("stops at each gate, says the command that goes on, and goes on with it", async () => {
    const seat = await sitDown({
      ...GREETER,
      ".github/coop.yml": `planGate: always\n${REVIEWS_ONLY[".github/coop.yml"]}`,
    });
    const number = await seat.begin();
    expect(await seat.work(number, loudStory())).toMatchObject({
      phase: "plan-approval",
      exitCode: 3,
      next: "coop resume 1 --yes plan",
    });
    expect(await seat.work(number, loudStory(), { yes: ["plan"] })).toMatchObject({
      phase: "ready",
      exitCode: 3,
      next: "coop resume 1 --yes merge",
    });
    expect(await seat.work(number, loudStory(), { yes: ["merge"] })).toMatchObject({ phase: "merged", exitCode: 0 });
  });

  it("asks the person who sits there, and does what they say", async () => {
    const seat = await sitDown({ ...GREETER, ".github/coop.yml": "planGate: always\n" });
    const number = await seat.begin();
    const said = ["/coop rework Keep it shorter.", "/coop park"];
    const ending = await seat.work(number, loudStory(), { ask: async () => said.shift() ?? null });
    expect(ending).toMatchObject({ phase: "parked", exitCode: 3 });
    expect((await kinds(seat, number)).slice(2)).toEqual(["planned", "rework_requested", "planned", "halted"]);
  });

  it("takes a plain reply for the answer to its question", async () => {
    const seat = await sitDown();
    const number = await seat.begin(
      {},
      {
        title: "Add a loud option to greet somehow",
        body: "It should be loud, maybe for halls. Not sure about the mark.",
      },
    );
    const asks: ScriptEntry = {
      role: "navigator",
      turns: [{ answer: { clear: "no", questions: ["Which part?"] } }],
    };
    const ending = await seat.work(number, loudStory(asks));
    expect(ending).toMatchObject({ phase: "question", exitCode: 3, next: 'coop resume 1 --say "your answer"' });
    expect(ending.sentence).toContain("Which part?");
    await sayTo(seat.desk, number, "/coop answer The greeting.", new Date());
    expect((await seat.work(number, loudStory(), { yes: BOTH })).sentence).toMatch(/^Done:/);
  });

  it("is parked by Ctrl-C, goes on, and no question is paid for twice", async () => {
    const seat = await sitDown();
    const number = await seat.begin();
    const asked: string[] = [];
    const ctrlC = new AbortController();
    const models = scripted(loudStory()).map((model): Model => ({
      ...model,
      ask: async (question, signal) => {
        const reply = await model.ask(question, signal);
        if (question.turns.length === 2) ctrlC.abort();
        if (signal?.aborted) return { outcome: "unavailable", reason: "stopped", retryAfterMs: null };
        asked.push(JSON.stringify(question));
        return reply;
      },
    }));
    expect(await seat.work(number, models, { yes: BOTH, signal: ctrlC.signal })).toMatchObject({
      phase: "parked",
      exitCode: 130,
      next: "coop resume 1",
    });
    expect(readFileSync(join(seat.folder, ".git/coop/collab/1/collab.md"), "utf8")).toContain("**parked**, parked.");
    await sayTo(seat.desk, number, "/coop resume", new Date());
    expect(await seat.work(number, models, { yes: BOTH })).toMatchObject({ phase: "merged", exitCode: 0 });
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("is parked before it has begun by who presses Ctrl-C at once, and no model is asked", async () => {
    const seat = await sitDown();
    const ending = await seat.work(await seat.begin(), loudStory(), { yes: BOTH, signal: AbortSignal.abort() });
    expect(ending).toMatchObject({ phase: "parked", exitCode: 130, spend: { calls: 0 } });
  });

  it("goes on although the wish to park it was left unheard by a run that was killed", async () => {
    const seat = await sitDown();
    const number = await seat.begin();
    await sayTo(seat.desk, number, "/coop park", new Date());
    const { now, later } = await wordsFor(seat.desk, number, {}, { note: () => {} });
    expect([now.map(({ command }) => command), later]).toEqual([["/coop resume"], []]);
    for (const { command } of now) await sayTo(seat.desk, number, command, new Date());
    expect(await wordsFor(seat.desk, number, {}, { note: () => {} })).toEqual({ now: [], later: [] });
    expect(await seat.work(number, loudStory(), { yes: BOTH })).toMatchObject({ phase: "merged", exitCode: 0 });
  });

  it("lies beside another one, and each is worked on by one process", async () => {
    const seat = await sitDown();
    const other = await openAt(seat.folder);
    const [one, two] = [await seat.begin(), await seat.begin()];
    expect([one, two]).toEqual([1, 2]);
    let refused = "";
    const blocked = async () => {
      refused = await seat.work(one, loudStory(), { desk: other }).then(String, (error: Error) => error.message);
      return "/coop approve";
    };
    const endings = await Promise.all([
      seat.work(one, loudStory(), { ask: blocked }),
      seat.work(two, loudStory(), { yes: BOTH, desk: other }),
    ]);
    expect(endings.map(({ phase, branch }) => [phase, branch])).toEqual([
      ["merged", "coop/1"],
      ["merged", "coop/2"],
    ]);
    expect(refused).toMatch(/^Ticket 1 is being worked on by process \d+\. .*`coop resume 1`/);
  });

  it("keeps within the budget that was given, and says how to raise it", async () => {
    const seat = await sitDown();
    const number = await seat.begin({ maxUsd: 0.001 });
    const ending = await seat.work(number, loudStory(), { yes: BOTH });
    expect(ending).toMatchObject({ phase: "parked", exitCode: 3, next: 'coop resume 1 --say "/coop budget +0.10"' });
  });

  it("lists what is not proven to who was not asked, and not a second time to who was", async () => {
    const seat = await sitDown(GREETER);
    const number = await seat.begin();
    const away = await seat.work(number, loudStory(), { yes: BOTH });
    expect(away).toMatchObject({ phase: "blocked", exitCode: 3, details: expect.arrayContaining([expect.stringMatching(/^fail-to-pass: unknown/)]) }); // prettier-ignore
    await sayTo(seat.desk, number, "/coop retry", new Date());
    const there = await seat.work(number, loudStory(), { yes: BOTH, ask: async () => null });
    expect(there).toMatchObject({ phase: "blocked", sentence: away.sentence, details: [] });
  });

  it("leaves a branch alone that a working tree has checked out", async () => {
    const seat = await sitDown();
    const number = await seat.begin();
    expect(await seat.work(number, loudStory())).toMatchObject({ phase: "ready" });
    seat.git("checkout", "-q", "coop/1");
    await sayTo(seat.desk, number, "/coop rework Use one mark.", new Date());
    const fix: ScriptEntry = { role: "implementer", when: { task: "fix" }, turns: [{ call: [{ name: "write_file", args: { path: "src/greet.js", content: `${LOUD}// one\n` } }] }, { call: [{ name: "finish", args: { summary: "Done.", logic: [], assumptions: [], verification: ["npm test"], limitations: [], unplanned: [], answers: [] } }] }] }; // prettier-ignore
    const ending = await seat.work(number, loudStory(fix), { yes: BOTH });
    expect(ending.sentence).toMatch(/coop\/1 is checked out in .*git switch -/);
    expect(seat.git("status", "--porcelain")).toBe("");
    seat.git("checkout", "-q", "main");
    await sayTo(seat.desk, number, "/coop retry", new Date());
    expect(await seat.work(number, loudStory(fix), { yes: BOTH })).toMatchObject({ phase: "merged" });
  });
});

describe("a signal", () => {
  it("that comes twice at once, from a launcher and from its group, is one", () => {
    const before = process.listeners("SIGTERM");
    const { signal, stop } = interrupted();
    const [heard] = process.listeners("SIGTERM").filter((one) => !before.includes(one));
    heard?.("SIGTERM");
    heard?.("SIGTERM");
    stop();
    expect(signal.aborted).toBe(true);
  });
});

describe("--merge-into", () => {
  const plans = () => loudStory({ role: "architect", when: { task: "plan" }, turns: [{ answer: aPlan() }] });

  it("moves the branch forward where that is enough", async () => {
    const seat = await sitDown();
    seat.git("branch", "next");
    const number = await seat.begin({ mergeInto: "next" });
    const ending = await seat.work(number, plans(), { yes: BOTH });
    expect([ending.phase, seat.git("rev-parse", "next")]).toEqual(["merged", ending.headSha]);
    expect(ending.sentence).toMatch(/ is proven and approved, and next was moved forward to it\.$/);
    expect(await listed(seat.desk)).toMatchObject([{ phase: "merged", state: "Merged", mergeInto: "next" }]);
  });

  it("merges where the branch has moved on", async () => {
    const seat = await sitDown();
    seat.git("branch", "next");
    seat.git("checkout", "-q", "next");
    seat.write("other.txt", "x\n");
    seat.git("add", "-A");
    seat.git("commit", "-qm", "two");
    seat.git("checkout", "-q", "main");
    const number = await seat.begin({ mergeInto: "next" });
    const ending = await seat.work(number, plans(), { yes: BOTH });
    expect(ending.phase).toBe("merged");
    expect(seat.git("log", "-1", "--format=%P", "next").split(" ")).toHaveLength(2);
    expect(seat.git("ls-tree", "--name-only", "-r", "next")).toContain("other.txt");
    expect(seat.git("show", "next:src/greet.js")).toBe(LOUD.trim());
    expect(ending.sentence).toMatch(/ is proven, approved and merged into next as [0-9a-f]{7}\.$/);
    expect(await listed(seat.desk)).toMatchObject([{ state: "Merged" }]);
  });

  it("names a conflict, leaves the branch as it is, and goes on once the conflict is gone", async () => {
    const seat = await sitDown();
    const old = seat.git("show", "main:src/greet.js");
    const onNext = (content: string, message: string) => {
      seat.git("checkout", "-q", "next");
      seat.write("src/greet.js", content);
      seat.git("commit", "-qam", message);
      seat.git("checkout", "-q", "main");
      return seat.git("rev-parse", "next");
    };
    seat.git("branch", "next");
    const theirs = onNext("export const greet = () => 'Good day';\n", "Greet formally");
    const number = await seat.begin({ mergeInto: "next" });
    const ending = await seat.work(number, plans(), { yes: BOTH });
    expect([ending.phase, ending.sentence]).toEqual([
      "blocked",
      expect.stringContaining("conflicts with the branch next in src/greet.js"),
    ]);
    expect([seat.git("rev-parse", "next"), seat.git("status", "--porcelain")]).toEqual([theirs, ""]);
    onNext(`${old}\n`, "Greet as before");
    await sayTo(seat.desk, number, "/coop resume", new Date());
    const after = await seat.work(number, plans(), { yes: BOTH });
    expect([after.phase, seat.git("show", "next:src/greet.js")]).toEqual(["merged", LOUD.trim()]);
  });
});
