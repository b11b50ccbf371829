import { attackTask } from "../../../src/roles/adversary.ts";
import { planTask } from "../../../src/roles/architect.ts";
import { fixTask, implementTask } from "../../../src/roles/implementer.ts";
import { askTask } from "../../../src/roles/navigator.ts";
import { diagnoseTask, reviewTask, verifyTask } from "../../../src/roles/reviewer.ts";
import { settleTask } from "../../../src/roles/settle.ts";
import type { RoleTask } from "../../../src/roles/task.ts";
import { CLEAR, FINISH, REVIEW } from "../../../src/agent/loop.fixture.ts";
import type { Said } from "./dialect.ts";

/** What every role is asked, with a conversation for each that has all that a history can hold. */
export type Play = { readonly name: string; readonly task: RoleTask<never>; readonly script: readonly Said[] };

const PLAN = {
  goal: "a.js counts to three",
  chunks: [
    {
      title: "Count",
      files: [{ path: "a.js", action: "change", intent: "count on" }],
      tests: ["test/a.test.js: counts"],
    },
  ],
  constraints: [],
  definitionOfDone: [{ id: "D1", statement: "It counts.", evidence: { kind: "test", reference: "test/a.test.js" } }],
  verification: ["Run the tests."],
  ...{ assumptions: [], risks: [], estimate: { filesChanged: 1, linesChanged: 1 }, testChanges: [] },
};
const DIAGNOSIS = {
  ...{
    rootCause: "It stops at two.",
    affectedFiles: ["a.js"],
    reproduction: "Run it.",
    evidence: ["a.js:2 two"],
    confidence: "high",
  },
};
const SETTLEMENT = { outcome: "upheld", rationale: "a.js:2 says so." };

const read = (path: string) => ({ name: "read_file", args: { path, start_line: 1, end_line: 0, start_column: 1 } });
const list = { name: "list_files", args: { path: "" } };
const said = (answer: unknown): Said => ({ text: JSON.stringify(answer) });

/** Several calls, words beside a call, a cut-off, an answer that is sent back, a call that fails, then the answer. */
const reading = (answer: unknown): Said[] => [
  { calls: [read("a.js"), list] },
  { text: 'I look for “two”\n— and "2" 😀.', calls: [{ name: "search", args: { pattern: "two", path: "" } }] },
  { text: '{"summary": "It', ended: "length" },
  { calls: [read("nowhere.js")] },
  { text: "It looks fine to me." },
  said(answer),
];

/** The same for who writes: text alone, edits, a finish that does not fit. */
const WRITING: readonly Said[] = [
  { calls: [read("a.js"), list] },
  { text: "I will edit the file now." },
  {
    text: "Now.",
    calls: [{ name: "edit_file", args: { path: "a.js", old_text: "two\n", new_text: "two\nthree\t“3”\n" } }],
  },
  { text: "", ended: "length" },
  { calls: [{ name: "run", args: { command: "npm test" } }, read("nowhere.js")] },
  { calls: [{ name: "finish", args: { ...FINISH, summary: "" } }] },
  { calls: [{ name: "finish", args: FINISH }] },
];

const play = <A>(task: RoleTask<A>, script: readonly Said[]): Play => ({
  name: `${task.role}: ${task.task}`,
  task: task as unknown as RoleTask<never>,
  script,
});

export const PLAYS: readonly Play[] = [
  play(askTask, [{ text: "Let me think." }, said(CLEAR)]),
  play(diagnoseTask, reading(DIAGNOSIS)),
  play(planTask, reading(PLAN)),
  play(implementTask, WRITING),
  play(fixTask, WRITING),
  play(reviewTask, reading(REVIEW)),
  play(verifyTask, reading(REVIEW)),
  play(attackTask, reading(REVIEW)),
  play(settleTask("navigator"), reading(SETTLEMENT)),
];
