import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, raise, scripted, strike } from "../support/scenario.ts";
import {
  GREETER,
  LOUD,
  LOUD_TEST,
  NAMED,
  NAMELESS,
  NAMELESS_ID,
  noting,
  raiseChecked,
  replies,
  resolved,
  says,
  sees,
  words,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const PEOPLE = { max: "write" } as const;
const CHANGE = { "src/greet.js": LOUD, "test/loud.test.js": LOUD_TEST };
/** There is no plan, so there is no Definition of Done to go through. */
const CLEAN = [sees("reviewer", undefined, { done: [] }), sees("adversary", undefined, { done: [] })];

describe("/coop review on a person's pull request", () => {
  it("has it reviewed twice and proven; somebody else's yes merges it", async () => {
    const { models, asked } = noting(scripted(CLEAN));
    // In the sandbox: the base moves on, and only a run of the tests on the merge of both shows that they go together.
    const stage = await raise(models, { people: PEOPLE, files: GREETER });
    stage.repo.push("mona", "loud", CHANGE);
    // What the base branch gains afterwards is no part of the change.
    stage.repo.push("acme", "main", { "NEWS.md": "unrelated news\n" });
    const pull = stage.repo.openPull("mona", {
      title: "Add a loud option",
      body: "For halls.",
      head: "loud",
      base: "main",
    });
    await stage.settle();
    expect(await stage.entries(pull)).toEqual([]);
    await says(stage, "mona", pull, "/coop review");
    expect(await stage.phase(pull)).toBe("ready");
    expect((await stage.kinds(pull)).filter((kind) => kind !== "commanded")).toEqual([
      "opened",
      "routed",
      "reviewed",
      "reviewed",
      "proof_collected",
    ]);
    for (const question of asked) {
      expect(question.context).toContain("+export function greet(name, { loud = false } = {}) {");
      expect(question.context).not.toContain("unrelated news");
    }
    expect(stage.repo.checks(stage.repo.pull(pull).headSha).map((one) => [one.name, one.conclusion])).toEqual(
      expect.arrayContaining([
        ["coop/review", "success"],
        ["coop/adversary", "success"],
        ["coop/proof", "success"],
      ]),
    );
    await says(stage, "mona", pull, "/coop approve");
    expect((await replies(stage, pull)).at(-1)).toContain(
      "You are the last person who pushed to this branch, so somebody else has to give this command",
    );
    await says(stage, "mona", pull, "/coop rework Make it louder.");
    expect((await replies(stage, pull)).at(-1)).toContain(
      "A person wrote this pull request. Push the change to its branch",
    );
    await says(stage, "max", pull, "/coop approve");
    expect(await stage.phase(pull)).toBe("merged");
    expect(stage.repo.files().has("NEWS.md")).toBe(true);
    expect(stage.labels(pull)).toEqual(["coop:merged"]);
  });

  it("does the same for a fork, but only at the word of somebody who may write", async () => {
    const stage = await raiseChecked(CLEAN, { people: PEOPLE });
    const fork = stage.repo.fork("frank");
    fork.push("frank", "loud", CHANGE);
    const pull = stage.repo.openPull("frank", { title: "Add a loud option", head: "frank:loud", base: "main" });
    await says(stage, "frank", pull, "/coop review");
    expect(await stage.entries(pull)).toEqual([]);
    // No ticket yet, so that strangers are not even told why: nobody can make the bot flood a thread.
    expect(words(stage, pull)).toBe("/coop review");
    stage.repo.rerunCi(stage.repo.pull(pull).headSha);
    await stage.settle();
    await says(stage, "mona", pull, "/coop review");
    expect(await stage.phase(pull)).toBe("ready");
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(pull)).toBe("merged");
    expect(stage.repo.files().get("src/greet.js")?.toString()).toBe(LOUD);
  });

  it("says what blocks, waits for the author's push, and looks again", async () => {
    const script = [
      sees("adversary", undefined, { done: [] }),
      {
        ...sees("reviewer", undefined, { done: [], followUps: [resolved(NAMELESS_ID)] }),
        when: { includes: NAMELESS_ID },
      },
      sees("reviewer", undefined, { done: [], findings: [NAMELESS] }),
    ];
    const stage = await raiseChecked(script, { people: PEOPLE });
    stage.repo.push("mona", "loud", CHANGE);
    const pull = stage.repo.openPull("mona", { title: "Add a loud option", head: "loud", base: "main" });
    await says(stage, "max", pull, "/coop review");
    expect(await stage.phase(pull)).toBe("blocked");
    expect(words(stage, pull)).toContain("Push a fix to the branch, then say `/coop resume`");
    expect(stage.repo.pull(pull).inline[0]).toMatchObject({ path: "src/greet.js", line: 2 });
    // Without a push there is nothing new to look at.
    await says(stage, "max", pull, "/coop resume");
    expect(await stage.phase(pull)).toBe("blocked");
    await says(stage, "max", pull, "/coop approve");
    expect((await replies(stage, pull)).at(-1)).toContain("The ticket is blocked");
    stage.repo.push("mona", "loud", { "src/greet.js": NAMED });
    await stage.settle();
    await says(stage, "mona", pull, "/coop resume");
    expect(await stage.phase(pull)).toBe("ready");
    await says(stage, "max", pull, "/coop approve");
    expect(await stage.phase(pull)).toBe("merged");
  });
});
