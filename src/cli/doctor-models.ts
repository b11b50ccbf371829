import { type Check, well, wrong } from "../audit/checkup.ts";
import { environment, loadModels } from "../config.ts";
import type { Abilities, Lesson } from "../models/abilities.ts";
import type { Question, Reply } from "../models/model.ts";
import { isSameModel } from "../models/patience.ts";
import { modelOf, type ReadyEntry } from "../models/pool.ts";

/**
 * Asks each model of the pool what the roles ask, once: a call of a tool, an answer in a schema, and both in one
 * conversation. A server that answers a greeting may still fail at these.
 */
const TOOL = {
  name: "read_file",
  description: "Reads a file.",
  parameters: {
    type: "object",
    properties: { path: { type: "string" } },
    required: ["path"],
    additionalProperties: false,
  },
};
const ANSWER = {
  name: "colour",
  schema: {
    type: "object",
    properties: { colour: { type: "string" } },
    required: ["colour"],
    additionalProperties: false,
  },
};

/** Enough for a model that thinks before it speaks. */
const OUTPUT_TOKENS_MAX = 2_000;
const TIMEOUT_MS = 60_000;

const asking = (text: string, over: Partial<Question>): Question => ({
  system: "You test a connection. Do exactly what is asked.",
  context: [text],
  turns: [],
  tools: [],
  answer: null,
  outputTokensMax: OUTPUT_TOKENS_MAX,
  timeoutMs: TIMEOUT_MS,
  ...over,
});
const CALL = asking("Call the tool read_file with the path sky.txt.", { tools: [TOOL] });
const IN_SCHEMA = asking("What colour is grass? Answer in the schema.", { answer: ANSWER });
const BOTH = "First call the tool read_file with the path sky.txt. Then answer with the colour that the file names.";

export async function checkModels(): Promise<Check[]> {
  const loaded = loadModels(environment());
  if (loaded.outcome === "refused") return [wrong("models", loaded.sentence, "See above.")];
  return (await Promise.all(loaded.pool.map(checkModel))).flat();
}

export async function checkModel(entry: ReadyEntry): Promise<Check[]> {
  const model = modelOf(entry);
  const name = `model ${entry.name}`;
  const called = await model.ask(CALL);
  if (called.outcome === "unavailable")
    return [wrong(name, called.reason, "Try again later, or check its base URL and the network.")];
  if (called.outcome === "rejected") return [wrong(name, called.reason, nextFor(called))];
  const answered = await model.ask(IN_SCHEMA);
  const both = await callThenAnswer((question) => model.ask(question));
  const can = { "tool call": calls(called), "answer in a schema": answers(answered), "both together": both };
  const cells = Object.entries(can).map(([what, state]) => `${what} ${state ? "yes" : "NO"}`);
  const said = [...cells, ...servedAs(called, entry.model), ...lessonsOf(model.abilities)].join(" · ");
  const lacks = Object.entries(can).find(([, state]) => !state)?.[0];
  return [lacks ? wrong(name, said, remedy(lacks)) : well(name, said)];
}

async function callThenAnswer(ask: (question: Question) => Promise<Reply>): Promise<boolean> {
  const question = asking(BOTH, { tools: [TOOL], answer: ANSWER });
  const first = await ask(question);
  if (first.outcome !== "answered" || first.toolCalls.length === 0) return false;
  const results = first.toolCalls.map(({ id }) => ({ id, text: "The sky is blue.", failed: false }));
  const { text, toolCalls, echo } = first;
  const turns = [
    { from: "model" as const, text, toolCalls, echo },
    { from: "tools" as const, results },
  ];
  return answers(await ask({ ...question, turns }));
}

function calls(reply: Reply): boolean {
  return reply.outcome === "answered" && reply.toolCalls.some((call) => call.name === TOOL.name);
}

function answers(reply: Reply): boolean {
  if (reply.outcome !== "answered") return false;
  try {
    return typeof (JSON.parse(reply.text) as { colour?: unknown }).colour === "string";
  } catch {
    return false;
  }
}

function servedAs(reply: Reply, asked: string): string[] {
  const served = "served" in reply ? reply.served : undefined;
  return served === undefined || isSameModel(asked, served) ? [] : [`answered by ${served}`];
}

/** What the server refused, as the settings that say it beforehand. */
function lessonsOf({ learnt }: Abilities): string[] {
  return learnt.length === 0 ? [] : [`refused something; set ${learnt.map(settingOf).join(", ")}`];
}

function settingOf(lesson: Lesson): string {
  switch (lesson.what) {
    case "lacks":
      return `lacks: [${lesson.capability}]`;
    case "has":
      return `capabilities: [${lesson.capability}]`;
    case "unknown-field":
      return `no ${lesson.field} in extraBody`;
    case "output-limit":
      return `outputTokensMax: ${lesson.tokens}`;
    case "nine-char-ids":
      return "family: mistral";
    case "base-url":
      return `baseUrl: ${lesson.base}`;
  }
}

function nextFor(reply: Extract<Reply, { outcome: "rejected" }>): string {
  if (reply.cause === "money") return "Fill the account at the provider.";
  if (reply.cause === "missing") return "Check its baseUrl, and that the account may use this model.";
  return "Check its key, and that the account may use this model.";
}

function remedy(lacking: string): string {
  if (lacking === "tool call")
    return "Set lacks: [tools] to offer tools in words, or use a model that calls tools; without them no role can read files.";
  return "Set lacks: [answer-schema, answer-schema-with-tools] to say the schema in words, or use a larger model.";
}
