import type { Journal, JournalRecord } from "../models/journal.ts";
import type { Model, Question, Reply, ToolCall, Usage } from "../models/model.ts";
import { emptyBriefing } from "../roles/briefing.ts";
import type { FinishAnswer } from "../roles/implementer.ts";
import { blobSha } from "../trees/blob-sha.ts";
import { openOverlay } from "../trees/overlay.ts";
import type { RunResult, Sandbox } from "../workspace/sandbox.ts";
import type { ConsultOptions } from "./consultation.ts";
import { DEFAULT_LIMITS } from "./limits.ts";

/** Models and the sandbox are outside; here they are plain values that say what they are told to. */
export const USAGE: Usage = {
  inputTokens: 10,
  cachedInputTokens: 2,
  cacheWriteTokens: 1,
  outputTokens: 5,
  costMicroUsd: 7,
};
export const say = (value: unknown): Reply => answered(typeof value === "string" ? value : JSON.stringify(value), []);
export const call = (...calls: [name: string, args: unknown][]): Reply =>
  answered(
    "",
    calls.map(([name, args], index): ToolCall => ({ id: `c${index}`, name, args })),
  );
const answered = (text: string, toolCalls: ToolCall[]): Reply => ({
  outcome: "answered",
  text,
  toolCalls,
  echo: null,
  usage: USAGE,
});

/** What the outside saw; `reset` before each test. */
export const seen = { asked: [] as Question[], runs: [] as string[] };
let records = new Map<string, JournalRecord>();
export function reset(): void {
  Object.assign(seen, { asked: [], runs: [] });
  records = new Map();
}

export function modelThatSays(replies: readonly Reply[], contextTokensMax = 200_000): Model {
  const ask = (question: Question) => {
    seen.asked.push(structuredClone(question));
    const reply = replies[Math.min(seen.asked.length, replies.length) - 1];
    return Promise.resolve(reply ?? { outcome: "rejected" as const, reason: "no more", status: 400 });
  };
  return { name: "test-model", vendor: "test", prices: null, contextTokensMax, ask };
}

export const journal: Journal = {
  find: (hash) => Promise.resolve(records.get(hash) ?? null),
  write: (record) => {
    if (!records.has(record.hash)) records.set(record.hash, record);
    return Promise.resolve(records.get(record.hash) ?? record);
  },
};

export const sandbox: Sandbox = {
  driver: "bubblewrap",
  version: "bubblewrap 0.8.0",
  run: ({ command }) => {
    seen.runs.push(command);
    const result: RunResult = { outcome: "exited", exitCode: 0, output: `run ${seen.runs.length}`, durationMs: 1 };
    return Promise.resolve(result);
  },
};

const SHA = "0".repeat(40);
export function files(contents: Record<string, string> = { "a.js": "one\ntwo\n", "test/a.test.js": "t\n" }) {
  const store = new Map<string, Buffer>();
  const put = (content: Buffer) => {
    const sha = blobSha(content);
    store.set(sha, content);
    return sha;
  };
  const tree = new Map(
    Object.entries(contents).map(([path, text]) => {
      const content = Buffer.from(text);
      return [path, { mode: "100644" as const, sha: put(content), sizeBytes: content.length }];
    }),
  );
  const blobs = {
    get: (sha: string) => Promise.resolve(store.get(sha) ?? null),
    put: (b: Buffer) => Promise.resolve(put(b)),
  };
  return { overlay: openOverlay({ commitSha: SHA, treeSha: SHA, tree }, blobs), blobs };
}

export const briefing = emptyBriefing("o/r#1", "feature", "Title", "Body");
export function options<A>(
  task: ConsultOptions<A>["task"],
  model: Model,
  over: Partial<ConsultOptions<A>> = {},
): ConsultOptions<A> {
  const { overlay, blobs } = files();
  return {
    task,
    briefing,
    model,
    limits: DEFAULT_LIMITS[task.tools],
    files: overlay,
    sandbox: { sandbox, blobs },
    journaled: {
      journal,
      scope: { ticket: "o/r#1", step: task.task, attempt: 1 },
      now: () => new Date(0),
      steady: () => 0,
    },
    mayAsk: () => ({ outcome: "granted" }),
    ...over,
  };
}

export const CLEAR = { clear: "yes", questions: [] };
export const FINISH: FinishAnswer = {
  summary: "s",
  logic: [],
  assumptions: [],
  verification: [],
  limitations: [],
  unplanned: [],
  answers: [],
};
export const EDIT: [string, unknown] = ["edit_file", { path: "a.js", old_text: "two", new_text: "2" }];
export const REVIEW = {
  summary: "s",
  attacked: ["empty input"],
  findings: [],
  followUps: [],
  done: [],
  verificationSteps: { usable: "yes", why: "exact" },
};
export const lastText = (question: Question | undefined) => JSON.stringify(question?.turns.at(-1));
