import { addSpend, NO_SPEND } from "../core/ledger/entries.ts";
import type { Question, Reply, Turn } from "../models/model.ts";
import { answerSchema } from "../roles/answer-schema.ts";
import { checkAnswer } from "./answer.ts";
import type { Consultation, ConsultEnd, ConsultOptions, Run, State } from "./consultation.ts";
import { reachedLimit } from "./limits.ts";
import { once } from "./once.ts";
import { spendOf } from "./spend.ts";
import type { ToolOutput } from "./tool.ts";
import { resultOf, useTool, withTurnsLeft } from "./tool-use.ts";
import { FINISH, specsFor, toolsFor } from "./tools.ts";
import { dropOldResults, questionTokens, type Transcript } from "./transcript.ts";

/** What a briefing may take of the window, so that a tool loop has room to grow. */
const BRIEFING_SHARE = 0.5;
/** A quarter of it holds a 60,000-character ticket; larger briefings cost more than they help. */
const BRIEFING_TOKENS_MAX = 80_000;
/** Small local models have windows that one answer of the usual size would fill. */
const OUTPUT_SHARE_MAX = 0.25;
/** How much of the window is freed at once, so that the provider's cache is not broken every turn. */
const FREED_SHARE = 0.2;
/** Of a cut-off answer as much as the model needs to see what it was about. */
const CUT_OFF_CHARS_KEPT = 2000;

/**
 * One loop for every task of every role. Its history is a plain list of turns, and each question is a function of the
 * briefing and the answers so far: no clock, no chance, no identifier of ours. So a loop that died is simply run
 * again; the journal answers what was already asked, and the first new question is the first one that costs money.
 */
export async function consult<A>(options: ConsultOptions<A>): Promise<Consultation<A>> {
  const run = begin(options);
  const began = options.journaled.now().getTime();
  for (;;) {
    const elapsedMs = options.journaled.now().getTime() - began;
    const end = await takeTurn(run, elapsedMs);
    if (end) return { ...end, spend: run.state.spend, transcript: transcriptOf(run.state) };
  }
}

/** @throws when a task with tools gets no files: a bug of the caller */
function begin<A>(options: ConsultOptions<A>): Run<A> {
  const { task, model, limits } = options;
  if (task.tools !== "none" && !options.files) throw new Error(`${task.role}.${task.task} needs files`);
  const tools = toolsFor(task.tools, options.sandbox ? "available" : "none");
  const room = Math.min(BRIEFING_TOKENS_MAX, Math.floor(model.contextTokensMax * BRIEFING_SHARE));
  const question = {
    ...task.question(options.briefing, room),
    tools: specsFor(task, tools),
    answer: task.tools === "write" ? null : answerSchema(task.answerName, task.answer),
    outputTokensMax: Math.min(limits.outputTokensMax, Math.floor(model.contextTokensMax * OUTPUT_SHARE_MAX)),
    timeoutMs: limits.timeoutMs,
  };
  const counts = { asked: 0, toolBytes: 0, toolFailures: 0, repairs: 0, repairsInAll: 0, cutOffs: 0, idle: 0 };
  return { options, tools, question, state: { turns: [], spend: NO_SPEND, toolCalls: {}, gate: "open", ...counts } };
}

async function takeTurn<A>(run: Run<A>, elapsedMs: number): Promise<ConsultEnd<A> | null> {
  const { state, options } = run;
  const used = { turns: state.asked, spend: state.spend, elapsedMs, toolBytes: state.toolBytes };
  const stop = reachedLimit(options.limits, used);
  if (stop) return { outcome: "limit", ...stop };
  const question = nextQuestion(run);
  const inputTokens = questionTokens(question);
  if (inputTokens + question.outputTokensMax > options.model.contextTokensMax) return tooLarge(inputTokens, options);
  const worst = { inputTokens, outputTokens: question.outputTokensMax };
  const permission = await options.mayAsk(worst, state.spend);
  if (permission.outcome === "denied") return { outcome: "limit", limit: "budget", sentence: permission.sentence };
  const reply = await options.model.ask(question, options.signal);
  state.asked += 1;
  if ("usage" in reply) state.spend = addSpend(state.spend, spendOf(reply.usage));
  return dealWith(run, question, reply);
}

function nextQuestion<A>(run: Run<A>): Question {
  const { state, options } = run;
  const question = { ...run.question, turns: [...state.turns] };
  const window = options.model.contextTokensMax;
  const excess = questionTokens(question) + question.outputTokensMax - window;
  if (excess <= 0) return question;
  state.turns = dropOldResults(state.turns, excess + Math.floor(window * FREED_SHARE));
  return { ...question, turns: [...state.turns] };
}

function tooLarge<A>(inputTokens: number, { model }: ConsultOptions<A>): ConsultEnd<A> {
  const sentence = `The question has about ${inputTokens} tokens, which together with the answer is more than ${model.name} takes (${model.contextTokensMax}).`;
  return { outcome: "limit", limit: "context", sentence };
}

async function dealWith<A>(run: Run<A>, question: Question, reply: Reply): Promise<ConsultEnd<A> | null> {
  const name = run.options.model.name;
  switch (reply.outcome) {
    case "answered":
      return reply.toolCalls.length > 0 ? useTools(run, question, reply) : takeText(run, reply);
    case "cut-off":
      return shorter(run, reply.text);
    case "refused":
      return { outcome: "refused", sentence: `${name} refused to answer: ${reply.reason}` };
    case "unavailable":
      return { outcome: "unavailable", sentence: reply.reason, retryAfterMs: reply.retryAfterMs };
    case "rejected":
      return { outcome: "rejected", sentence: reply.reason, status: reply.status };
  }
}

type Answered = Extract<Reply, { outcome: "answered" }>;

function remember(state: State, reply: Pick<Answered, "text" | "toolCalls" | "echo">, next: Turn): null {
  const { text, toolCalls, echo } = reply;
  state.turns.push({ from: "model", text, toolCalls, echo }, next);
  return null;
}

/** The partial answer is no whole turn of its provider's, so nothing of it is echoed but its beginning. */
function shorter<A>({ state, options, question }: Run<A>, partial: string): ConsultEnd<A> | null {
  state.cutOffs += 1;
  const room = `${question.outputTokensMax} tokens`;
  if (state.cutOffs > 1) {
    const sentence = `${options.model.name} was cut off twice at its output limit of ${room}.`;
    return { outcome: "unusable", sentence, problems: [] };
  }
  const begun = partial.slice(0, CUT_OFF_CHARS_KEPT).trim() || "(nothing but thinking)";
  const ask = `Your answer was cut off at the output limit of ${room} and is lost. Answer again, much shorter: only what matters most, and large files in several smaller edits.`;
  return remember(state, { text: begun, toolCalls: [], echo: null }, { from: "user", text: ask });
}

async function takeText<A>(run: Run<A>, reply: Answered): Promise<ConsultEnd<A> | null> {
  const { state, options } = run;
  if (options.task.tools !== "write") {
    const verdict = await judge(run, reply.text);
    return typeof verdict === "string" ? remember(state, reply, { from: "user", text: verdict }) : verdict;
  }
  state.idle += 1;
  if (state.idle > 1) {
    const sentence = `${options.model.name} neither used a tool nor finished, twice in a row.`;
    return { outcome: "unusable", sentence, problems: [] };
  }
  const text = "Text alone changes nothing here. Go on with a tool, or call `finish` when the work is done.";
  return remember(state, reply, { from: "user", text });
}

async function useTools<A>(run: Run<A>, question: Question, reply: Answered): Promise<ConsultEnd<A> | null> {
  const { state, options } = run;
  state.idle = 0;
  const outputs = new Map<number, ToolOutput>();
  const finish = options.task.tools === "write" ? reply.toolCalls.findIndex((call) => call.name === FINISH) : -1;
  for (const [index, call] of reply.toolCalls.entries()) {
    if (index === finish) continue;
    outputs.set(index, await useTool(run, question, call, index));
  }
  // `finish` comes last, so that edits sent along with it are in the work that it ends.
  if (finish >= 0) {
    const verdict = await judge(run, reply.toolCalls[finish]?.args ?? null, { question, index: finish });
    if (typeof verdict !== "string") return verdict;
    outputs.set(finish, { text: verdict, failed: true });
  }
  const results = reply.toolCalls.map((call, index) => resultOf(call, outputs.get(index)));
  return remember(state, reply, {
    from: "tools",
    results: withTurnsLeft(results, options.limits.turnsMax - state.asked),
  });
}

/** @returns the end, or the words that send the answer back */
async function judge<A>(
  run: Run<A>,
  raw: unknown,
  finish?: { question: Question; index: number },
): Promise<ConsultEnd<A> | string> {
  const { state, options } = run;
  const checked = await checkAnswer(options.task, raw, options.briefing, options.files);
  const again = state.repairs > 0;
  if (checked.outcome === "unusable")
    return again ? giveUp(options, checked.problems) : sendBack(state, checked.problems);
  if (checked.doubts.length > 0 && !again) return sendBack(state, checked.doubts);
  if (finish && options.gate && state.gate === "open") {
    state.gate = "passed";
    const gate = options.gate;
    const occasion = { gate: finish.index };
    const problems = await once(options.journaled, finish.question, occasion, () => gate(checked.answer));
    state.repairs = 0;
    if (problems.length > 0)
      return `The work is not done yet:\n- ${problems.join("\n- ")}\nMend it, then call \`finish\` again.`;
  }
  return { outcome: "answered", answer: checked.answer, doubts: checked.doubts, facts: checked.facts };
}

function sendBack(state: State, problems: readonly string[]): string {
  state.repairs += 1;
  state.repairsInAll += 1;
  return `Your answer does not fit yet:\n- ${problems.join("\n- ")}\nSend the whole answer again with this put right; keep what was right.`;
}

function giveUp<A>({ model, task }: ConsultOptions<A>, problems: string[]): ConsultEnd<A> {
  const sentence = `${model.name} gave no usable answer as ${task.role} (${task.task}), also when told what did not fit.`;
  return { outcome: "unusable", sentence, problems };
}

function transcriptOf(state: State): Transcript {
  const { asked, toolCalls, toolFailures, repairsInAll, cutOffs } = state;
  return { turns: asked, toolCalls, toolFailures, repairs: repairsInAll, cutOffs };
}
