import { afterAll, afterEach, expect, it } from "@jest/globals";
import type { Script, ScriptEntry } from "../../src/models/script.ts";
import { partsStoryIn } from "../support/parts.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { aPlan, labelled, loudStory, raiseChecked, REVIEWS_ONLY, says, words } from "../support/stories.ts";

/** Plans of several parts that no one should build as they stand, and epics that get into each other's way. */
afterEach(strike);
afterAll(closeShared);

const TICKET = {
  title: "Document all of it",
  body: "As a reader I want all of it in files of its own, since one is long.",
};
const POLICY = REVIEWS_ONLY[".github/coop.yml"].replace("waive: [", "waive: [{ item: merge-result, why: as above }, ");
const raised = (script: Script) => raiseChecked(script, { files: { ".github/coop.yml": POLICY } });
const states = async (stage: Stage, parent: number) =>
  (await stage.ticket(parent)).epic?.parts.map(({ state }) => state);
const partsOf = async (stage: Stage, parent: number) =>
  (await stage.ticket(parent)).epic?.parts.flatMap(({ issue }) => issue ?? []) ?? [];

const chunk = (number: number, after: number[]) => ({
  title: `Part ${number}`,
  files: [{ path: `src/p${number}.js`, action: "create" as const, intent: "Holds it." }],
  after,
  tests: [`src/p${number}.js: is there`],
});
const DONE = [{ id: "D1", statement: "It holds.", evidence: { kind: "command" as const, reference: "npm test" } }];
const plans = (...orders: number[][][]): ScriptEntry => ({
  role: "architect",
  when: { task: "plan" },
  turns: orders.map((order) => ({
    answer: aPlan({ chunks: order.map((after, index) => chunk(index + 1, after)), definitionOfDone: DONE }),
  })),
});

it("an order that is a circle goes back to the Architect, and becomes an epic once it is none", async () => {
  const circle = [[3], [1], [2]];
  const stage = await raised(loudStory(plans(circle, [[], [1], [2]])));
  const issue = await labelled(stage, "coop:docs", TICKET);
  expect(await stage.phase(issue)).toBe("plan-approval");
  await says(stage, "mona", issue, "/coop split");
  expect(await states(stage, issue)).toEqual(["begun", "waiting", "waiting"]);
});

it("an order that stays a circle stops the ticket with one comment, and nothing is opened", async () => {
  const circle = [[2], [1]];
  const stage = await raised(loudStory(plans(...Array.from({ length: 12 }, () => circle))));
  const issue = await labelled(stage, "coop:docs", TICKET);
  expect(await stage.phase(issue)).toBe("blocked");
  expect(words(stage, issue)).toContain("in a circle");
  expect((await stage.kinds(issue)).filter((kind) => kind === "halted")).toHaveLength(1);
  expect(stage.repo.numbers("issue")).toEqual([issue]);
});

it("a plan of forty parts is no epic: the Architect is told the limit, and a person decides when it insists", async () => {
  const forty = Array.from({ length: 40 }, () => [] as number[]);
  const stage = await raised(loudStory(plans(...Array.from({ length: 12 }, () => forty))));
  const issue = await labelled(stage, "coop:docs", TICKET);
  expect(await stage.phase(issue)).toBe("blocked");
  expect((await stage.kinds(issue)).filter((kind) => kind === "halted")).toHaveLength(1);
  expect(words(stage, issue)).toContain("At most 12 chunks");
  expect(words(stage, issue)).toContain("`/coop assign <role>=<model>` gives the role to another model");
  expect(stage.repo.numbers("issue")).toEqual([issue]);
  await says(stage, "mona", issue, "/coop stop");
  expect(await stage.phase(issue)).toBe("stopped");
});

it("of two epics over the same files the second one's part waits for the first one's, and both end", async () => {
  const stage = await raised(partsStoryIn({ a: [], b: [1] }));
  const one = await labelled(stage, "coop:docs", TICKET);
  await says(stage, "mona", one, "/coop split");
  const other = await labelled(stage, "coop:docs", { ...TICKET, title: "Document all of it again" });
  await says(stage, "mona", other, "/coop split");
  const [a, b] = await partsOf(stage, one);
  const [c] = await partsOf(stage, other);
  if (!a || !b || !c) throw new Error("Both epics have parts");
  expect([await stage.phase(a), (await stage.ticket(c)).overlaps]).toMatchObject(["ready", [{ with: a }]]);
  expect(await stage.kinds(c)).toContain("overlap_noticed");
  await says(stage, "mona", a, "/coop approve");
  await says(stage, "mona", b, "/coop approve");
  expect(await stage.phase(one)).toBe("merged");
  // What the first epic wrote is there by now: the second one's parts find nothing to do, or a person's word.
  await stage.wake(c);
  expect(["blocked", "ready", "plan-approval"]).toContain(await stage.phase(c));
  await says(stage, "mona", c, "/coop stop");
  await says(stage, "mona", other, "/coop stop");
  expect(await stage.phase(other)).toBe("stopped");
});
