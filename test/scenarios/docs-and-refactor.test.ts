import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, strike } from "../support/scenario.ts";
import { aPlan, finish, labelled, PASS, pullOf, raiseChecked, says, words, write } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const README = "# greeter\n\nSays hello: `greet(name)` gives a greeting as a text.\n";
const TIDY = "const HELLO = 'Hello';\n\nexport function greet(name) {\n  return `${HELLO}, ${name}`;\n}\n";

/** One file is changed, and no test is added. */
function quietStory(
  path: string,
  content: string,
  evidence: { kind: "file" | "command"; reference: string },
): ScriptEntry[] {
  const plan = aPlan({
    goal: "The one file says it better.",
    chunks: [{ title: "Say it better", files: [{ path, action: "change", intent: "Say it better." }], tests: [] }],
    definitionOfDone: [{ id: "D1", statement: "It is said better.", evidence }],
  });
  const pass = { ...PASS, done: [{ id: "D1", met: "yes", evidence: `${path} says it` }] };
  return [
    { role: "architect", turns: [{ answer: plan }] },
    { role: "implementer", when: { task: "implement" }, turns: [write(path, content), finish()] },
    { role: "reviewer", turns: [{ answer: pass }] },
    { role: "adversary", turns: [{ answer: pass }] },
  ];
}

describe("a ticket without new behaviour", () => {
  it("docs: no test has to fail first", async () => {
    const stage = await raiseChecked(quietStory("README.md", README, { kind: "file", reference: "README.md" }));
    const issue = await labelled(stage, "coop", {
      title: "Document what greet returns in the readme",
      body: "The readme does not say what greet returns, and newcomers ask about it.",
    });
    const ticket = await stage.ticket(issue);
    expect(ticket.route?.type).toBe("docs");
    const required = ticket.proof?.items.filter((item) => item.required).map((item) => item.id);
    expect(required).not.toContain("fail-to-pass");
    expect(required).toEqual(expect.arrayContaining(["scope", "tamper", "reviews", "done"]));
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", issue, "/coop approve");
    expect(stage.repo.files().get("README.md")?.toString()).toBe(README);
    expect(words(stage, pullOf(stage))).toContain("Final status: merged");
  });

  it("refactor: stands on the tests that are there", async () => {
    const stage = await raiseChecked(quietStory("src/greet.js", TIDY, { kind: "command", reference: "npm test" }));
    const issue = await labelled(stage, "coop:refactor", {
      title: "Extract the greeting",
      body: "The word Hello stands in the middle of greet; extract it, without changing behaviour.",
    });
    const ticket = await stage.ticket(issue);
    expect(ticket.route?.type).toBe("refactor");
    expect(await stage.phase(issue)).toBe("ready");
    expect(ticket.proof?.items.find((item) => item.id === "fail-to-pass")?.required).toBe(false);
  });

  it("a feature may not come without tests: such a plan is sent back, and then a person is asked", async () => {
    const story = quietStory("src/greet.js", TIDY, { kind: "command", reference: "npm test" });
    const [plan] = story[0]?.turns ?? [];
    if (plan) story[0]?.turns.push(plan);
    const stage = await raiseChecked(story);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("blocked");
    expect(stage.repo.numbers("pull")).toEqual([]);
    expect(words(stage, issue)).toContain("tests is empty: name the tests that will show that it works");
  });
});
