import { seen } from "../hygiene/seen.ts";
import { DEFAULT_LIMITS, OUTPUT_SHARE_MAX } from "../agent/limits.ts";
import { specsFor, toolsFor } from "../agent/tools.ts";
import { type Check, well, wrong } from "../audit/checkup.ts";
import { environment, loadModels } from "../config.ts";
import type { Abilities, Lesson } from "../models/abilities.ts";
import { resolvePoolEntry } from "../models/catalogue.ts";
import type { Question, Reply } from "../models/model.ts";
import { isSameModel } from "../models/independence.ts";
import type { ReadyEntry } from "../models/doors.ts";
import { modelOf } from "../models/pool.ts";
import { answerSchema } from "../roles/answer-schema.ts";
import { implementTask } from "../roles/implementer.ts";
import { reviewTask } from "../roles/reviewer.ts";

/**
 * Asks each model of the pool exactly what the roles send, once: a writer's tools, a reviewer's answer in its schema, and
 * both in one conversation, with the same limit of output. A server that answers a greeting may still fail at these.
 */
export type ModelCheck = {
  readonly name: string;
  readonly cells: readonly string[];
  /** The settings that spare the refusals of this check. */
  readonly settings: readonly string[];
  /** What to do; null when all is well. */
  readonly next: string | null;
};

const COLUMNS = ["model", "tool call", "answer in schema", "both", "answered by"];
const WRITING = specsFor(implementTask, toolsFor("write", "available"));
const READING = specsFor(reviewTask, toolsFor("read", "available"));
const REVIEW = answerSchema(reviewTask.answerName, reviewTask.answer);
const TIMEOUT_MS = 120_000;
const READ = "read_file";

const asking = (text: string, over: Partial<Question>): Question => ({
  system: "You test a connection. Do exactly what is asked.",
  context: [seen(text, "code")],
  turns: [],
  tools: [],
  answer: null,
  outputTokensMax: DEFAULT_LIMITS.write.outputTokensMax,
  timeoutMs: TIMEOUT_MS,
  ...over,
});
const ANSWER_SO =
  'Answer in the schema: summary "blue", attacked ["sky.txt"], every other list empty, verificationSteps usable "yes" because "exact".';
const CALL = asking(`Call the tool ${READ} with the path sky.txt.`, { tools: WRITING });
const IN_SCHEMA = asking(ANSWER_SO, { answer: REVIEW });
const BOTH = asking(`First call the tool ${READ} with the path sky.txt. ${ANSWER_SO}`, {
  tools: READING,
  answer: REVIEW,
});

export async function checkModels(): Promise<{ readonly checks: Check[]; readonly table: string[] }> {
  const loaded = loadModels(environment());
  if (loaded.outcome === "refused") return { checks: [wrong("models", loaded.sentence, "See above.")], table: [] };
  const found = await Promise.all(loaded.pool.map(checkModel));
  return { checks: found.map(checkOf), table: tableOf(found) };
}

export async function checkModel(entry: ReadyEntry): Promise<ModelCheck> {
  const model = modelOf(entry);
  const limit = Math.min(DEFAULT_LIMITS.write.outputTokensMax, Math.floor(model.contextTokensMax * OUTPUT_SHARE_MAX));
  const ask = (question: Question) => model.ask({ ...question, outputTokensMax: limit });
  const called = await firstCall(ask, model.abilities);
  if (called.outcome === "unavailable" || called.outcome === "rejected")
    return { name: entry.name, cells: ["no", "", "", called.reason], settings: [], next: nextFor(called) };
  const answered = await ask(IN_SCHEMA);
  const both = await callThenAnswer(ask);
  const can = [calls(called), answers(answered), both];
  return {
    name: entry.name,
    cells: [...can.map((one) => (one ? "yes" : "NO")), servedBy(called, model.asks)],
    settings: settingsFor(entry, model.abilities.learnt),
    next: can.every((one) => one) ? null : remedy(can[0] === true),
  };
}

/** A stream that loses its calls teaches that with the first one. */
async function firstCall(ask: Ask, { learnt }: Abilities): Promise<Reply> {
  const known = learnt.length;
  const first = await ask(CALL);
  return first.outcome === "answered" && !calls(first) && learnt.length > known ? ask(CALL) : first;
}

type Ask = (question: Question) => Promise<Reply>;

async function callThenAnswer(ask: Ask): Promise<boolean> {
  const first = await ask(BOTH);
  if (first.outcome !== "answered" || first.toolCalls.length === 0) return false;
  const results = first.toolCalls.map(({ id }) => ({ id, text: seen("The sky is blue.", "line"), failed: false }));
  const { text, toolCalls, echo } = first;
  const turns = [
    { from: "model" as const, text, toolCalls, echo },
    { from: "tools" as const, results },
  ];
  return answers(await ask({ ...BOTH, turns }));
}

function calls(reply: Reply): boolean {
  return reply.outcome === "answered" && reply.toolCalls.some((call) => call.name === READ);
}

function answers(reply: Reply): boolean {
  if (reply.outcome !== "answered") return false;
  try {
    return typeof (JSON.parse(reply.text) as { summary?: unknown }).summary === "string";
  } catch {
    return false;
  }
}

function servedBy(reply: Reply, asked: string | undefined): string {
  const served = "served" in reply ? reply.served : undefined;
  if (served === undefined) return "(not said)";
  return asked === undefined || isSameModel(asked, served) ? served : `${served}, which is another model`;
}

/** What the server refused, as the whole settings that say it beforehand: `lacks` and `capabilities` replace the family's. */
function settingsFor(entry: ReadyEntry, learnt: readonly Lesson[]): string[] {
  const known = resolvePoolEntry(entry);
  const lacks = learnt.flatMap((one) => (one.what === "lacks" ? [one.capability] : []));
  const has = learnt.flatMap((one) => (one.what === "has" ? [one.capability] : []));
  return [
    ...(lacks.length > 0 ? [`"lacks": ${JSON.stringify([...new Set([...known.lacks, ...lacks])])}`] : []),
    ...(has.length > 0 ? [`"capabilities": ${JSON.stringify([...new Set([...known.capabilities, ...has])])}`] : []),
    ...learnt.flatMap(otherSetting),
  ];
}

function otherSetting(lesson: Lesson): string[] {
  switch (lesson.what) {
    case "lacks":
    case "has":
      return [];
    case "unknown-field":
      return [`no "${lesson.field}" in "extraBody"`];
    case "output-limit":
      return [`"outputTokensMax": ${lesson.tokens}`];
    case "nine-char-ids":
      return ['"family": "mistral"'];
    case "base-url":
      return [`"baseUrl": "${lesson.base}"`];
  }
}

function checkOf({ name, cells, settings, next }: ModelCheck): Check {
  const set = settings.length === 0 ? "" : ` It refused something at first. Set ${settings.join(", ")}.`;
  if (next !== null) return wrong(`model ${name}`, `${missing(cells)}.${set}`, next);
  return well(`model ${name}`, `does what the roles ask.${set}`);
}

function missing(cells: readonly string[]): string {
  if (cells[0] === "no") return (cells.at(-1) ?? "").replace(/\.$/, "");
  const lacking = COLUMNS.slice(1, 4).filter((_, index) => cells[index] === "NO");
  return `lacks: ${lacking.join(", ")}`;
}

/** The rows under one another, each column as wide as its widest cell. */
export function tableOf(found: readonly ModelCheck[]): string[] {
  const rows = [COLUMNS, ...found.map(({ name, cells }) => [name, ...cells])];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function nextFor(reply: Extract<Reply, { outcome: "rejected" | "unavailable" }>): string {
  if (reply.outcome === "unavailable") return "Try again later, or check its baseUrl and the network.";
  if (reply.cause === "money") return "Fill the account at the provider.";
  if (reply.cause === "missing") return "Check its baseUrl, and that the account may use this model.";
  if (reply.cause === "barred") return "Have the firewall or proxy let this server through to it, or set HTTPS_PROXY.";
  if (reply.cause === "key") return "Check its key, and that the account may use this model.";
  return "Read what it says; the settings `lacks` and `extraBody` in docs/operations.md change what is sent.";
}

function remedy(canCall: boolean): string {
  if (!canCall)
    return 'Set "lacks": ["tools"] to offer tools in words, or use a model that calls tools; without them no role can read files.';
  return 'Set "lacks": ["answer-schema", "answer-schema-with-tools"] to say the schema in words, or use a larger model.';
}
