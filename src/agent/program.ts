import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { addSpend, type Spend } from "../core/ledger/entries.ts";
import { note, noticed, seen } from "../hygiene/seen.ts";
import type { Question, Turn } from "../models/model.ts";
import { strictSchema } from "../roles/answer-schema.ts";
import { decodeText } from "../trees/text.ts";
import type { Blobs } from "../trees/tree.ts";
import type { AgentCall, AgentEnd, AgentJob, AgentWork, CodingAgent } from "../workspace/coding-agent.ts";
import { NOTHING_PREPARED } from "../workspace/preparer.ts";
import type { Consultation, ConsultEnd, ConsultOptions, Run } from "./consultation.ts";
import { judge } from "./judging.ts";
import type { LimitName } from "./limits.ts";
import { begin, transcriptOf } from "./loop.ts";
import { once, recalled, steadyMs } from "./once.ts";
import { type DeniedCall, mayCallOf } from "./program-spend.ts";
import { withItsCharacters } from "./writing-tools.ts";

/**
 * The same consultation as the loop's, with a coding agent in the model's place: one run of a program instead of many
 * turns. Its edits come into the same overlay, its last words are the answer that is judged, and what does not fit yet
 * begins another run on the work as it stands. Each call that it makes is asked for and booked like one of ours.
 */
export type Program = {
  readonly agent: CodingAgent;
  readonly blobs: Blobs;
  /** Writes a call down before the agent sees the end of its answer. @returns what it took */
  readonly book: (call: AgentCall) => Promise<Spend>;
  /** Micro-dollars that earlier processes paid for this round and no entry of the ledger counts yet. */
  readonly paidBefore: () => Promise<number>;
  /** Keeps what the program printed. @returns its hash */
  readonly keep: (transcript: string) => Promise<string>;
};

/** The first writes; each of the others mends one kind of thing: the answer's form, what was doubted, the tests. */
const RUNS_MAX = 4;
/** Less than this is no time for a program to do anything in. */
const RUN_MS_MIN = 1_000;

export async function consultProgram<A>(options: ConsultOptions<A>, program: Program): Promise<Consultation<A>> {
  const run = begin(options);
  const end = await untilDone(run, program);
  return { ...end, spend: run.state.spend, transcript: transcriptOf(run.state) };
}

async function untilDone<A>(run: Run<A>, program: Program): Promise<ConsultEnd<A>> {
  const { options, state } = run;
  let toldOfLeft = false;
  const paidMicroUsd = await program.paidBefore();
  for (let nth = 1; nth <= RUNS_MAX; nth++) {
    const timeoutMs = program.agent.limits.runMs - Math.round(steadyMs(options.journaled) - run.beganMs);
    if (timeoutMs < RUN_MS_MIN) return limit("time", `${program.agent.name} used up its time (\`runMinutesMax\`).`);
    const question = { ...run.question, answer: null, tools: [], turns: [...state.turns] };
    const ran = await runOnce(run, program, question, { nth, timeoutMs, paidMicroUsd });
    const left = [...ran.left, ...(await takeOver(options, program.blobs, ran))];
    if (ran.end.as !== "finished") return endOf(ran, program);
    const verdict = await judge(run, ran.end.message, { question, index: nth });
    if (typeof verdict !== "string" && (left.length === 0 || verdict.outcome !== "answered")) return verdict;
    // An answer may lean on what was not taken: it is told once, and said where it stays so.
    if (typeof verdict !== "string" && (toldOfLeft || nth === RUNS_MAX)) return withLeft(verdict, left);
    toldOfLeft ||= left.length > 0;
    const words = said(
      typeof verdict === "string" ? verdict : "Your answer fits, but not all of your work does.",
      left,
    );
    state.turns.push({ from: "model", text: ran.end.message, toolCalls: [], echo: null });
    state.turns.push({ from: "user", text: seen(words, "code") });
  }
  const sentence = `${program.agent.name} was not done after ${RUNS_MAX} runs, although it was told what was missing.`;
  return { outcome: "unusable", sentence, problems: [] };
}

function said(verdict: string, left: readonly string[]): string {
  return left.length > 0 ? `${verdict}\n\nAlso:\n- ${left.join("\n- ")}` : verdict;
}

function withLeft<A>(end: ConsultEnd<A>, left: readonly string[]): ConsultEnd<A> {
  return end.outcome === "answered" ? { ...end, left } : end;
}

/** As the journal keeps a run: contents by their hash. */
type Kept = Omit<AgentWork, "edits" | "transcript" | "end"> & {
  readonly end: AgentEnd;
  readonly edits: readonly { readonly path: string; readonly sha: string | null }[];
  readonly transcriptSha256: string;
  /** Characters that nobody can see in what it read. */
  readonly names?: readonly string[];
};
type Ran = Kept & { readonly denied: DeniedCall | null };

/** A run that came to its end is never paid for twice: whoever does the step again finds it in the journal. */
async function runOnce<A>(
  run: Run<A>,
  program: Program,
  question: Question,
  { nth, timeoutMs, paidMicroUsd }: { readonly nth: number; readonly timeoutMs: number; readonly paidMicroUsd: number },
): Promise<Ran> {
  const { options, state } = run;
  let denied: Ran["denied"] = null;
  const begun = await takeUpHalves(run, program, question, nth);
  const mayCall = mayCallOf(run, { ...program.agent, paidMicroUsd }, (why) => (denied = why));
  const changes = [...(options.files?.changes() ?? [])].map(([path, change]) => [path, hashOf(change)]);
  const occasion = { agent: program.agent.name, nth, over: sha256(canonicalJson(changes)) };
  const act = async (): Promise<Kept> => {
    const told = begun > 0 ? { ...question, turns: [...question.turns, BEGUN] } : question;
    const job = await jobFor(run, program, told, timeoutMs, mayCall);
    const { result, names } = await noticed(() => program.agent.work(job));
    const { edits, transcript, ...rest } = result;
    const kept = [];
    for (const { path, content } of edits) kept.push({ path, sha: content && (await program.blobs.put(content)) });
    return { ...rest, edits: kept, names, transcriptSha256: await program.keep(transcript) };
  };
  const ran = await once(options.journaled, question, occasion, act, ({ end }) => end.as === "finished");
  if (isHalf(ran)) await once(options.journaled, question, halfOf(program, nth, begun), () => Promise.resolve(ran));
  note(ran.names ?? []);
  state.asked += ran.turns;
  for (const [name, count] of Object.entries(ran.toolCalls))
    state.toolCalls[name] = (state.toolCalls[name] ?? 0) + count;
  return { ...ran, denied };
}

/**
 * A run that ended because this process does is no failure and stands in no entry: what it wrote is kept in the journal,
 * and the next process goes on from there.
 */
function isHalf({ end, edits }: Kept): boolean {
  return end.as === "stopped" && edits.length > 0;
}

function halfOf({ agent }: Program, nth: number, half: number): object {
  return { agent: agent.name, nth, half };
}

/** @returns how many halves of this run there were */
async function takeUpHalves<A>(
  { options }: Run<A>,
  program: Program,
  question: Question,
  nth: number,
): Promise<number> {
  for (let half = 0; ; half++) {
    const kept = await recalled<Kept>(options.journaled, question, halfOf(program, nth, half));
    if (!kept) return half;
    await takeOver(options, program.blobs, kept);
  }
}

const BEGUN: Turn = {
  from: "user",
  text: seen("This work was begun and interrupted: part of it stands in the files. Look at them first.", "line"),
};

function hashOf(change: unknown): string | null {
  const { content } = (change ?? {}) as { content?: Buffer };
  return content ? sha256(content.toString("base64")) : null;
}

async function jobFor<A>(
  { options, state }: Run<A>,
  program: Program,
  question: Question,
  timeoutMs: number,
  mayCall: AgentJob["mayCall"],
): Promise<AgentJob> {
  const prepared = (await options.sandbox?.prepared?.()) ?? NOTHING_PREPARED;
  if (!options.files) throw new Error("A coding agent needs files");
  return {
    ...{ tree: await options.files.tree(), blobs: program.blobs, prompt: promptOf(options, question), timeoutMs },
    ...{ mounts: prepared.mounts, environment: prepared.environment, mayCall },
    onCall: async (call) => {
      state.spend = addSpend(state.spend, await program.book(call));
    },
    ...(options.signal ? { signal: options.signal } : {}),
  };
}

/** Everything a role is told, and what is different for somebody who brings tools of their own. */
function promptOf<A>({ task }: ConsultOptions<A>, { system, context, turns }: Question): string {
  const said = turns.filter((turn) => turn.from === "user").map((turn) => turn.text);
  const schema = JSON.stringify(strictSchema(task.answer));
  return [system, ...context, ...said, `${OWN_TOOLS}\n\n\`\`\`json\n${schema}\n\`\`\``].join("\n\n");
}

const OWN_TOOLS = [
  "## How you work here",
  "",
  "The repository's files are the current folder; edit them there with your own tools. Nobody can answer questions. There is no network, and the packages are installed as far as they can be. Do not commit: the files as they stand when you end become the commit.",
  "",
  "There is no tool `finish`. Instead end with one message that holds its arguments and nothing else: one JSON object in a ```json block, of this schema:",
].join("\n");

/** What it wrote comes in by the same door as a model's edits. @returns what was refused, in words */
async function takeOver<A>({ files }: ConsultOptions<A>, blobs: Blobs, { edits }: Kept): Promise<string[]> {
  if (!files) return [];
  const refused: string[] = [];
  const known = new Set(files.paths());
  // What is gone first: a path that differs in its case only, or is a folder now, has no room before.
  for (const { path, sha } of [...edits].sort((one, other) => Number(one.sha !== null) - Number(other.sha !== null))) {
    const content = sha === null ? null : await blobs.get(sha);
    const text = content && decodeText(content);
    if (content && text === null) refused.push(`${path} was not taken: it is not text.`);
    else if (sha !== null && text === null) refused.push(`${path} was not taken: its content is lost.`);
    else if (text !== null || known.has(path)) {
      const outcome =
        text === null ? await files.remove(path) : await files.write(path, await withItsCharacters(path, text, files));
      if (outcome.outcome === "refused") refused.push(`${path} was not taken: ${outcome.why}`);
    }
  }
  return refused;
}

function limit<A>(name: LimitName, sentence: string): ConsultEnd<A> {
  return { outcome: "limit", limit: name, sentence };
}

function endOf<A>({ end, denied }: Ran, { agent }: Program): ConsultEnd<A> {
  switch (end.as) {
    case "finished":
      throw new Error("A finished run is judged");
    case "denied":
      return denied ? limit(denied.limit, denied.sentence) : limit("budget", `${agent.name} may not go on.`);
    case "out-of-time":
      return limit("time", end.sentence);
    case "stopped":
      return { outcome: "unavailable", sentence: `The work of ${agent.name} was stopped.`, retryAfterMs: null };
    case "failed":
      return { outcome: "unusable", sentence: end.sentence, problems: [] };
    case "not-run":
      return { outcome: "rejected", sentence: end.sentence, status: 0 };
    case "provider":
      return isAway(end.status)
        ? { outcome: "unavailable", sentence: end.sentence, retryAfterMs: null }
        : { outcome: "rejected", sentence: end.sentence, status: end.status ?? 0 };
  }
}

function isAway(status: number | null): boolean {
  return status === null || status === 408 || status === 409 || status === 429 || status >= 500;
}
