import type { Plan } from "../src/core/plan.ts";
import type { NewRepo } from "../src/local/forge.ts";
import type { NewFiles } from "../src/local/people.ts";
import type { Model } from "../src/models/model.ts";
import type { Script, ScriptEntry, ScriptTurn } from "../src/models/script.ts";
import { raise, type Stage, type StageOptions } from "./scenario.ts";

/**
 * A small repository and what models say about it, for scenarios: a greeting that shall be loud on request. Each part can
 * be replaced, so that a scenario says only what is special about it.
 */
export const GREETER = {
  "package.json": `${JSON.stringify({ name: "greeter", version: "1.0.0", type: "module", scripts: { test: "node --test" } }, null, 2)}\n`,
  "README.md": "# greeter\n\nSays hello.\n",
  "src/greet.js": "export function greet(name) {\n  return `Hello, ${name}`;\n}\n",
  "test/greet.test.js":
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { greet } from "../src/greet.js";\n\ntest("greets", () => {\n  assert.equal(greet("Ada"), "Hello, Ada");\n});\n',
} as const;

/** Mutation takes seconds and is the subject of tests of its own. */
export const BRIEF_PROOF = { ".github/coop.yml": "proof:\n  mutationsMax: 0\n" } as const;
/** For scenarios whose subject is not the proof: a merge needs the two reviews only, so no code has to be run. */
export const REVIEWS_ONLY = { ".github/coop.yml": "proof:\n  mutationsMax: 0\n  required: [reviews]\n" } as const;

export const ISSUE = {
  title: "Add a loud option to greet",
  body: "As a user I would like `greet(name, { loud: true })` to end with an exclamation mark, so that it carries across a hall.",
};

export const LOUD =
  'export function greet(name, { loud = false } = {}) {\n  return `Hello, ${name}${loud ? "!" : ""}`;\n}\n';
export const LOUD_TEST =
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { greet } from "../src/greet.js";\n\ntest("ends with an exclamation mark when loud", () => {\n  assert.equal(greet("Ada", { loud: true }), "Hello, Ada!");\n});\n\ntest("stays quiet when loud is false", () => {\n  assert.equal(greet("Ada", { loud: false }), "Hello, Ada");\n});\n';

export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    goal: "greet takes a loud option.",
    chunks: [
      {
        title: "Add the loud option",
        files: [
          { path: "src/greet.js", action: "change", intent: "Take an options object and add the mark when loud." },
          { path: "test/loud.test.js", action: "create", intent: "Pin the loud and the quiet form." },
        ],
        tests: ["test/loud.test.js: ends with an exclamation mark when loud"],
      },
    ],
    constraints: ["Callers with one argument see no difference."],
    definitionOfDone: [
      {
        id: "D1",
        statement: "greet(name, { loud: true }) ends with an exclamation mark.",
        evidence: { kind: "test", reference: "test/loud.test.js: ends with an exclamation mark when loud" },
      },
      { id: "D2", statement: "All tests pass.", evidence: { kind: "command", reference: "npm test" } },
    ],
    verification: ["Run `npm test`; all tests pass."],
    assumptions: [],
    risks: [],
    estimate: { filesChanged: 2, linesChanged: 16 },
    ...over,
  };
}

export const FINISH = {
  summary: "greet takes { loud } and adds an exclamation mark.",
  logic: ["The option defaults to false, so callers with one argument see no difference."],
  assumptions: [],
  verification: ["npm test"],
  limitations: [],
  unplanned: [],
  answers: [] as { findingId: string; status: "fixed" | "disputed"; evidence: string }[],
};

export const PASS = {
  summary: "The change does what the plan says; nothing blocks.",
  attacked: ["Called greet with one argument: unchanged."],
  findings: [] as unknown[],
  followUps: [] as unknown[],
  done: [
    { id: "D1", met: "yes", evidence: "test/loud.test.js pins it" },
    { id: "D2", met: "yes", evidence: "the verification output shows all tests passing" },
  ],
  verificationSteps: { usable: "yes", why: "One exact command." },
};

export const write = (path: string, content: string): ScriptTurn => ({
  call: [{ name: "write_file", args: { path, content } }],
});
export const finish = (over: object = {}): ScriptTurn => ({ call: [{ name: "finish", args: { ...FINISH, ...over } }] });

export const IMPLEMENT: ScriptEntry = {
  role: "implementer",
  when: { task: "implement" },
  turns: [write("src/greet.js", LOUD), write("test/loud.test.js", LOUD_TEST), finish()],
};

/** Everybody does well. Earlier entries win, so a scenario puts its own before these. */
export function loudStory(...special: ScriptEntry[]): Script {
  return [
    ...special,
    { role: "architect", when: { task: "plan" }, turns: [{ answer: aPlan() }] },
    IMPLEMENT,
    { role: "reviewer", turns: [{ answer: PASS }] },
    { role: "adversary", turns: [{ answer: PASS }] },
  ];
}

/** The repository's policy, one line of YAML each. */
export function policy(...lines: string[]): NewFiles {
  return { ".github/coop.yml": `${lines.join("\n")}\n` };
}

/**
 * A stage on which the repository's own green checks are the proof. No code is run, so that a story takes a second: for
 * scenarios about people and reviews.
 */
export function raiseChecked(
  script: Script | readonly Model[],
  wanted: Partial<NewRepo> = {},
  options: StageOptions = {},
): Promise<Stage> {
  const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
  const sandbox = { state: "none" as const, why: "this scenario runs no code" };
  const files = { ...GREETER, ...wanted.files };
  return raise(script, { ci: green, ...wanted, files }, { sandbox, ...options });
}

/** An issue that mona opens and labels, worked on until the program waits. */
export async function labelled(
  stage: Stage,
  label = "coop",
  issue: { title: string; body: string } = ISSUE,
): Promise<number> {
  const number = stage.repo.openIssue("mona", issue);
  stage.repo.addLabel("mona", number, label);
  await stage.settle();
  return number;
}

/** Somebody says something, and everything that follows from it has happened. */
export async function says(stage: Stage, who: string, number: number, words: string): Promise<number> {
  const id = stage.repo.comment(who, number, words);
  await stage.settle();
  return id;
}
