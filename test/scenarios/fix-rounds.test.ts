import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { findingId } from "../../src/core/ticket/finding.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import {
  fixed,
  fixes,
  FOUR_SEATS,
  labelled,
  LOUD,
  loudStory,
  NAMED,
  NAMELESS,
  NAMELESS_ID,
  PASS,
  pullOf,
  raiseChecked,
  replies,
  resolved,
  says,
  sees,
  stillOpen,
  TRIED,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const TRIED_AGAIN = write("src/greet.js", LOUD.replace("loud = false", "loud = false, tried = 2"));

/** Who wrote what and who looked at it, from the ledger. */
async function hands(stage: Stage, issue: number) {
  const entries = await stage.entries(issue);
  return {
    wrote: entries.flatMap((one) => (one.kind === "implemented" ? [one.data] : [])),
    looked: entries.flatMap((one) => (one.kind === "reviewed" ? [one.data] : [])),
  };
}

/** Nobody looks at their own work, and the last doubter is of another house than the writers. */
async function doubtersAreOthers(stage: Stage, issue: number): Promise<void> {
  const { wrote, looked } = await hands(stage, issue);
  for (const review of looked) {
    const writers = wrote.filter((one) => one.round <= review.round);
    expect(writers.map((one) => one.model)).not.toContain(review.model);
    if (review.role === "adversary") expect(writers.map((one) => one.vendor)).not.toContain(review.vendor);
  }
}

describe("fix rounds", () => {
  it("one: the Reviewer's blocker is fixed and seen to be fixed", async () => {
    const stage = await raiseChecked(
      loudStory(
        sees("reviewer", 0, { findings: [NAMELESS] }),
        fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
        sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)] }),
      ),
    );
    await stage.settle();
    const before = stage.forge.counts();
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    const { wrote, looked } = await hands(stage, issue);
    expect(wrote.map((one) => one.round)).toEqual([0, 1]);
    expect(looked.map((one) => [one.role, one.round, one.verdict])).toEqual([
      ["reviewer", 0, "changes"],
      ["reviewer", 1, "pass"],
      ["adversary", 1, "pass"],
    ]);
    await doubtersAreOthers(stage, issue);
    const pull = stage.repo.pull(pullOf(stage));
    // The finding stands on its line, and every review is a comment: nobody can approve their own pull request.
    expect(pull.inline).toEqual([
      expect.objectContaining({ path: "src/greet.js", body: expect.stringContaining(NAMELESS_ID), resolved: true }),
    ]);
    expect(pull.reviews.map((one) => one.state.toUpperCase())).toEqual(["COMMENTED", "COMMENTED"]);
    expect(pull.inline[0]?.body).toContain(NAMELESS.problem);
    expect(pull.reviews[0]?.body).toContain("**On the code:** 1 blocker, with what to do, on its line below.");
    expect(pull.reviews[0]?.body.replace(/<!--.*?-->/gs, "")).not.toContain(NAMELESS.problem);
    expect(pull.reviews[1]?.body).toContain(`✅ resolved: \`${NAMELESS_ID}\``);
    const first = stage.repo.checks(wrote[0]?.headSha ?? "").find((one) => one.name === "coop/review");
    expect(first?.conclusion).toBe("failure");
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(words(stage, pullOf(stage))).toContain("1 blocker found, 1 fixed");
    const { restRequests, contentCreating } = stage.forge.counts();
    expect(restRequests - before.restRequests).toBeLessThanOrEqual(45);
    expect(contentCreating - before.contentCreating).toBeLessThanOrEqual(13);
  });

  it("two: the Adversary finds what is left, and a new author takes over only where a blocker survived", async () => {
    const other = {
      ...NAMELESS,
      kind: "test" as const,
      title: "Nothing pins the missing name",
      path: "test/loud.test.js",
      line: 5,
      quote: 'test("ends with an exclamation mark when loud", () => {',
    };
    const id = findingId(other);
    const stage = await raiseChecked(
      loudStory(
        sees("reviewer", 0, { findings: [NAMELESS] }),
        fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
        sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)] }),
        sees("adversary", 1, { findings: [other] }),
        fixes(2, [fixed(id)], write("test/loud.test.js", "// pinned\n")),
        sees("reviewer", 2, { followUps: [resolved(id)] }),
      ),
    );
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    const { wrote, looked } = await hands(stage, issue);
    expect(new Set(wrote.map((one) => one.model)).size).toBe(1);
    expect(looked.map((one) => `${one.role} ${one.round}`)).toEqual([
      "reviewer 0",
      "reviewer 1",
      "adversary 1",
      "reviewer 2",
      "adversary 2",
    ]);
    await doubtersAreOthers(stage, issue);
  });

  it("gone: parked, with one comment that names the options", async () => {
    const third = { ...NAMELESS, title: "A third thing", quote: "return `Hello" };
    const stage = await raiseChecked(
      loudStory(
        sees("reviewer", 0, { findings: [NAMELESS] }),
        fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
        sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)], findings: [third] }),
        fixes(2, [fixed(findingId(third))], write("src/greet.js", NAMED.replace("Hello", "Hallo"))),
        sees("reviewer", 2, { followUps: [stillOpen(findingId(third))] }),
        fixes(3, [fixed(findingId(third))], write("src/greet.js", NAMED)),
        sees("reviewer", 3, { followUps: [resolved(findingId(third))] }),
      ),
    );
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("parked");
    const said = stage.said(pullOf(stage)).filter((one) => one.includes("the fix rounds are used up"));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("`/coop rework <what to do differently>` grants one more round");
    expect(said[0]).toContain("A third thing");
    await says(stage, "mona", issue, "/coop resume");
    expect((await replies(stage, issue)).at(-1)).toContain("The fix rounds are used up");
    expect(await stage.phase(issue)).toBe("parked");
    await says(stage, "mona", issue, "/coop rework Say Hello again.");
    expect(await stage.phase(issue)).toBe("ready");
    expect((await hands(stage, issue)).wrote.map((one) => one.round)).toEqual([0, 1, 2, 3]);
  });
});

describe("a blocker that comes back", () => {
  it("gets another author after one round, and stops everything after two", async () => {
    const stage = await raiseChecked(
      loudStory(
        sees("reviewer", 0, { findings: [NAMELESS] }),
        fixes(1, [fixed(NAMELESS_ID)], TRIED),
        sees("reviewer", 1, { followUps: [stillOpen(NAMELESS_ID)] }),
        fixes(2, [fixed(NAMELESS_ID)], TRIED_AGAIN),
        sees("reviewer", 2, { followUps: [stillOpen(NAMELESS_ID)] }),
      ),
      {},
      FOUR_SEATS,
    );
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("parked");
    const ticket = await stage.ticket(issue);
    expect(ticket.halt?.reason).toBe("same-blocker");
    expect(ticket.halt?.details).toEqual([`${NAMELESS_ID}: ${NAMELESS.title}`]);
    const { wrote } = await hands(stage, issue);
    expect(wrote).toHaveLength(3);
    expect(wrote[0]?.model).toBe(wrote[1]?.model);
    expect(wrote[2]?.model).not.toBe(wrote[1]?.model);
    expect(words(stage, pullOf(stage))).toContain("The last fix round left a blocker open");
    await doubtersAreOthers(stage, issue);
  });

  it("is the same one although lines moved and words changed", async () => {
    const moved = { ...NAMELESS, line: 3, title: "It still says undefined" };
    const stage = await raiseChecked(
      loudStory(
        sees("reviewer", 0, { findings: [NAMELESS] }),
        fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", `// greets\n${LOUD}`)),
        sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)], findings: [moved] }),
        fixes(2, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
        sees("reviewer", 2, { followUps: [resolved(NAMELESS_ID)] }),
      ),
      {},
      FOUR_SEATS,
    );
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    const { findings } = await stage.ticket(issue);
    expect([...findings.keys()]).toEqual([NAMELESS_ID]);
    // Told to be resolved and found again in one breath: it stands, and it has outlived a round.
    expect(findings.get(NAMELESS_ID)).toMatchObject({ survived: 1, state: "resolved" });
  });
});

describe("a blocker that comes up late", () => {
  it("only counts where something changed since", async () => {
    const late = { ...NAMELESS, title: "The readme is thin", path: "README.md", line: 3, quote: "Says hello." };
    const stage = await raiseChecked(
      loudStory(
        sees("reviewer", 0, { findings: [NAMELESS] }),
        fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
        sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)], findings: [late] }),
        sees("adversary", 1, { followUps: [stillOpen(findingId(late))] }),
      ),
    );
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    const known = (await stage.ticket(issue)).findings.get(findingId(late));
    expect(known?.finding.severity).toBe("concern");
    expect(stage.repo.pull(pullOf(stage)).reviews[1]?.body).toContain("README.md did not change since");
  });

  it("does not count where it cites a file that is not there", async () => {
    const invented = { ...NAMELESS, path: "src/nowhere.js", quote: "this text stands nowhere" };
    const answer = { answer: { ...PASS, findings: [invented] } };
    // Told that the place does not exist, it says the same again.
    const stubborn: ScriptEntry = { role: "reviewer", turns: [answer, answer] };
    const followUps = [stillOpen(findingId({ ...invented, path: null, quote: null }))];
    const stage = await raiseChecked(loudStory(stubborn, sees("adversary", 0, { followUps })));
    const issue = await labelled(stage);
    const [known] = (await stage.ticket(issue)).findings.values();
    expect(known?.finding.lowered).toContain("does not exist at this commit");
    expect(await stage.phase(issue)).toBe("ready");
  });
});
