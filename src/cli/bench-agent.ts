import { seen } from "../hygiene/seen.ts";
import { consult } from "../agent/loop.ts";
import { DEFAULT_LIMITS } from "../agent/limits.ts";
import { journaled } from "../models/journaled.ts";
import type { Model, Question, Turn } from "../models/model.ts";
import { buildModel } from "../models/pool.ts";
import { answerSchema } from "../roles/answer-schema.ts";
import { emptyBriefing } from "../roles/briefing.ts";
import { reviewTask } from "../roles/reviewer.ts";
import { type JournalStore, journalStore } from "../store/journal-store.ts";
import { migrate } from "../store/migrate.ts";
import { openPglite } from "../store/pglite.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import { openOverlay } from "../trees/overlay.ts";
import { type BenchServer, benchServer, type ChatRequest, fileOf } from "./bench-server.ts";
import { sharedPrefix, staticTokens, toyInputTokens } from "./bench-statics.ts";
import { npmCommand } from "./npm-command.ts";
import { print } from "./terminal.ts";

/**
 * What the agent loop costs in time and tokens, beside a floor that only sends the same growing history through the same
 * adapter and SDK. `npm run bench:agent`; the last line is one JSON object.
 */
const TURNS = 60;
const FILE_BYTES = 20_000;
/** Of each kind, one after the other, so that a busy machine disturbs both alike. */
const RUNS = 3;
const EDGE_TURNS = 5;

const ANSWER = {
  summary: "Nothing found.",
  attacked: ["read every file"],
  findings: [],
  followUps: [],
  done: [],
  verificationSteps: { usable: "yes", why: "exact" },
};
const TEXT = `${"x".repeat(79)}\n`.repeat(FILE_BYTES / 80);

function modelAt(url: string, name: string): Model {
  return buildModel({
    ...{ name, model: name, vendor: "bench", api: "openai-chat", baseUrl: url, apiKey: "none", family: null },
    ...{ prices: null, contextTokensMax: 2_000_000, outputTokensMax: 1_000, capabilities: [], lacks: ["streaming"] },
    ...{ extraHeaders: {}, extraBody: {}, firstTokenMs: null, idleMs: 60_000 },
    ...{ apiVersion: null, region: null, project: null },
  });
}

async function floorRun(server: BenchServer, name: string, asked: Omit<Question, "turns">): Promise<number[]> {
  const model = modelAt(server.url, name);
  const turns: Turn[] = [];
  for (;;) {
    const reply = await model.ask({ ...asked, turns });
    if (reply.outcome !== "answered") throw new Error(`The floor's model ended: ${JSON.stringify(reply)}`);
    if (reply.toolCalls.length === 0) return server.gaps(name);
    const { text, toolCalls, echo } = reply;
    const results = toolCalls.map(({ id }) => ({ id, text: seen(TEXT, "code"), failed: false }));
    turns.push({ from: "model", text, toolCalls, echo }, { from: "tools", results });
  }
}

async function agentRun(server: BenchServer, name: string, store: JournalStore): Promise<number[]> {
  const files = Array.from({ length: TURNS }, (_, turn): [string, Buffer] => [fileOf(turn), Buffer.from(TEXT)]);
  const { tree, blobs } = memoryTree(files);
  const now = () => new Date();
  const ticket = "bench/agent#1" as const;
  const scope = { ticket, step: name, attempt: 1 };
  const sha = "0".repeat(40);
  const big = { turnsMax: TURNS + 2, tokensMax: 1e9, toolBytesMax: 1e9 };
  const end = await consult({
    task: reviewTask,
    briefing: emptyBriefing(ticket, "feature", "A ticket", "Its text."),
    model: journaled(modelAt(server.url, name), store as Parameters<typeof journaled>[1], { ...scope, now }),
    limits: { ...DEFAULT_LIMITS.read, ...big },
    files: openOverlay({ commitSha: sha, treeSha: sha, tree }, blobs),
    sandbox: null,
    journaled: { journal: store as Parameters<typeof journaled>[1], scope, now },
    mayAsk: async () => {
      await store.spentOn(ticket);
      await store.spentSince("bench/agent#", new Date(0));
      return { outcome: "granted" };
    },
  });
  if (end.outcome !== "answered") throw new Error(`The agent ended: ${JSON.stringify(end.outcome)}`);
  return server.gaps(name);
}

function appendOnly(requests: readonly ChatRequest[]): boolean {
  return requests.every((request, index) => {
    const before = requests[index - 1];
    if (!before) return true;
    const kept = request.messages.slice(0, before.messages.length);
    return JSON.stringify([kept, request.tools]) === JSON.stringify([before.messages, before.tools]);
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 100) / 100;
}

/** Turn by turn the median of the runs, then what the agent takes above the floor. */
function overhead(agent: readonly number[][], floor: readonly number[][]) {
  const turn = (runs: readonly number[][], at: number) => median(runs.map((run) => run[at] ?? 0));
  const above = Array.from({ length: TURNS }, (_, at) => turn(agent, at) - turn(floor, at));
  const of = (values: readonly number[]) => median(values);
  return { first: of(above.slice(0, EDGE_TURNS)), last: of(above.slice(-EDGE_TURNS)), median: of(above) };
}

npmCommand(
  "bench:agent",
  "What the agent loop costs in time and tokens, beside a loop that only calls the SDK. The last line is one JSON object.",
).parse();
const opened = await openPglite({ at: "memory" });
if (opened.outcome === "refused") throw new Error(opened.sentence);
await migrate(opened.database);
const store = journalStore(opened.database);
const server = await benchServer(TURNS, JSON.stringify(ANSWER));
const asked = {
  ...reviewTask.question(emptyBriefing("bench/agent#1", "feature", "A ticket", "Its text."), 80_000),
  ...{ tools: [], answer: answerSchema(reviewTask.answerName, reviewTask.answer) },
  ...{ outputTokensMax: 1_000, timeoutMs: 60_000 },
};
const floor: number[][] = [];
const agent: number[][] = [];
for (let run = 0; run < RUNS; run++) {
  floor.push(await floorRun(server, `floor-${run}`, asked));
  agent.push(await agentRun(server, `agent-${run}`, store));
}
print(
  `${TURNS} turns of ${FILE_BYTES} bytes, ${RUNS} runs each; milliseconds a turn above a loop that only calls the SDK.`,
  JSON.stringify({
    overheadMsPerTurn: overhead(agent, floor),
    staticTokens: staticTokens(),
    toyInputTokens: await toyInputTokens(),
    sharedPrefix: sharedPrefix(),
    appendOnly: agent.every((_, run) => appendOnly(server.requests(`agent-${run}`))),
  }),
);
server.close();
await opened.database.close();
