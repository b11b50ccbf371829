import { afterAll, afterEach, expect, it } from "@jest/globals";
import { replay } from "../../src/audit/replay.ts";
import { partsStory } from "../support/parts.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, raiseChecked, replies, REVIEWS_ONLY, says, words } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const TICKET = {
  title: "Document a and b",
  body: "As a reader I want all of it in files of its own, because one is too long.",
};
async function childrenOf(stage: Stage, parent: number): Promise<[number, number]> {
  const [a, b] = (await stage.ticket(parent)).epic?.parts.map(({ issue }) => issue) ?? [];
  if (!a || !b) throw new Error("There are two parts");
  return [a, b];
}
const states = async (stage: Stage, parent: number) =>
  (await stage.ticket(parent)).epic?.parts.map(({ state }) => state);
/** Each merge moves the base under the others, and no code is run here. */
const POLICY = REVIEWS_ONLY[".github/coop.yml"].replace("waive: [", "waive: [{ item: merge-result, why: as above }, ");
const raised = () => raiseChecked(partsStory("a", "b"), { files: { ".github/coop.yml": POLICY } });

it("an epic opens its parts, begins them in their order and ends with the last of them", async () => {
  const stage = await raised();
  const issue = await labelled(stage, "coop:docs", TICKET);
  expect(await stage.phase(issue)).toBe("plan-approval");
  expect(words(stage, issue)).toContain("`/coop split` opens one child issue a part");
  await says(stage, "mona", issue, "/coop split");
  expect(await stage.phase(issue)).toBe("epic");
  const [a, b] = await childrenOf(stage, issue);
  expect(stage.repo.subIssues(issue)).toEqual([a, b]);
  expect(words(stage, issue)).toContain(`- [ ] #${b}, after part 1`);
  expect(await states(stage, issue)).toEqual(["begun", "waiting"]);
  expect(await stage.phase(a)).toBe("ready");
  expect(await stage.entries(b)).toEqual([]);
  await says(stage, "mona", b, "/coop status");
  expect(words(stage, b)).toContain("no ticket of its own yet");
  await says(stage, "mona", issue, "/coop status");
  expect((await replies(stage, issue)).at(-1)).toContain("waits for part 1");

  await says(stage, "mona", a, "/coop approve");
  expect(await states(stage, issue)).toEqual(["merged", "begun"]);
  await says(stage, "mona", b, "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");
  expect(stage.repo.thread(issue).state).toBe("closed");
  expect(words(stage, issue)).toContain("2 parts merged, no parts left out");
  expect((await stage.verify(issue)).outcome).toBe("equal");
  const ledgers = await Promise.all([issue, a, b].map((one) => stage.entries(one)));
  expect(ledgers.flatMap(replay).filter(({ verdict }) => verdict !== "follows")).toEqual([]);
});

it("a part that is closed by hand is left out, and what needs it waits for a person's word", async () => {
  const stage = await raised();
  const issue = await labelled(stage, "coop:docs", TICKET);
  await says(stage, "mona", issue, "/coop split");
  const [a, b] = await childrenOf(stage, issue);
  stage.repo.close("mona", a);
  await stage.settle();
  expect(await stage.phase(issue)).toBe("blocked");
  expect(words(stage, issue)).toContain(`#&#8203;${a} was left out and the plan says that it comes first`);
  // One that has not begun is left out in the same way, and is noticed before its turn.
  stage.repo.close("mona", b);
  await says(stage, "mona", issue, "/coop resume");
  expect(await states(stage, issue)).toEqual(["left-out", "left-out"]);
  expect(await stage.phase(issue)).toBe("stopped");
  expect(words(stage, issue)).toContain("no parts merged, 2 parts left out");
});
