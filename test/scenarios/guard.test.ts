import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { NewFiles } from "../../src/github-double/people.ts";
import { closeShared, NO_SANDBOX, raise, scripted, type Stage, strike } from "../support/scenario.ts";
import { GREETER, LOUD, LOUD_TEST, noting, policy, says, words } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const CHANGE = { "src/greet.js": LOUD, "test/loud.test.js": LOUD_TEST };
const GUTTED = { ...CHANGE, "test/greet.test.js": 'import { test } from "node:test";\n\ntest("greets", () => {});\n' };
const guarding = (pulls: string) => ({
  ...GREETER,
  ...policy(`gate: { pulls: ${pulls} }`, "proof: { mutationsMax: 0 }"),
});
const AGENT = "other-agent[bot]";

function proofOf(stage: Stage, pull: number) {
  const checks = stage.repo.checks(stage.repo.pull(pull).headSha);
  return checks.filter((one) => one.name === "coop/proof").at(-1) ?? null;
}

/** A pull request from a fork, whose author may write nothing here. A bot works in the fork of a person: Apps own none. */
async function opens(stage: Stage, who: string, files: NewFiles, as: "draft" | "ready" = "ready") {
  const owner = who === AGENT ? "keeper" : who;
  const fork = stage.repo.fork(owner);
  fork.push(owner, "loud", files);
  const pull = stage.repo.openPull(who, { title: "Be loud", head: `${owner}:loud`, base: "main", stage: as });
  await stage.settle();
  return { fork, pull };
}

describe("pull requests that are no tickets", () => {
  it("are proven when a bot opens them, anew for each head and base, without a model or a ticket", async () => {
    const { models, asked } = noting(scripted([]));
    // What is refuted here is refuted by reading.
    const stage = await raise(models, { files: guarding("bots") }, { sandbox: NO_SANDBOX });
    const { fork, pull } = await opens(stage, AGENT, GUTTED);
    expect(proofOf(stage, pull)).toMatchObject({ conclusion: "failure" });
    expect(proofOf(stage, pull)?.summary).toContain("To be mended by its author");
    expect(stage.said(pull)).toEqual([]);
    // Mended, it is another head.
    fork.push("keeper", "loud", { "test/greet.test.js": GREETER["test/greet.test.js"] });
    await stage.settle();
    expect(proofOf(stage, pull)).toMatchObject({ conclusion: "action_required" });
    // A change of main that does not go with it.
    const other = GREETER["test/greet.test.js"].replace("Hello, Ada", "Hello,  Ada");
    stage.repo.push("mona", "main", {
      "test/greet.test.js": other,
      "src/greet.js": "export function greet(name) {\n  return `Hello,  ${name}`;\n}\n",
    });
    await stage.settle();
    expect(proofOf(stage, pull)).toMatchObject({ conclusion: "failure" });
    expect(proofOf(stage, pull)?.summary).toContain("conflicts with the base branch");
    expect(asked).toEqual([]);
    expect(await stage.entries(pull)).toEqual([]);
    expect(stage.labels(pull)).toEqual([]);
  });

  it("are proven once at the word of a person who may write, and only then where the policy is off", async () => {
    const stage = await raise([], { files: guarding("off"), people: { max: "write" } });
    const { pull } = await opens(stage, "frank", CHANGE);
    expect(proofOf(stage, pull)).toBeNull();
    await says(stage, "frank", pull, "/coop proof");
    expect(proofOf(stage, pull)).toBeNull();
    await says(stage, "max", pull, "/coop proof");
    expect(proofOf(stage, pull)).toMatchObject({ conclusion: "success" });
    expect(words(stage, pull)).toContain("proven.** ");
    expect(await stage.entries(pull)).toEqual([]);
  });
});

describe("whether a pull request is proven", () => {
  const unrun = { sandbox: NO_SANDBOX };

  it.each<[string, string, string, "draft" | "ready", boolean]>([
    ["nobody's, as long as the policy is off", "off", AGENT, "ready", false],
    ["a bot's", "bots", AGENT, "ready", true],
    ["not a person's", "bots", "frank", "ready", false],
    ["everybody's", "all", "frank", "ready", true],
    ["no draft", "all", "frank", "draft", false],
  ])("%s", async (_what, pulls, who, as, proven) => {
    const stage = await raise([], { files: guarding(pulls) }, unrun);
    const { pull } = await opens(stage, who, CHANGE, as);
    expect(proofOf(stage, pull) !== null).toBe(proven);
    // Nobody could run anything here: that is no yes.
    if (proven) expect(proofOf(stage, pull)).toMatchObject({ conclusion: "action_required" });
  });

  it("is said by the policy of the default branch, and not by the pull request's own", async () => {
    const stage = await raise([], { files: guarding("all") }, unrun);
    const { pull } = await opens(stage, "frank", {
      ...CHANGE,
      ...policy("gate: { pulls: off }", "proof: { waive: [] }"),
    });
    expect(proofOf(stage, pull)).not.toBeNull();
  });

  it("is asked on pull requests only, and not where a ticket has its own proof", async () => {
    const stage = await raise([], { files: guarding("off") }, unrun);
    const issue = stage.repo.openIssue("mona", { title: "No pull request", body: "…" });
    await says(stage, "mona", issue, "/coop proof");
    expect(words(stage, issue)).toContain("`/coop proof` works on pull requests");
  });
});
