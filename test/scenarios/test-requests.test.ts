import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { collabPage } from "../../src/messages/collab.ts";
import { explain } from "../../src/messages/replies.ts";
import type { ScriptEntry, ScriptTurn } from "../../src/models/script.ts";
import { strays } from "../support/holds.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { finish, GREETER, labelled, LOUD, LOUD_TEST, loudStory, pullOf, raiseChecked, says, words, write } from "../support/stories.ts"; // prettier-ignore

afterEach(strike);
afterAll(closeShared);

const OLD = "test/greet.test.js";
const GREETS = { file: OLD, test: "greets", change: "delete", to: null, why: "The loud test says the same." };
const product = [write("src/greet.js", LOUD), write("test/loud.test.js", LOUD_TEST.replaceAll("Ada", "Bob"))];
const gone: ScriptTurn = { call: [{ name: "delete_file", args: { path: OLD } }] };
const ASKS: ScriptEntry = {
  role: "implementer",
  when: { task: "implement" },
  turns: [...product, gone, finish({ testChanges: [GREETS] })],
};
const REASON = "Keep it: it is the only test of the quiet form.";
const fixes = (...turns: ScriptTurn[]): ScriptEntry => ({ role: "implementer", when: { task: "fix" }, turns });
/** A file outside the plan is asked about once. */
const GIVES_IN = fixes(write(OLD, GREETER[OLD]), finish(), finish());

const thread = (stage: Stage, issue: number) =>
  [issue, ...stage.repo.numbers("pull")].map((number) => words(stage, number)).join("\n");
const kinds = async (stage: Stage, issue: number) => (await stage.entries(issue)).map(({ kind }) => kind);

async function asked(...story: ScriptEntry[]) {
  const stage = await raiseChecked(loudStory(...story));
  const issue = await labelled(stage);
  return { stage, issue };
}

describe("an Implementer that has to touch an old test", () => {
  it("asks a person, before anybody reviews, in the thread and on every page", async () => {
    const { stage, issue } = await asked(ASKS);
    expect(await stage.phase(issue)).toBe("test-approval");
    expect(stage.labels(issue)).toEqual(["coop", "coop:test-approval"]);
    expect(await kinds(stage, issue)).not.toContain("reviewed");
    const said = words(stage, pullOf(stage));
    expect(said).toContain("`test/greet.test.js` | `greets` | delete | The loud test says the same.");
    expect(said).toContain("`/coop approve` excuses exactly this test");
    expect(said).toContain("`/coop rework <why>` refuses");
    const [ticket, entries] = [await stage.ticket(issue), await stage.entries(issue)];
    expect(collabPage(entries, { text: null })).toContain("`test/greet.test.js`: delete `greets`.");
    expect(explain(ticket, entries)).toContain("asks to change 1 old test that the plan does not name");
  });

  it("goes on after a yes as if the plan had named exactly that test", async () => {
    const { stage, issue } = await asked(ASKS);
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
    expect((await stage.ticket(issue)).plan?.plan.testChanges).toEqual([GREETS]);
    const said = (await stage.entries(issue)).find(({ kind }) => kind === "tests_excused");
    expect(said?.data).toMatchObject({ by: "mona", testChanges: [GREETS] });
    expect(words(stage, pullOf(stage))).toContain("1 old test may change");
    expect(collabPage(await stage.entries(issue), { text: null })).toContain("Existing tests that change");
    expect(await strays(stage, issue)).toEqual([]);
    // That yes was about the test. The merge is asked about anew.
    expect(stage.repo.pull(pullOf(stage)).mergedSha).toBeNull();
  });

  it("excuses nothing beside it", async () => {
    const more = { ...GREETER, "test/more.test.js": GREETER[OLD].replace("greets", "greets again") };
    const both: ScriptTurn = { call: [{ name: "delete_file", args: { path: "test/more.test.js" } }] };
    const unplanned = [{ path: "test/more.test.js", why: "It says the same." }];
    const turns = [...product, gone, both, finish({ testChanges: [GREETS], unplanned })];
    const stage = await raiseChecked(loudStory({ role: "implementer", turns }), { files: more });
    const issue = await labelled(stage);
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).not.toBe("ready");
    expect(thread(stage, issue)).toMatch(/"greets again" is gone/);
    expect(thread(stage, issue)).not.toMatch(/"greets" is gone/);
  });

  it("reads the reason after a no and writes the change without it", async () => {
    const seen: ScriptEntry = { ...GIVES_IN, when: { task: "fix", includes: REASON } };
    const { stage, issue } = await asked(ASKS, seen, fixes(finish()));
    await says(stage, "mona", pullOf(stage), `/coop rework ${REASON}`);
    expect(await stage.phase(issue)).toBe("ready");
    const ticket = await stage.ticket(issue);
    expect(ticket.plan?.plan.testChanges ?? []).toEqual([]);
    expect(ticket.testRequests).toEqual({ open: [], refused: [{ ...GREETS, by: "mona", reason: REASON }] });
    expect(await strays(stage, issue)).toEqual([]);
  });

  it("is not asked about again what was refused, and what it does all the same is refuted", async () => {
    const again = finish({ testChanges: [{ ...GREETS, why: "Please." }] });
    const { stage, issue } = await asked(
      ASKS,
      fixes(write("src/greet.js", `${LOUD}// Quiet by default.\n`), again, again),
    );
    await says(stage, "mona", pullOf(stage), `/coop rework ${REASON}`);
    expect(await stage.phase(issue)).toBe("blocked");
    const rounds = (await stage.entries(issue)).flatMap((one) => (one.kind === "implemented" ? [one.data] : []));
    expect(rounds.map(({ testChanges }) => testChanges?.length ?? 0)[0]).toBe(1);
    expect(rounds.slice(1).every(({ testChanges }) => testChanges === undefined)).toBe(true);
    expect(rounds[1]?.trail.limitations.join()).toContain(`mona refused that "greets" of ${OLD} changes: ${REASON}`);
    expect(thread(stage, issue)).toMatch(/"greets" is gone/);
    expect(await strays(stage, issue)).toEqual([]);
  });

  it.each([
    ["a test that does not exist", { test: "shouts" }, '"shouts" of test/greet.test.js, which does not exist'],
    ["a file that does not exist", { file: "test/no.test.js", test: null }, '"test/no.test.js", which does not exist'],
  ])("asks nobody about %s", async (_what, over, problem) => {
    const testChanges = [{ ...GREETS, change: "update", ...over }];
    const turns = [...product, finish({ testChanges }), finish({ testChanges })];
    const { stage, issue } = await asked({ role: "implementer", when: { task: "implement" }, turns });
    expect(await stage.phase(issue)).toBe("ready");
    const [round] = (await stage.entries(issue)).flatMap((one) => (one.kind === "implemented" ? [one.data] : []));
    expect(round?.testChanges).toBeUndefined();
    expect(round?.trail.limitations.join()).toContain(problem);
  });

  it("asks once for a test that it names twice, and not for one that the plan names", async () => {
    const twice = { ...ASKS, turns: [...product, gone, finish({ testChanges: [GREETS, { ...GREETS, why: "So." }] })] };
    const { stage, issue } = await asked(twice);
    expect((await stage.ticket(issue)).testRequests.open).toEqual([GREETS]);
    await says(stage, "mona", pullOf(stage), "/coop approve");
    await says(stage, "mona", pullOf(stage), "/coop rework Say more in the README.");
    expect(await stage.phase(issue)).not.toBe("test-approval");
  });
});
