import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { findingId } from "../../src/core/ticket/finding.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, raise, strike } from "../support/scenario.ts";
import {
  aPlan,
  finish,
  fixed,
  fixes,
  GREETER,
  labelled,
  NAMELESS,
  policy,
  pullOf,
  resolved,
  says,
  sees,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const BUG = {
  title: "greet() says Hello, undefined",
  body: "When nobody is named, greet fails: it gives `Hello, undefined` instead of `Hello, you`.",
};
const FIXED = 'export function greet(name = "you") {\n  return `Hello, ${name}`;\n}\n';
const FIXED_WELL = FIXED.replace("name = ", "name = null ?? ").replace("${name}", '${name ?? "you"}');
const HEAD =
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { greet } from "../src/greet.js";\n\n';
/** Passes with the bug and without it. */
const BLUNT = `${HEAD}test("greets a missing name", () => {\n  assert.match(greet(), /Hello/);\n});\n`;
const SHARP = `${HEAD}test("greets a missing name", () => {\n  assert.equal(greet(), "Hello, you");\n});\n`;
const SHARPER = `${SHARP}\ntest("greets null", () => {\n  assert.equal(greet(null), "Hello, you");\n});\n`;

const DIAGNOSIS: ScriptEntry = {
  role: "reviewer",
  when: { task: "diagnose" },
  turns: [
    {
      answer: {
        rootCause: "greet puts its argument into the text without asking whether there is one.",
        affectedFiles: ["src/greet.js"],
        reproduction: "greet() gives Hello, undefined.",
        evidence: ["src/greet.js:2 puts ${name} into the text as it is."],
        confidence: "high",
      },
    },
  ],
};
const PLAN: ScriptEntry = {
  role: "architect",
  when: { task: "plan", includes: "without asking whether there is one" },
  turns: [
    {
      answer: aPlan({
        goal: "A missing name is greeted as you.",
        chunks: [
          {
            title: "Greet a missing name",
            files: [
              { path: "src/greet.js", action: "change", intent: "Give the name a default." },
              { path: "test/missing.test.js", action: "create", intent: "Pin the missing name." },
            ],
            tests: ["test/missing.test.js: greets a missing name"],
          },
        ],
        definitionOfDone: [
          {
            id: "D1",
            statement: "greet() gives Hello, you.",
            evidence: { kind: "test", reference: "test/missing.test.js: greets a missing name" },
          },
        ],
      }),
    },
  ],
};
const DONE = { done: [{ id: "D1", met: "yes", evidence: "test/missing.test.js pins it" }] };
const REPOSITORY = { files: { ...GREETER, ...policy("proof: { mutationsMax: 0 }") } };

function bugStory(test: string, ...special: ScriptEntry[]): ScriptEntry[] {
  return [
    ...special,
    DIAGNOSIS,
    PLAN,
    {
      role: "implementer",
      when: { task: "implement" },
      turns: [write("src/greet.js", FIXED), write("test/missing.test.js", test), finish()],
    },
    sees("reviewer", undefined, DONE),
    sees("adversary", undefined, DONE),
  ];
}

describe("a bug", () => {
  it("is diagnosed, planned, fixed, verified and attacked; a regression that the Adversary finds is fixed too", async () => {
    const regression = {
      ...NAMELESS,
      title: "null is still greeted as null",
      problem: "greet(null) gives Hello, null.",
      line: 2,
    };
    const id = findingId(regression);
    const stage = await raise(
      bugStory(
        SHARP,
        sees("adversary", 0, { ...DONE, findings: [regression] }),
        fixes(1, [fixed(id)], write("src/greet.js", FIXED_WELL), write("test/missing.test.js", SHARPER)),
        sees("reviewer", 1, { ...DONE, followUps: [resolved(id)] }),
      ),
      REPOSITORY,
    );
    const issue = await labelled(stage, "coop", BUG);
    const steps = (await stage.kinds(issue)).filter(
      (kind) => kind !== "plan_approved" && kind !== "pull_request_opened",
    );
    expect(steps).toEqual([
      "opened",
      "routed",
      "diagnosed",
      "planned",
      "implemented",
      "reviewed",
      "reviewed",
      "implemented",
      "reviewed",
      "reviewed",
      "proof_collected",
    ]);
    const ticket = await stage.ticket(issue);
    expect(ticket.route?.type).toBe("bug");
    expect(ticket.proof?.items.find((item) => item.id === "fail-to-pass")).toMatchObject({
      state: "proven",
      required: true,
    });
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, issue)).toContain("### Root cause");
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is not proven to be fixed by a test that passes with the bug too", async () => {
    const sharpens = fixes(1, [], write("test/missing.test.js", SHARP));
    const stage = await raise(bugStory(BLUNT, sharpens), REPOSITORY);
    const issue = await labelled(stage, "coop:bug", BUG);
    const proofs = (await stage.entries(issue)).flatMap((one) => (one.kind === "proof_collected" ? [one.data] : []));
    const states = proofs.map((proof) => proof.items.find((item) => item.id === "fail-to-pass")?.state);
    expect(states).toEqual(["refuted", "proven"]);
    expect(proofs.map((proof) => proof.outcome)).toEqual(["not-ready", "ready"]);
    // Both reviews were content: only running the test on the old code shows it.
    expect(await stage.phase(issue)).toBe("ready");
  });
});
