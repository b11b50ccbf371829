import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { survivorId } from "../../src/core/ticket/survivor.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, raise, type Stage, strike } from "../support/scenario.ts";
import {
  finish,
  fixes,
  GREETER,
  labelled,
  LOUD_TEST,
  loudStory,
  policy,
  pullOf,
  says,
  sees,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** Names of five letters are the same either way, and no test looks at the second option. */
const LINE = "  const shown = name.length > 5 ? name.slice(0, 5) : name;";
const CLIPPED = `export function greet(name, { loud = false } = {}) {\n${LINE}\n  return \`Hello, \${shown}\${loud ? "!" : ""}\`;\n}\n`;
const TESTED = `${LOUD_TEST}\ntest("clips long names", () => {\n  assert.equal(greet("Hildegard"), "Hello, Hilde");\n  assert.equal(greet("Hilde"), "Hello, Hilde");\n  assert.equal(greet("Sophie"), "Hello, Sophi");\n});\n`;
const SAME = survivorId({ path: "src/greet.js", quote: LINE, from: ">", to: ">=" }, 0, 0);

const implement: ScriptEntry = {
  role: "implementer",
  when: { task: "implement" },
  turns: [write("src/greet.js", CLIPPED), write("test/loud.test.js", TESTED), finish()],
};
const disputes = (round: number): ScriptEntry =>
  fixes(round, [{ findingId: SAME, status: "disputed", evidence: "Five of five letters are all of them." }]);
const answers = (role: "reviewer" | "adversary", equivalent: "yes" | "no"): ScriptEntry =>
  sees(role, 1, {
    followUps: [
      { findingId: SAME, status: equivalent === "yes" ? "resolved" : "open", evidence: "slice(0, 5) of five letters." },
    ],
  });
const FILES = { ...GREETER, ...policy("limits: { fixRounds: 1 }", "verify:", "  - { name: tests, run: node --test }") };

async function hands(stage: Stage, issue: number): Promise<string[]> {
  return (await stage.entries(issue)).flatMap((one) => {
    if (one.kind === "implemented") return [`wrote ${one.data.round}`];
    if (one.kind === "reviewed") return [`${one.data.role} ${one.data.round}`];
    return one.kind === "proof_collected" ? [`proof ${one.data.outcome}`] : [];
  });
}
const FIRST = ["wrote 0", "reviewer 0", "adversary 0", "proof not-ready", "wrote 1", "reviewer 1"];

describe("a change that no test notices", () => {
  it("is answered by both reviewers, with a reason that the thread shows", async () => {
    const story = loudStory(implement, disputes(1), answers("reviewer", "yes"), answers("adversary", "yes"));
    const stage = await raise(story, { files: FILES });
    const issue = await labelled(stage);
    expect(await hands(stage, issue)).toEqual([...FIRST, "adversary 1", "proof ready"]);
    expect(await stage.phase(issue)).toBe("ready");
    const said = words(stage, pullOf(stage));
    expect(said).toContain(`not noticed: src/greet.js:2 \`>\` → \`>=\` (${SAME})`);
    expect(said).toContain(`➖ no input can tell: \`${SAME}\``);
    expect(said).toContain("the same for every input, say both reviewers: slice(0, 5) of five letters.");
  });

  it("stands where one of them says no, until a person sets it aside", async () => {
    const story = loudStory(implement, disputes(1), answers("reviewer", "no"), answers("adversary", "yes"));
    const stage = await raise(story, { files: FILES });
    const issue = await labelled(stage);
    // The Adversary is not asked any more: its word could not change anything.
    expect(await hands(stage, issue)).toEqual([...FIRST, "proof not-ready"]);
    expect(await stage.phase(issue)).toBe("parked");
    expect(words(stage, pullOf(stage))).toContain("`/coop accept mutation <why>`");
    await says(stage, "mona", pullOf(stage), `/coop dismiss ${SAME} Five letters are five letters.`);
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, pullOf(stage))).toContain("set aside by mona: Five letters are five letters.");
  });
});
