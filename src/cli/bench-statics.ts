import { readFileSync } from "node:fs";
import { consult } from "../agent/loop.ts";
import { DEFAULT_LIMITS } from "../agent/limits.ts";
import { specsFor, toolsFor } from "../agent/tools.ts";
import { questionTokens } from "../agent/transcript.ts";
import { estimateTokens } from "../core/rules/context-budget.ts";
import type { Model, Question, Reply, ToolCall } from "../models/model.ts";
import { attackTask } from "../roles/adversary.ts";
import { answerSchema } from "../roles/answer-schema.ts";
import { planTask } from "../roles/architect.ts";
import { type Briefing, emptyBriefing } from "../roles/briefing.ts";
import { implementTask } from "../roles/implementer.ts";
import { askTask } from "../roles/navigator.ts";
import { reviewTask } from "../roles/reviewer.ts";
import type { RoleTask } from "../roles/task.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import { openOverlay } from "../trees/overlay.ts";

/** What can be counted without a server: by our own estimate of tokens, which is on the high side. */
const TASKS = [askTask, planTask, implementTask, reviewTask, attackTask] as unknown as readonly RoleTask<unknown>[];

type Parts = { readonly fixed: string; readonly context: readonly string[] };

function partsOf(task: RoleTask<unknown>, briefing: Briefing): Parts {
  const { system, context } = task.question(briefing, 80_000);
  const tools = specsFor(task, toolsFor(task.tools, "available"));
  const answer = task.tools === "write" ? null : answerSchema(task.answerName, task.answer);
  return { fixed: JSON.stringify(tools) + system + JSON.stringify(answer), context };
}

/** Prompt, tools and answer schema of each role. */
export function staticTokens(): Record<string, number> {
  const none = emptyBriefing("o/r#1", "feature", "", "");
  return Object.fromEntries(TASKS.map((task) => [task.role, estimateTokens(partsOf(task, none).fixed)]));
}

/** How much of a role's first question two tickets of one repository share from its beginning. */
export function sharedPrefix(): Record<string, number> {
  const ratio = (task: RoleTask<unknown>) => {
    const [one, other] = [1, 2].map((number) => {
      const { fixed, context } = partsOf(task, ticket(number));
      return fixed + context.join("\n\n");
    });
    const [a = "", b = ""] = [one, other];
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return Math.round((same / Math.min(a.length, b.length)) * 1000) / 1000;
  };
  return Object.fromEntries(TASKS.map((task) => [task.role, ratio(task)]));
}

/** A repository with this project's own notes, and a ticket of three sentences. */
function ticket(number: number): Briefing {
  const words = `Ticket ${number}: the list of entries ignores its limit. It should show at most ${number} of them.`;
  const notes = ["ARCHITECTURE.md", "CONTRIBUTING.md"].map((path) => ({
    path,
    text: readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"),
  }));
  const paths = Array.from({ length: 150 }, (_, index) => `src/module-${index % 12}/file-${index}.ts`);
  return { ...emptyBriefing(`o/r#${number}`, "feature", `Limit ${number}`, `${words} A test shows it.`), notes, paths };
}

const FINISH = {
  summary: "s",
  logic: [],
  assumptions: [],
  verification: [],
  limitations: [],
  unplanned: [],
  answers: [],
};
const TOY: readonly [string, unknown][] = [
  ["read_file", { path: "src/add.js", start_line: 1, end_line: 0, start_column: 1 }],
  ["edit_file", { path: "src/add.js", old_text: "a - b", new_text: "a + b" }],
  ["read_file", { path: "src/add.js", start_line: 1, end_line: 0, start_column: 1 }],
  ["finish", FINISH],
];

/** Input tokens of an Implementer's four turns over a repository of two small files. */
export async function toyInputTokens(): Promise<number> {
  const asked: number[] = [];
  const { tree, blobs } = memoryTree([
    ["src/add.js", Buffer.from("export function add(a, b) {\n  return a - b;\n}\n")],
    ["test/add.test.js", Buffer.from('import { add } from "../src/add.js";\n')],
  ]);
  const ask = (question: Question): Promise<Reply> => {
    const [name, args] = TOY[asked.length] ?? ["finish", FINISH];
    asked.push(questionTokens(question));
    const toolCalls: ToolCall[] = [{ id: `c${asked.length}`, name, args }];
    const usage = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, costMicroUsd: 0 };
    return Promise.resolve({ outcome: "answered", text: "", toolCalls, echo: null, usage } as Reply);
  };
  const model: Model = { name: "toy", vendor: "toy", prices: null, contextTokensMax: 200_000, ask };
  const now = () => new Date(0);
  const journal = { find: () => Promise.resolve(null), write: <T>(record: T) => Promise.resolve(record) };
  const sha = "0".repeat(40);
  await consult({
    task: implementTask,
    briefing: { ...emptyBriefing("o/r#1", "bug", "add subtracts", "add(1, 2) is -1."), paths: [...tree.keys()] },
    model,
    limits: DEFAULT_LIMITS.write,
    files: openOverlay({ commitSha: sha, treeSha: sha, tree }, blobs),
    sandbox: null,
    journaled: { journal, scope: { ticket: "o/r#1", step: "toy", attempt: 1 }, now },
    mayAsk: () => ({ outcome: "granted" }),
  });
  return asked.reduce((sum, tokens) => sum + tokens, 0);
}
