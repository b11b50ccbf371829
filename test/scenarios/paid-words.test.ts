import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { sha256 } from "../../src/core/ledger/chain.ts";
import { replay } from "../../src/audit/replay.ts";
import type { Reply } from "../../src/models/model.ts";
import { closeShared, scripted, type Stage, strike } from "../support/scenario.ts";
import { fixes, labelled, loudStory, NAMED, policy, raiseChecked, says, write } from "../support/stories.ts";
import { type Call, tapped } from "../support/tapped-models.ts";

afterEach(strike);
afterAll(closeShared);

/** What was paid and came to nothing: it stands in the ledger, and it is no progress. */
const USAGE = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 1, costMicroUsd: 15 };
const BROKEN: Reply = {
  outcome: "unavailable",
  reason: "The model broke off in the middle of its answer.",
  retryAfterMs: null,
  cause: "network",
  paid: USAGE,
};
/** Longer than any pause between two tries. */
const PAUSE_MS = 13 * 60_000;
let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
const letTimePass = async (stage: Stage, issue: number) => {
  for (let before = -1; before !== (await stage.entries(issue)).length;) {
    before = (await stage.entries(issue)).length;
    offsetMs += PAUSE_MS;
    await stage.wake(issue);
  }
};
const failures = async (stage: Stage, issue: number) =>
  (await stage.entries(issue)).flatMap((entry) => (entry.kind === "step_failed" ? [entry.data] : []));
/** Ledger and journal agree to the last micro-dollar. */
async function expectBooked(stage: Stage, issue: number) {
  const { spend, key } = await stage.ticket(issue);
  expect(spend).toEqual(await stage.app().world.journal.paidOn(key));
  return spend;
}
const isWriting = ({ role, turn }: Call) => role === "implementer" && turn >= 2;

describe("a proxy that resets each stream after paid words", () => {
  it("has the step wait longer each time, and a person asked long before the budget is gone", async () => {
    let resets = true;
    let broken = 0;
    const tap = tapped(scripted(loudStory()), (call) => {
      const isBroken = resets && isWriting(call);
      broken += isBroken ? 1 : 0;
      return isBroken ? BROKEN : null;
    });
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    expect((await stage.ticket(issue)).halt).toMatchObject({ as: "blocked", reason: "model-unavailable" });
    const tries = await failures(stage, issue);
    expect(tries.length).toBe(broken);
    expect(broken).toBeLessThanOrEqual(13);
    // The first of each model got on by its first turn, and from then on the waits grow.
    expect(tries.map(({ kept }) => kept)).toEqual(expect.arrayContaining([1, 0]));
    expect(Math.max(...tries.map(({ againInMs }) => againInMs ?? 0))).toBeGreaterThan(5 * 60_000);
    await expectBooked(stage, issue);

    resets = false;
    await says(stage, "mona", issue, "/coop retry");
    expect(await stage.phase(issue)).toBe("ready");
    const opening = tap.calls.filter(({ role, turn }) => role === "implementer" && turn === 1);
    expect(new Set(opening.map(({ model }) => model)).size).toBe(opening.length);
    expect((await expectBooked(stage, issue)).calls).toBe(tap.calls.length);
  });

  it("calls nobody for twenty minutes of it in the middle of a step, and then goes on from what is paid", async () => {
    let since: number | null = null;
    const tap = tapped(scripted(loudStory()), (call) => {
      if (isWriting(call)) since ??= now().getTime();
      return since !== null && now().getTime() - since < 20 * 60_000 ? BROKEN : null;
    });
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    expect(await stage.phase(issue)).toBe("ready");
    expect(await stage.kinds(issue)).not.toContain("halted");
    expect(tap.calls.filter(({ role, turn }) => role === "implementer" && turn === 1)).toHaveLength(1);
    await expectBooked(stage, issue);
  });

  it("that lets one answer through each time is got on with, however often it does", async () => {
    let nth = 0;
    const tap = tapped(scripted(loudStory()), ({ role }) =>
      role === "implementer" && nth++ % 2 === 1 ? BROKEN : null,
    );
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    expect(await stage.phase(issue)).toBe("ready");
    const tries = await failures(stage, issue);
    expect(tries.map(({ kept }) => kept)).toEqual(tries.map(() => 1));
    expect(tries.length).toBeGreaterThan(1);
  });
});

describe("what a step has paid", () => {
  it("stands in the ledger when the step breaks inside of the program", async () => {
    let isBroken = true;
    const tap = tapped(scripted(loudStory()), (call) => {
      if (isWriting(call) && isBroken) {
        isBroken = false;
        throw new Error("A bug of ours");
      }
      return null;
    });
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    const [failed] = await failures(stage, issue);
    expect(failed).toMatchObject({ reason: "internal", spend: { calls: 1 } });
    expect((await stage.ticket(issue)).spend.calls).toBe(tap.calls.length);
    await expectBooked(stage, issue);
    await letTimePass(stage, issue);
    expect(await stage.phase(issue)).toBe("ready");
    await expectBooked(stage, issue);
  });

  it("stands in the ledger when somebody pushed meanwhile and nobody told", async () => {
    const stages: Stage[] = [];
    const again = fixes(1, [], write("src/greet.js", NAMED));
    const tap = tapped(scripted(loudStory(again)), ({ role, round, turn }) => {
      const stage = stages.at(-1);
      if (!stage || role !== "implementer" || round === 0 || turn !== 2) return null;
      stages.pop();
      const pull = stage.repo.pull(stage.repo.numbers("pull")[0] ?? 0);
      stage.forge.setDelivery("drop");
      stage.repo.push("mona", pull.headBranch, { "docs/news.md": "# News\n" });
      stage.forge.setDelivery("send");
      return null;
    });
    const stage = await raiseChecked(tap.models, {}, { now });
    stages.push(stage);
    const issue = await labelled(stage);
    await says(stage, "mona", stage.repo.numbers("pull")[0] ?? 0, "/coop rework Say it louder.");
    const entries = await stage.entries(issue);
    const moved = entries.find(({ kind }) => kind === "head_moved");
    // In an entry that every version adds up: an older one would book what it does not see once more.
    const told = { step: "implement", endedBy: { seq: moved?.seq, kind: "head_moved" }, spend: { calls: 2 } };
    expect(entries.flatMap((one) => (one.kind === "step_interrupted" ? [one.data] : []))).toMatchObject([told]);
    expect(moved?.data).not.toHaveProperty("spend");
    expect(replay(entries).filter(({ verdict }) => verdict !== "follows")).toEqual([]);
    await expectBooked(stage, issue);
  });

  it.each([
    ["/coop stop", "stopped"],
    ["/coop park", "parked"],
  ])(
    "by a process that was killed stands in the ledger after `%s`, which comes before the next try",
    async (said, phase) => {
      const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") }, { now });
      const issue = await labelled(stage);
      const { key } = await stage.ticket(issue);
      // As a try leaves it that was killed after its second call.
      for (const nth of ["a", "b"])
        await stage.app().world.journal.write({
          ...{
            hash: sha256(`${key} ${nth}`),
            ticket: key,
            step: "architect.plan.0",
            attempt: 0,
            kind: "model",
            model: "opus",
          },
          ...{
            question: {},
            reply: { outcome: "answered", text: "", usage: USAGE },
            latencyMs: 1,
            at: now().toISOString(),
          },
        });
      const before = (await stage.ticket(issue)).spend;
      await says(stage, "mona", issue, said);
      expect(await stage.phase(issue)).toBe(phase);
      const booked = await expectBooked(stage, issue);
      expect(booked).toMatchObject({ calls: before.calls + 2, costMicroUsd: before.costMicroUsd + 30 });
      const entries = await stage.entries(issue);
      expect(entries.at(-1)).toMatchObject({ kind: "step_interrupted", data: { step: "plan", spend: { calls: 2 } } });
      expect(replay(entries).filter(({ verdict }) => verdict !== "follows")).toEqual([]);
      await stage.wake(issue);
      expect((await stage.entries(issue)).length).toBe(entries.length);
    },
  );
});
