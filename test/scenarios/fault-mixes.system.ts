import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { hanging } from "../support/hanging-models.ts";
import { newerWrites } from "../support/newer-entry.ts";
import { closeShared, type Stage, scripted, strike } from "../support/scenario.ts";
import { CHECKED_GREETER, ISSUE, labelled, loudStory, policy, pullOf, raiseChecked, says } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const GATED = { files: policy("planGate: always") };

describe.each([-3_600_000, -20_000, 20_000, 3_600_000])("a process's clock that jumps by %d ms", (jumpMs) => {
  it.each(["the plan", "the merge"])(
    "while %s waits for a yes leaves the yes good, and what follows it",
    async (what) => {
      let offsetMs = 0;
      const stage = await raiseChecked(loudStory(), GATED, { now: () => new Date(Date.now() + offsetMs) });
      const issue = await labelled(stage);
      expect(await stage.phase(issue)).toBe("plan-approval");
      if (what === "the plan") offsetMs = jumpMs;
      await says(stage, "mona", issue, "/coop approve");
      expect(await stage.phase(issue)).toBe("ready");
      if (what === "the merge") offsetMs = jumpMs;
      await says(stage, "mona", pullOf(stage), "/coop approve");
      expect(await stage.phase(issue)).toBe("merged");
      expect((await stage.kinds(issue)).filter((kind) => kind === "step_failed" || kind === "halted")).toEqual([]);
      expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    },
  );
});

describe("an entry of a newer version that is written while an older worker's step runs", () => {
  it.each([
    ["architect", 1],
    ["implementer", 3],
    ["reviewer", 1],
    ["adversary", 1],
  ] as const)("(%s, turn %d) ends the step: what it cost is written down and nothing else", async (role, turn) => {
    const models = hanging(scripted(loudStory()), (call) => call.role === role && call.turn === turn);
    const stage = await raiseChecked(models.models, { files: policy("planGate: never") });
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await models.began;
    const heads = () => stage.repo.numbers("pull").map((pull) => stage.repo.pull(pull).headSha);
    const pushed = heads();
    await newerWrites(stage, issue);
    const before = await stage.kinds(issue);
    models.goOn();
    await stage.settle();
    await stage.wake(issue);
    expect(await stage.kinds(issue)).toEqual([...before, "step_interrupted"]);
    expect(heads()).toEqual(pushed);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    expect(await stage.app().queue.depth()).toMatchObject({ dead: 0 });
  });
});

describe("an installation that is asked to wait", () => {
  it("holds up no ticket of another one", async () => {
    const stage: Stage = await raiseChecked(loudStory(), { files: policy("planGate: never") });
    const other = stage.forge.createRepo({
      fullName: "globex/greeter",
      people: { mona: "write" },
      files: { ...CHECKED_GREETER, ...policy("planGate: never") },
      ci: async () => ({ conclusion: "success", title: "2 tests passed", summary: "npm test" }),
    });
    const message = "You have exceeded a secondary rate limit.";
    for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"])
      stage.forge.fail({
        ...{ method, path: /^\/repos\/acme\//, times: 1_000, status: 403, message },
        headers: { "retry-after": "3000" },
      });
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    const theirs = other.openIssue("mona", ISSUE);
    other.addLabel("mona", theirs, "coop");
    await stage.settle();
    expect(other.thread(theirs).labels).toContain("coop:ready");
    expect(stage.repo.thread(issue).labels).not.toContain("coop:ready");
    const asked = stage.forge.requests.filter(({ path }) => path.startsWith("/repos/acme/")).length;
    await stage.wake(issue);
    expect(stage.forge.requests.filter(({ path }) => path.startsWith("/repos/acme/"))).toHaveLength(asked);
  });
});
