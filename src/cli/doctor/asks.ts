import { seen } from "../../hygiene/seen.ts";
import { bestReading } from "../../agent/answer.ts";
import { DEFAULT_LIMITS, OUTPUT_SHARE_MAX } from "../../agent/limits.ts";
import { specsFor, toolsFor } from "../../agent/tools.ts";
import type { Abilities } from "../../models/abilities.ts";
import type { Model, Question, Reply } from "../../models/model.ts";
import { answerSchema } from "../../roles/answer-schema.ts";
import { implementTask } from "../../roles/implementer.ts";
import { reviewTask } from "../../roles/reviewer.ts";

/**
 * Exactly what the roles send, once: a writer's tools, a reviewer's answer in its schema, and both in one conversation, with the
 * same limit of output. A server that answers a greeting may still fail at these.
 */
export type Did = { readonly call: Could; readonly answer: Could; readonly both: Could };
/** `unknown`: what came between says nothing of the model. */
export type Could = "yes" | "no" | "unknown";
export type Trouble = Extract<Reply, { outcome: "unavailable" | "rejected" }>;
export type Deeds = {
  readonly did: Did;
  /** The first answer that was none. */
  readonly trouble: Trouble | null;
  readonly served: string | undefined;
};

const WRITING = specsFor(implementTask, toolsFor("write", "available"));
const READING = specsFor(reviewTask, toolsFor("read", "available"));
const REVIEW = answerSchema(reviewTask.answerName, reviewTask.answer);
/** So long the first word is waited for, where the entry says nothing else. */
export const FIRST_WORD_MS = 120_000;
const READ = "read_file";

const asking = (text: string, over: Partial<Question>): Question => ({
  system: seen("You test a connection. Do exactly what is asked.", "line"),
  context: [seen(text, "code")],
  turns: [],
  tools: [],
  answer: null,
  outputTokensMax: DEFAULT_LIMITS.write.outputTokensMax,
  timeoutMs: FIRST_WORD_MS,
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

export async function deedsOf(model: Model & { readonly abilities: Abilities }): Promise<Deeds> {
  const limit = Math.min(DEFAULT_LIMITS.write.outputTokensMax, Math.floor(model.contextTokensMax * OUTPUT_SHARE_MAX));
  let trouble: Trouble | null = null;
  let served: string | undefined;
  const ask = async (question: Question): Promise<Reply> => {
    const reply = await model.ask({ ...question, outputTokensMax: limit });
    if (reply.outcome === "unavailable" || reply.outcome === "rejected") trouble ??= reply;
    else served ??= reply.served;
    return reply;
  };
  const call = could(await firstCall(ask, model.abilities), calls);
  // Whoever is not there, or takes no key, is not asked three times.
  if (call === "unknown") return { did: { call, answer: "unknown", both: "unknown" }, trouble, served };
  const answer = could(await ask(IN_SCHEMA), answers);
  const both = answer === "unknown" ? "unknown" : await callThenAnswer(ask);
  return { did: { call, answer, both }, trouble, served };
}

type Ask = (question: Question) => Promise<Reply>;

function could(reply: Reply, did: (reply: Reply) => boolean): Could {
  if (reply.outcome === "unavailable") return "unknown";
  // A form of request that is turned down is something that it cannot do.
  if (reply.outcome === "rejected" && reply.cause !== "request" && reply.cause !== "too-large") return "unknown";
  return did(reply) ? "yes" : "no";
}

/** A stream that loses its calls teaches that with the first one. */
async function firstCall(ask: Ask, { learnt }: Abilities): Promise<Reply> {
  const known = learnt.length;
  const first = await ask(CALL);
  return first.outcome === "answered" && !calls(first) && learnt.length > known ? ask(CALL) : first;
}

async function callThenAnswer(ask: Ask): Promise<Could> {
  const first = await ask(BOTH);
  if (first.outcome !== "answered" || first.toolCalls.length === 0) return could(first, () => false);
  const results = first.toolCalls.map(({ id }) => ({ id, text: seen("The sky is blue.", "line"), failed: false }));
  const { text, toolCalls, echo } = first;
  const turns = [
    { from: "model" as const, text, toolCalls, echo },
    { from: "tools" as const, results },
  ];
  return could(await ask({ ...BOTH, turns }), answers);
}

function calls(reply: Reply): boolean {
  return reply.outcome === "answered" && reply.toolCalls.some((call) => call.name === READ);
}

function answers(reply: Reply): boolean {
  return reply.outcome === "answered" && bestReading(reviewTask, reply.text)?.success === true;
}
