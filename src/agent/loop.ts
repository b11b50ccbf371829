import { addSpend, NO_SPEND } from "../core/ledger/entries.ts";
import { seen } from "../hygiene/seen.ts";
import type { Question, Reply, Turn } from "../models/model.ts";
import { answerSchema } from "../roles/answer-schema.ts";
import { checkAnswer } from "./answer.ts";
import { tellAsked, tellTool } from "./doing.ts";
import { judge } from "./judging.ts";
import type { Consultation, ConsultEnd, ConsultOptions, Run, State } from "./consultation.ts";
import {
  CUT_OFFS_IN_ROW_MAX,
  EMPTIES_IN_ROW_MAX,
  OUTPUT_SHARE_MAX,
  OVERFLOWS_MAX,
  reachedLimit,
  REPEATS_MAX,
} from "./limits.ts";
import { spendOf } from "./spend.ts";
import { fittingQuestion, makeRoom } from "./room.ts";
import { argsOfEnd, resultOf, toolMeant, useAll, withTurnsLeft } from "./tool-use.ts";
import { failure } from "./tool.ts";
import { FINISH, specsFor, toolsFor } from "./tools.ts";
import { questionTokens, type Transcript } from "./transcript.ts";
import { steadyMs } from "./once.ts";

/** What a briefing may take of the window, so that a tool loop has room to grow. */
const BRIEFING_SHARE = 0.5;
/** A quarter of it holds a 60,000-character ticket; larger briefings cost more than they help. */
const BRIEFING_TOKENS_MAX = 80_000;
/** Of a cut-off answer as much as the model needs to see what it was about. */
const CUT_OFF_CHARS_KEPT = 2000;

/**
 * One loop for every task of every role. Its history is a plain list of turns, and each question is a function of the
 * briefing and the answers so far: no clock, no chance, no identifier of ours. So a loop that died is simply run
 * again; the journal answers what was already asked, and the first new question is the first one that costs money.
 */
export async function consult<A>(options: ConsultOptions<A>): Promise<Consultation<A>> {
  const run = begin(options);
  for (;;) {
    const end = await takeTurn(run);
    if (end) return { ...end, spend: run.state.spend, transcript: transcriptOf(run.state) };
  }
}

/** @throws when a task with tools gets no files: a bug of the caller */
export function begin<A>(options: ConsultOptions<A>): Run<A> {
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
  return { options, tools, question, state: newState(), beganMs: steadyMs(options.journaled) };
}

function newState(): State {
  const tools = { toolBytes: 0, toolCalls: {}, toolFailures: 0, repeats: new Map<string, number>() };
  const answers = { repairs: 0, repairsInAll: 0, doubts: "untold", gate: "open", idle: 0 } as const;
  return {
    turns: [],
    asked: 0,
    spend: NO_SPEND,
    cutOffs: 0,
    cutOffsInRow: 0,
    emptiesInRow: 0,
    overflows: 0,
    ...tools,
    ...answers,
  };
}

async function takeTurn<A>(run: Run<A>): Promise<ConsultEnd<A> | null> {
  const { state, options } = run;
  if (options.signal?.aborted) return stopped(options);
  const elapsedMs = Math.round(steadyMs(options.journaled) - run.beganMs);
  const used = { turns: state.asked, spend: state.spend, elapsedMs, toolBytes: state.toolBytes };
  const stop = reachedLimit(options.limits, used);
  if (stop) return { outcome: "limit", ...stop };
  const question = fittingQuestion(run);
  const inputTokens = questionTokens(question);
  if (inputTokens + question.outputTokensMax > options.model.contextTokensMax) return tooLarge(inputTokens, options);
  const worst = { inputTokens, outputTokens: question.outputTokensMax };
  const permission = await options.mayAsk(worst, state.spend);
  if (permission.outcome === "denied") return { outcome: "limit", limit: "budget", sentence: permission.sentence };
  const nth = state.asked + 1;
  tellAsked(run, nth);
  const reply = await options.model.ask(question, options.signal, (now) => tellAsked(run, nth, now.outputTokens));
  state.asked += 1;
  if ("usage" in reply) state.spend = addSpend(state.spend, spendOf(reply.usage));
  return dealWith(run, question, reply);
}

function stopped<A>({ model }: ConsultOptions<A>): ConsultEnd<A> {
  return { outcome: "unavailable", sentence: `The work of ${model.name} was stopped.`, retryAfterMs: null };
}

function tooLarge<A>(inputTokens: number, { model }: ConsultOptions<A>): ConsultEnd<A> {
  const sentence = `The question has about ${inputTokens} tokens, which together with the answer is more than ${model.name} takes (${model.contextTokensMax}).`;
  return { outcome: "limit", limit: "context", sentence };
}

async function dealWith<A>(run: Run<A>, question: Question, reply: Reply): Promise<ConsultEnd<A> | null> {
  const name = run.options.model.name;
  if (reply.outcome === "answered") run.state.cutOffsInRow = 0;
  switch (reply.outcome) {
    case "answered":
      return reply.toolCalls.length > 0 ? useTools(run, question, reply) : takeText(run, question, reply);
    case "cut-off":
      return shorter(run, reply);
    case "refused":
      return { outcome: "refused", sentence: `${name} refused to answer: ${reply.reason}` };
    case "unavailable":
      return { outcome: "unavailable", sentence: reply.reason, retryAfterMs: reply.retryAfterMs };
    case "rejected":
      return overflowed(run, reply) ? null : { outcome: "rejected", sentence: reply.reason, status: reply.status };
  }
}

const TOO_LARGE =
  /context.{0,20}(length|window|size)|(prompt|input|request|message).{0,40}(too (long|large|many)|exceed)|maximum.{0,40}tokens/i;

/** Vendors count otherwise than we do. A question that one of them finds too large goes on with less history. */
function overflowed<A>(run: Run<A>, reply: Extract<Reply, { outcome: "rejected" }>): boolean {
  const isOverflow =
    reply.cause === "too-large" ||
    reply.status === 413 ||
    ([400, 422].includes(reply.status) && TOO_LARGE.test(reply.reason));
  if (!isOverflow || run.state.overflows >= OVERFLOWS_MAX) return false;
  run.state.overflows += 1;
  return makeRoom(run, 1);
}

type Answered = Extract<Reply, { outcome: "answered" }>;

function remember(state: State, reply: Pick<Answered, "text" | "toolCalls" | "echo">, next: Turn): null {
  const { text, toolCalls, echo } = reply;
  state.turns.push({ from: "model", text, toolCalls, echo }, next);
  return null;
}

/** Words of ours, which may quote the model, files and what a program printed. */
function told(words: string): Turn {
  return { from: "user", text: seen(words, "code") };
}

const CUT_OFF =
  "Your answer was cut off at the output limit and is lost. Answer again, much shorter: only what matters most, and large files in several smaller edits.";
const UNREAD =
  "What you wrote could not be read as a call or an answer, and is lost. Write it again, with nothing but plain JSON in the arguments, and large files in several smaller edits.";
type CutOff = Extract<Reply, { outcome: "cut-off" }>;

/** The partial answer is no whole turn of its provider's, so nothing of it is echoed but its beginning. */
function shorter<A>({ state, options }: Run<A>, { text: partial, unread }: CutOff): ConsultEnd<A> | null {
  state.cutOffs += 1;
  state.cutOffsInRow += 1;
  if (state.cutOffsInRow >= CUT_OFFS_IN_ROW_MAX) {
    const what = unread ? "wrote what its provider could not read" : "was cut off";
    const sentence = `${options.model.name} ${what} twice in a row${unread ? "" : " at its output limit"}.`;
    return { outcome: "unusable", sentence, problems: [] };
  }
  const begun = partial.slice(0, CUT_OFF_CHARS_KEPT).trim() || "(nothing but thinking)";
  return remember(state, { text: begun, toolCalls: [], echo: null }, told(unread ? UNREAD : CUT_OFF));
}

/** Nothing was said, or the server lost it: that is no answer that has to be put right. */
function nothing<A>({ state, options }: Run<A>, reply: Answered): ConsultEnd<A> | null {
  state.emptiesInRow += 1;
  if (state.emptiesInRow >= EMPTIES_IN_ROW_MAX) {
    const sentence = `${options.model.name} answered with nothing, ${EMPTIES_IN_ROW_MAX} times in a row.`;
    return { outcome: "unusable", sentence, problems: [] };
  }
  return remember(state, reply, told("Your answer was empty. Go on from where you were."));
}

async function takeText<A>(run: Run<A>, question: Question, reply: Answered): Promise<ConsultEnd<A> | null> {
  const { state, options } = run;
  if (reply.text.trim() === "") return nothing(run, reply);
  state.emptiesInRow = 0;
  if (options.task.tools === "write" && (await isAnswer(run, reply.text))) {
    const verdict = await judge(run, reply.text, { question, index: -1 });
    return typeof verdict === "string" ? remember(state, reply, told(verdict)) : verdict;
  }
  if (options.task.tools !== "write") {
    const verdict = await judge(run, reply.text);
    return typeof verdict === "string" ? remember(state, reply, told(verdict)) : verdict;
  }
  state.idle += 1;
  if (state.idle > 1) {
    const sentence = `${options.model.name} neither used a tool nor finished, twice in a row.`;
    return { outcome: "unusable", sentence, problems: [] };
  }
  const text = "Text alone changes nothing here. Go on with a tool, or call `finish` when the work is done.";
  return remember(state, reply, told(text));
}

/** Some models say the arguments of `finish` instead of calling it. */
async function isAnswer<A>({ options }: Run<A>, text: string): Promise<boolean> {
  return (await checkAnswer(options.task, text, options.briefing, options.files)).outcome === "usable";
}

/** Who answers in text may still call the answer: by its own name, or by that of a tool which others have for it. */
function answerCalled<A>(run: Run<A>, { toolCalls }: Answered): string | null {
  const [only, ...more] = toolCalls;
  if (run.options.task.tools === "write" || !only || more.length > 0 || toolMeant(run, only) !== null) return null;
  return JSON.stringify(only.args) ?? null;
}

async function useTools<A>(run: Run<A>, question: Question, reply: Answered): Promise<ConsultEnd<A> | null> {
  const { state, options } = run;
  const said = answerCalled(run, reply);
  if (said !== null && (await isAnswer(run, said)))
    return takeText(run, question, { ...reply, text: said, toolCalls: [] });
  state.idle = 0;
  state.emptiesInRow = 0;
  const outputs = await useAll(run, question, reply.toolCalls);
  if (outputs === null) return stopped(options);
  const finish = reply.toolCalls.findIndex((call) => toolMeant(run, call) === FINISH);
  // `finish` comes last, so that edits sent along with it are in the work that it ends.
  if (finish >= 0) {
    tellTool(run, FINISH);
    const verdict = await judge(run, argsOfEnd(run, reply.toolCalls), { question, index: finish });
    if (typeof verdict !== "string") return verdict;
    outputs.set(finish, failure(verdict));
  }
  if (Math.max(0, ...state.repeats.values()) >= REPEATS_MAX) return repeating(options);
  const results = reply.toolCalls.map((call, index) => resultOf(call, outputs.get(index)));
  return remember(state, reply, {
    from: "tools",
    results: withTurnsLeft(results, options.limits.turnsMax - state.asked),
  });
}

function repeating<A>({ model }: ConsultOptions<A>): ConsultEnd<A> {
  const sentence = `${model.name} sent the same failing call ${REPEATS_MAX} times, also when told that it fails.`;
  return { outcome: "limit", limit: "repetition", sentence };
}

export function transcriptOf(state: State): Transcript {
  const { asked, toolCalls, toolFailures, repairsInAll, cutOffs } = state;
  return { turns: asked, toolCalls, toolFailures, repairs: repairsInAll, cutOffs };
}
