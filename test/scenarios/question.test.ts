import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, scripted, strike } from "../support/scenario.ts";
import { ISSUE, labelled, loudStory, noting, policy, raiseChecked, replies, says, words } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** The router would ask for a yes to the plan of such a ticket; that is another story. */
const UNGATED = { files: policy("planGate: never") };
const VAGUE = {
  title: "Make greet loud somehow",
  body: "A loud option, maybe for halls. Not sure about the mark.",
};
const ASKS: ScriptEntry = {
  role: "navigator",
  turns: [{ answer: { clear: "no", questions: ["Which mark shall it end with?"] } }],
};

describe("a ticket that is not clear", () => {
  it("is asked about, and planned with a writer's plain reply; others only talk", async () => {
    const stage = await raiseChecked(loudStory(ASKS), { ...UNGATED, people: { tom: "triage" } });
    const issue = await labelled(stage, "coop", VAGUE);
    expect(await stage.phase(issue)).toBe("question");
    expect(stage.labels(issue)).toEqual(["coop", "coop:question"]);
    expect(words(stage, issue)).toContain("1. Which mark shall it end with?");
    const before = await stage.kinds(issue);
    for (const who of ["rita", "tom", "stranger"]) stage.repo.comment(who, issue, "Take a question mark.");
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before);
    await says(stage, "mona", issue, "An exclamation mark.");
    const ticket = await stage.ticket(issue);
    expect(ticket.answers).toEqual([{ by: "mona", text: "An exclamation mark." }]);
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, issue)).toContain("**Answered** by mona");
  });

  it("is answered by its author without write permission, but not commanded by them", async () => {
    const stage = await raiseChecked(loudStory(ASKS), UNGATED);
    const issue = stage.repo.openIssue("rita", VAGUE);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    await says(stage, "rita", issue, "/coop answer An exclamation mark.");
    expect(await stage.phase(issue)).toBe("question");
    expect((await replies(stage, issue)).at(-1)).toContain("Only people with write permission");
    await says(stage, "rita", issue, "An exclamation mark.");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("takes /coop answer and /coop rework for an answer", async () => {
    const stage = await raiseChecked(loudStory(ASKS), UNGATED);
    const first = await labelled(stage, "coop", VAGUE);
    await says(stage, "mona", first, "/coop answer An exclamation mark.");
    expect(await stage.phase(first)).toBe("ready");
    // Both write the same files; a ticket that waits for a person holds up no other.
    const second = await labelled(stage, "coop", VAGUE);
    await says(stage, "mona", second, "/coop rework End it with an exclamation mark.");
    expect(await stage.phase(second)).toBe("ready");
  });

  it("is answered by editing it, once a person says that the new text counts", async () => {
    const stage = await raiseChecked(loudStory(ASKS), UNGATED);
    const issue = await labelled(stage, "coop", VAGUE);
    stage.repo.edit("mona", issue, ISSUE);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("blocked");
    await says(stage, "mona", issue, "/coop rework It names the mark now.");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("costs nothing when it says nothing at all", async () => {
    const { models, asked } = noting(scripted(loudStory()));
    const stage = await raiseChecked(models, UNGATED);
    const issue = await labelled(stage, "coop", { title: "Loud", body: "" });
    expect(await stage.phase(issue)).toBe("question");
    expect(asked).toEqual([]);
    expect(words(stage, issue)).toContain("The ticket has no description");
    await says(stage, "mona", issue, "greet shall end with an exclamation mark when asked to be loud.");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("is not held up when the Navigator finds it clear", async () => {
    const clear: ScriptEntry = { role: "navigator", turns: [{ answer: { clear: "yes", questions: [] } }] };
    const stage = await raiseChecked(loudStory(clear), UNGATED);
    const issue = await labelled(stage, "coop", VAGUE);
    expect(await stage.kinds(issue)).toContain("question_skipped");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

describe("a ticket of which the router is not sure what kind it is", () => {
  const UNSURE = {
    title: "A greeting without a name",
    body: "It says Hello, undefined at the moment. Return Hello, friend; add a test in test/greet.test.js for it.",
  };

  it("is what the Navigator takes it for, in the one call that also says whether it is clear", async () => {
    const says: ScriptEntry = {
      role: "navigator",
      turns: [{ answer: { clear: "yes", type: "feature", questions: [] } }],
    };
    const stage = await raiseChecked(loudStory(says), UNGATED);
    const issue = await labelled(stage, "coop", UNSURE);
    const [, routed] = await stage.entries(issue);
    expect(routed).toMatchObject({ kind: "routed", data: { type: "bug", clarity: "clear" } });
    // A bug would have been diagnosed before it was planned.
    expect((await stage.kinds(issue)).slice(1, 4)).toEqual(["routed", "question_skipped", "planned"]);
    expect((await stage.ticket(issue)).route?.type).toBe("feature");
    expect(words(stage, issue)).toContain("as a task of type feature");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("keeps its label's kind, of which nobody asks the Navigator", async () => {
    const { models, asked } = noting(scripted(loudStory()));
    const stage = await raiseChecked(models, UNGATED);
    const issue = await labelled(stage, "coop:feature", UNSURE);
    expect(asked.filter(({ role }) => role === "navigator")).toEqual([]);
    expect((await stage.ticket(issue)).route?.type).toBe("feature");
    expect(await stage.phase(issue)).toBe("ready");
  });
});
