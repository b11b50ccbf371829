import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import {
  disputed,
  fixed,
  fixes,
  labelled,
  loudStory,
  NAMED,
  NAMELESS,
  NAMELESS_ID,
  pullOf,
  raiseChecked,
  resolved,
  sees,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** Whoever is the third party says this. */
function settles(outcome: "upheld" | "withdrawn" | "inconclusive"): ScriptEntry[] {
  const turns = [{ answer: { outcome, rationale: "src/greet.js:2 shows what a missing name gives." } }];
  return (["architect", "navigator", "reviewer", "implementer"] as const).map((role) => ({
    role,
    when: { task: "settle" },
    turns,
  }));
}

async function disputes(
  outcome: "upheld" | "withdrawn" | "inconclusive",
  ...after: ScriptEntry[]
): Promise<{ stage: Stage; issue: number }> {
  const stage = await raiseChecked(
    loudStory(
      ...settles(outcome),
      sees("reviewer", 0, { findings: [NAMELESS] }),
      fixes(1, [disputed(NAMELESS_ID)]),
      ...after,
    ),
  );
  return { stage, issue: await labelled(stage) };
}

/** The one who settles neither wrote the change nor found the fault. */
async function isThirdParty(stage: Stage, issue: number): Promise<void> {
  const { assignment } = await stage.ticket(issue);
  const entry = (await stage.entries(issue)).find((one) => one.kind === "dispute_settled");
  if (entry?.kind !== "dispute_settled") throw new Error("Nothing was settled");
  expect([assignment?.reviewer.model, assignment?.implementer.model]).not.toContain(entry.data.model);
}

const GIVES_IN = [
  fixes(2, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
  sees("reviewer", 2, { followUps: [resolved(NAMELESS_ID)] }),
];

describe("a finding that the Implementer disputes", () => {
  it("no longer stands when a third party withdraws it", async () => {
    const { stage, issue } = await disputes("withdrawn");
    expect(await stage.phase(issue)).toBe("ready");
    expect((await stage.ticket(issue)).findings.get(NAMELESS_ID)?.state).toBe("withdrawn");
    await isThirdParty(stage, issue);
    expect(words(stage, pullOf(stage))).toContain("is **withdrawn: it no longer stands against a merge**");
    // Nothing was written, so nothing was reviewed twice.
    const heads = (await stage.entries(issue)).flatMap((one) => (one.kind === "reviewed" ? [one.data.role] : []));
    expect(heads).toEqual(["reviewer", "adversary"]);
  });

  it("has to be fixed when it is upheld", async () => {
    const { stage, issue } = await disputes("upheld", ...GIVES_IN);
    expect(await stage.phase(issue)).toBe("ready");
    await isThirdParty(stage, issue);
    expect((await stage.ticket(issue)).findings.get(NAMELESS_ID)).toMatchObject({ state: "resolved", survived: 1 });
    expect(words(stage, pullOf(stage))).toContain("is **upheld: it has to be fixed**");
  });

  it("has to be fixed when the evidence does not decide: the safer side holds", async () => {
    const { stage, issue } = await disputes("inconclusive", ...GIVES_IN);
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, pullOf(stage))).toContain("The evidence does not decide, so the safer side holds.");
  });

  it("stops everything when it is disputed once more", async () => {
    const { stage, issue } = await disputes("upheld", fixes(2, [disputed(NAMELESS_ID)]));
    expect(await stage.phase(issue)).toBe("parked");
    expect((await stage.ticket(issue)).halt?.reason).toBe("same-blocker");
  });
});
