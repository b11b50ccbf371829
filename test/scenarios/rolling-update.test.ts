import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { kindOf, rawOf } from "../../src/core/ledger/entry.ts";
import { newerWrites } from "../support/newer-entry.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, loudStory, policy, pullOf, raiseChecked, says, words } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

async function ready(): Promise<{ stage: Stage; issue: number; pull: number }> {
  const stage = await raiseChecked(loudStory(), { files: policy("planGate: never") });
  const issue = await labelled(stage);
  expect(await stage.phase(issue)).toBe("ready");
  return { stage, issue, pull: pullOf(stage) };
}

describe("a ticket on which a newer version has worked", () => {
  it("waits, says so, and keeps what people say for that version; nothing is called forged", async () => {
    const { stage, issue, pull } = await ready();
    await newerWrites(stage, issue);
    const before = await stage.kinds(issue);
    await says(stage, "mona", pull, "/coop approve");
    stage.repo.close("mona", issue);
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before);
    expect(stage.repo.pull(pull).mergedSha).toBeNull();
    expect(words(stage, issue)).toMatch(/A newer version of this program wrote entry/);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    const pending = await stage.app().world.inbox.pending(`${stage.repo.fullName}#${issue}`);
    expect(pending.map((one) => one.kind)).toContain("commented");
    expect(await stage.app().queue.depth()).toMatchObject({ dead: 0 });
  });

  it("still says how it stands, carries the entry into the thread as it is, and can be ended", async () => {
    const { stage, issue, pull } = await ready();
    await newerWrites(stage, issue);
    await says(stage, "mona", pull, "/coop explain");
    expect(words(stage, pull)).toMatch(/Written by a newer version/);
    const stored = await stage.entries(issue);
    expect(stored.slice(-2).map(kindOf)).toEqual(["escorted", "commanded"]);
    expect(await stage.verify(issue)).toEqual({ outcome: "equal", entries: stored.length, unpublished: 0 });
    await says(stage, "mona", pull, "/coop stop");
    expect(await stage.phase(issue)).toBe("stopped");
  });

  it("is rebuilt from its thread with every byte of what is not understood", async () => {
    const { stage, issue, pull } = await ready();
    await newerWrites(stage, issue);
    await says(stage, "mona", pull, "/coop explain");
    const before = (await stage.entries(issue)).map(rawOf);
    await stage.wipe(issue);
    await stage.restart();
    await stage.settle();
    const after = (await stage.entries(issue)).map(rawOf);
    expect(after.slice(0, before.length)).toEqual(before);
    expect((await stage.kinds(issue)).at(-1)).toBe("ledger_rebuilt");
    expect(stage.repo.pull(pull).mergedSha).toBeNull();
  });
});
