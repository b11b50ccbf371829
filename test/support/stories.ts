import { findingId, type FindingAnswer, type FollowUp, type Remark } from "../../src/core/ticket/finding.ts";
import type { Plan } from "../../src/core/ticket/plan.ts";
import type { NewRepo } from "../../src/github-double/double.ts";
import type { NewFiles } from "../../src/github-double/people.ts";
import type { Model } from "../../src/models/model.ts";
import type { Script, ScriptEntry, ScriptTurn } from "../../src/models/script.ts";
import { NO_SANDBOX, POOL, raise, type Stage, type StageOptions } from "./scenario.ts";

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
export const BRIEF_PROOF = {
  ".github/coop.yml": "proof:\n  mutationsMax: 0\nverify:\n  - { name: tests, run: node --test }\n",
} as const;
/** For scenarios whose subject is not the proof: a merge needs the two reviews only, so no code has to be run. */
const WAIVED = `proof: { mutationsMax: 0, waive: [${[
  ...["verification", "checks", "fail-to-pass", "pass-to-pass", "mutation"],
  ...["scope", "completeness", "tamper", "done"],
]
  .map((item) => `{ item: ${item}, why: a story about something else }`)
  .join(", ")}] }\n`;
export const REVIEWS_ONLY = { ".github/coop.yml": WAIVED } as const;

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
 * The greeter with a workflow that is known to run its tests, so that its green check stands in for running them where
 * no repository code is run.
 */
export const CHECKED_GREETER = {
  ...GREETER,
  ".github/workflows/test.yml":
    "on: [push]\njobs:\n  test:\n    name: ci/test\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n",
} as const;

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
  const files = { ...CHECKED_GREETER, ...wanted.files };
  return raise(script, { ci: green, ...wanted, files }, { sandbox: NO_SANDBOX, ...options });
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

/** All that stands in a thread as people see it: comments, then reviews. */
export function words(stage: Stage, number: number): string {
  const reviews = stage.repo.numbers("pull").includes(number) ? stage.repo.pull(number).reviews : [];
  const said = [...stage.said(number), ...reviews.map((review) => review.body)].join("\n\n");
  return said.replace(/<!--.*?-->/gs, "");
}

/** The number of the first pull request. */
export function pullOf(stage: Stage): number {
  const [number] = stage.repo.numbers("pull");
  if (number === undefined) throw new Error("There is no pull request yet");
  return number;
}

/** What the bot answered to commands, oldest first. */
export async function replies(stage: Stage, number: number): Promise<string[]> {
  const entries = await stage.entries(number);
  return entries.flatMap((entry) => (entry.kind === "commanded" ? [entry.data.reply] : []));
}

/** A real defect of LOUD: nobody's name is greeted. */
export const NAMELESS: Remark = {
  severity: "blocker",
  kind: "implementation",
  title: "A missing name is greeted as undefined",
  path: "src/greet.js",
  line: 2,
  quote: "return `Hello, ${name}",
  problem: 'greet() gives "Hello, undefined".',
  instruction: "In src/greet.js greet a missing name as you; pin it in test/loud.test.js.",
};
export const NAMELESS_ID = findingId(NAMELESS);
/** LOUD without that defect. */
export const NAMED = LOUD.replace("${name}", '${name ?? "you"}');
/** Another text of the same file, with that defect. */
export const TRIED = write("src/greet.js", LOUD.replace("loud = false", "loud = false, tried = 1"));

/** With three models everybody has a seat; the fourth can take over as author. */
export const FOUR_SEATS = { pool: [...POOL, { name: "luna", vendor: "mistral" }] };

/** What a reviewer answers, by default in every round. */
export function sees(role: "reviewer" | "adversary", round: number | undefined, answer: object): ScriptEntry {
  return { role, ...(round === undefined ? {} : { when: { round } }), turns: [{ answer: { ...PASS, ...answer } }] };
}

/** A fix round: what is written and what is answered to the open findings. */
export function fixes(round: number, answers: readonly FindingAnswer[], ...turns: ScriptTurn[]): ScriptEntry {
  return { role: "implementer", when: { task: "fix", round }, turns: [...turns, finish({ answers })] };
}

export const fixed = (findingId: string): FindingAnswer => ({
  findingId,
  status: "fixed",
  evidence: "See src/greet.js:2.",
});
export const disputed = (findingId: string): FindingAnswer => ({
  findingId,
  status: "disputed",
  evidence: "The ticket says nothing about a missing name.",
});
export const resolved = (findingId: string): FollowUp => ({
  findingId,
  status: "resolved",
  evidence: "src/greet.js:2 shows it.",
});
export const stillOpen = (findingId: string): FollowUp => ({
  findingId,
  status: "open",
  evidence: "src/greet.js:2 is as before.",
});

/** What a model was asked, in order. */
export type Asked = { readonly model: string; readonly role: string; readonly context: string };

/** The models of a stage with a note of what they were asked. */
export function noting(models: readonly Model[]): { models: Model[]; asked: Asked[] } {
  const asked: Asked[] = [];
  const note = (model: Model): Model => ({
    ...model,
    ask: (question, signal) => {
      const role = /^Role: (\w+)/.exec(question.system)?.[1] ?? "none";
      asked.push({ model: model.name, role, context: question.context.join("\n") });
      return model.ask(question, signal);
    },
  });
  return { models: models.map(note), asked };
}
