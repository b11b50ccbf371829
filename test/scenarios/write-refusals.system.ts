import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { Failure } from "../../src/github-double/failures.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, loudStory, pullOf, raiseChecked, says } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);

/** Every kind of write of a clean ticket. */
const WRITES: Readonly<Record<string, Pick<Failure, "method" | "path">>> = {
  "a comment": { method: "POST", path: /issues\/\d+\/comments$/ },
  "a changed comment": { method: "PATCH", path: /issues\/comments\/\d+$/ },
  "a label": { method: "POST", path: /issues\/\d+\/labels$/ },
  "a tree": { method: "POST", path: /git\/trees$/ },
  "a commit": { method: "POST", path: /git\/commits$/ },
  "a branch": { method: "POST", path: /git\/refs$/ },
  "a pull request": { method: "POST", path: /\/pulls$/ },
  "a review": { method: "POST", path: /pulls\/\d+\/reviews$/ },
  "a check": { method: "POST", path: /check-runs$/ },
  "the merge": { method: "PUT", path: /\/merge$/ },
};
const SLOW = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
/** What GitHub says before it does anything, and what has to pass before it is asked again. */
const REFUSALS: Readonly<Record<string, Omit<Failure, "method" | "path" | "times">>> = {
  "a secondary limit that says how long": { status: 403, message: SLOW, headers: { "retry-after": "60" } },
  "a secondary limit that says nothing about when": { status: 403, message: SLOW },
  "a secondary limit told as 429": { status: 429, message: SLOW, headers: { "retry-after": "1" } },
  "a token that ended a moment ago": { status: 401, message: "Bad credentials" },
};
const RIGHT = { status: 403, message: "Resource not accessible by integration", times: 1 };
/** Where a right is a matter of what the change holds or of the branch's rules, a no blocks at once; elsewhere after ten minutes. */
const BLOCKED_AT_ONCE: ReadonlySet<string> = new Set(["a tree", "a commit", "a branch", "a pull request", "the merge"]);

const until = async (stage: Stage, issue: number, phase: string) => {
  for (let look = 0; look < 15 && (await stage.phase(issue).catch(() => "none")) !== phase; look++) {
    offsetMs += 5 * 60_000;
    await stage.wake(issue);
  }
  return stage.phase(issue);
};

/** What stands there in the end: one of everything. */
async function isWhole(stage: Stage, issue: number): Promise<void> {
  const pull = stage.repo.pull(pullOf(stage));
  expect(stage.repo.numbers("pull")).toHaveLength(1);
  expect(pull.reviews).toHaveLength(1);
  const checks = stage.repo.checks(pull.headSha).map((check) => check.name);
  expect(checks.toSorted()).toEqual(["ci/test", "coop/adversary", "coop/proof", "coop/review"]);
  expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
}

const haltsAndFailures = async (stage: Stage, issue: number) =>
  (await stage.kinds(issue)).filter((kind) => kind === "step_failed" || kind === "halted");

describe.each(Object.entries(REFUSALS))("%s", (_, refusal) => {
  it.each(Object.entries(WRITES))("at the first write of %s: it is made once, and nothing failed", async (_, write) => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    stage.forge.fail({ ...write, ...refusal, times: 1 });
    const issue = await labelled(stage);
    expect(await until(stage, issue, "ready")).toBe("ready");
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await until(stage, issue, "merged")).toBe("merged");
    expect(await haltsAndFailures(stage, issue)).toEqual([]);
    await isWhole(stage, issue);
  });
});

describe("a right that was taken and given back", () => {
  it.each(Object.entries(WRITES))("at the first write of %s: it is made once", async (name, write) => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    stage.forge.fail({ ...write, ...RIGHT });
    const issue = await labelled(stage);
    const isAtOnce = BLOCKED_AT_ONCE.has(name);
    const retried = async () => {
      expect(await until(stage, issue, "blocked")).toBe("blocked");
      expect(JSON.stringify(await stage.entries(issue))).toContain(RIGHT.message);
      await says(stage, "mona", issue, "/coop retry");
    };
    if (isAtOnce && name !== "the merge") await retried();
    expect(await until(stage, issue, "ready")).toBe("ready");
    await says(stage, "mona", pullOf(stage), "/coop approve");
    if (name === "the merge") {
      await retried();
      if ((await until(stage, issue, "merged")) !== "merged") await says(stage, "mona", pullOf(stage), "/coop approve");
    }
    expect(await until(stage, issue, "merged")).toBe("merged");
    expect((await haltsAndFailures(stage, issue)).filter((kind) => kind === "halted")).toHaveLength(isAtOnce ? 1 : 0);
    await isWhole(stage, issue);
  });
});
