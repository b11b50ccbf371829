import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { type Hanging, hanging } from "../support/hanging-models.ts";
import { strays } from "../support/holds.ts";
import { closeShared, scripted, type Stage, strike } from "../support/scenario.ts";
import { FOUR_SEATS, ISSUE, loudStory, noting, policy, raiseChecked, replies, words } from "../support/stories.ts";
import type { Call } from "../support/tapped-models.ts";

afterEach(strike);
afterAll(closeShared);

const NO_GATE = { files: policy("planGate: never") };
const thirdTurn = (call: Call) => call.role === "implementer" && call.turn === 3;

/** A ticket whose Implementer has written two files and is now waited for. */
async function atWork(): Promise<{ stage: Stage; issue: number; models: Hanging }> {
  const models = hanging(scripted(loudStory()), thirdTurn);
  const stage = await raiseChecked(models.models, NO_GATE);
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await models.began;
  return { stage, issue, models };
}

const turnsOf = (models: Hanging) =>
  models.calls.filter((call) => call.role === "implementer").map((call) => call.turn);
const BEFORE = ["opened", "routed", "planned", "plan_approved"];

describe("while the Implementer's model thinks", () => {
  it("`/coop stop` ends the call and the ticket, and nothing is written any more", async () => {
    const { stage, issue, models } = await atWork();
    stage.repo.comment("mona", issue, "/coop stop");
    await stage.settle();
    expect(models.ended()).toBe("aborted");
    expect(await stage.kinds(issue)).toEqual([...BEFORE, "stopped", "step_interrupted"]);
    expect(await stage.phase(issue)).toBe("stopped");
    expect(stage.repo.numbers("pull")).toEqual([]);
    expect(() => stage.repo.head(`coop/issue-${issue}`)).toThrow();
    expect(words(stage, issue)).toContain("**Writing the change was interrupted** (");
    // What the two answered calls cost stands in the ledger, although the work came to nothing.
    expect((await stage.ticket(issue)).spend.calls).toBe(models.calls.length - 1);
    expect(await strays(stage, issue)).toEqual([]);
  });

  it("questions are answered, and the step goes on beside them", async () => {
    const { stage, issue, models } = await atWork();
    for (const said of ["/coop status", "/coop help", "/coop explain", "/coop answer Yes.", "/coop budget +1"])
      stage.repo.comment("mona", issue, said);
    await eventually(async () => (await stage.kinds(issue)).length === BEFORE.length + 5);
    expect(models.ended()).toBeNull();
    expect((await replies(stage, issue)).join("\n")).toMatch(/Where it stands|Implement/);
    expect(words(stage, issue)).toContain("`/coop status` of mona");
    models.goOn();
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    expect(models.repeated()).toEqual([]);
    expect(await strays(stage, issue)).toEqual([]);
  });

  it("`/coop park` keeps the work, and `/coop resume` pays for nothing twice", async () => {
    const { stage, issue, models } = await atWork();
    stage.repo.comment("mona", issue, "/coop park");
    await stage.settle();
    expect(models.ended()).toBe("aborted");
    expect(await stage.phase(issue)).toBe("parked");
    expect(stage.labels(issue)).toContain("coop:parked");
    expect((await stage.entries(issue)).at(-1)).toMatchObject({
      kind: "step_interrupted",
      data: { step: "implement", endedBy: { seq: 5, kind: "halted" }, work: { files: 2 } },
    });
    stage.repo.comment("mona", issue, "/coop resume");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    // Only the call that nobody answered is made again.
    expect(turnsOf(models)).toEqual([1, 2, 3, 3]);
    expect((await stage.ticket(issue)).spend.calls).toBe(models.calls.length - 1);
    expect(await strays(stage, issue)).toEqual([]);
  });

  it.each([
    ["/coop rework Shout it.", "opus", "Shout it."],
    ["/coop assign implementer=luna", "luna", "test/loud.test.js"],
  ])("`%s` begins anew with what was written", async (said, model, told) => {
    const models = hanging(scripted(loudStory(), FOUR_SEATS.pool), thirdTurn);
    const noted = noting(models.models);
    const pinned = policy("planGate: never", "pin: { implementer: opus, reviewer: sol, adversary: terra }");
    const stage = await raiseChecked(noted.models, { files: pinned }, FOUR_SEATS);
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await models.began;
    stage.repo.comment("mona", issue, said);
    await stage.settle();
    expect(models.ended()).toBe("aborted");
    expect(await stage.phase(issue)).toBe("ready");
    const last = noted.asked.findLast((one) => one.role === "implementer");
    expect(last?.model).toBe(model);
    expect(last?.context).toContain(told);
    expect(last?.context).toContain("Edits of a try that was ended");
    expect((await stage.ticket(issue)).change?.authors).toEqual([model]);
  });

  it.each<[string, (stage: Stage, issue: number) => void, string]>([
    ["a new text", ({ repo }, issue) => repo.edit("mona", issue, { body: "Something else." }), "blocked"],
    ["a closed issue", ({ repo }, issue) => repo.close("mona", issue), "parked"],
    ["the label taken away", ({ repo }, issue) => repo.removeLabel("mona", issue, "coop"), "parked"],
  ])("%s ends the step at once", async (_what, change, phase) => {
    const { stage, issue, models } = await atWork();
    change(stage, issue);
    await stage.settle();
    expect(models.ended()).toBe("aborted");
    expect(await stage.phase(issue)).toBe(phase);
    expect((await stage.kinds(issue)).slice(-2)).toEqual(["halted", "step_interrupted"]);
    expect(stage.repo.numbers("pull")).toEqual([]);
    expect(await strays(stage, issue)).toEqual([]);
  });

  it("what a step has done in the very moment in which it is stopped is paid for and not believed", async () => {
    const models = hanging(scripted(loudStory()), (call) => call.role === "architect");
    const stage = await raiseChecked(models.models, NO_GATE);
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await models.began;
    stage.repo.comment("mona", issue, "/coop stop");
    await eventually(async () => (await stage.kinds(issue)).includes("stopped"));
    models.goOn();
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(["opened", "routed", "stopped", "step_interrupted"]);
    expect(await strays(stage, issue)).toEqual([]);
  });

  it("the process is told to stop: the call is waited for, and no other is begun", async () => {
    const models = hanging(scripted(loudStory()), (call) => call.role === "implementer" && call.turn === 2);
    const stage = await raiseChecked(models.models, NO_GATE);
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await models.began;
    const queue = stage.app().queue as { stop: () => Promise<void> };
    const stop = queue.stop.bind(queue);
    queue.stop = () => {
      const stopped = stop();
      models.goOn();
      return stopped;
    };
    await stage.restart();
    expect(models.ended()).toBe("answered");
    expect(turnsOf(models)).toEqual([1, 2]);
    await stage.wake(issue);
    expect(await stage.phase(issue)).toBe("ready");
    expect(turnsOf(models)).toEqual([1, 2, 3]);
    expect((await stage.kinds(issue)).filter((kind) => kind.startsWith("step_"))).toEqual([]);
  });
});
