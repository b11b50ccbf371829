import { isDeepStrictEqual } from "node:util";
import { seen } from "../hygiene/seen.ts";
import type { Question, ToolCall, ToolResult } from "../models/model.ts";
import type { Run } from "./consultation.ts";
import { tellTool } from "./doing.ts";
import { REPEATS_TOLD } from "./limits.ts";
import { once, steadyMs } from "./once.ts";
import { resultBytesMax, turnBytesMax } from "./room.ts";
import { meantTool } from "./tool-names.ts";
import { type Workbench, failure, type ToolOutput } from "./tool.ts";
import { FINISH } from "./tools.ts";
import { SHORT_NAME_CHARS_MAX } from "../core/ledger/limits.ts";

/** The tool calls of one turn: found, carried out, counted. What the model gets wrong is a result that tells it so. */
const TURNS_LEFT_TOLD = 3;

export function resultOf(call: ToolCall, output: ToolOutput | undefined): ToolResult {
  return { id: call.id, text: output?.text ?? seen("", "line"), failed: output?.failed ?? true };
}

/** The name of ours that a call means, `finish` included; null for none. */
export function toolMeant<A>(run: Run<A>, call: ToolCall): string | null {
  return meantTool(
    call.name,
    run.question.tools.map((one) => one.name),
  );
}

/**
 * Carries out all calls but `finish`. Limits are looked at between the calls: one turn may ask for forty test runs.
 * @returns null when the consultation was stopped meanwhile
 */
export async function useAll<A>(
  run: Run<A>,
  question: Question,
  calls: readonly ToolCall[],
): Promise<Map<number, ToolOutput> | null> {
  const outputs = new Map<number, ToolOutput>();
  let left = turnBytesMax(run);
  for (const [index, call] of calls.entries()) {
    if (run.options.signal?.aborted) return null;
    if (toolMeant(run, call) === FINISH) continue;
    const bytesMax = resultBytesMax(run.options.limits.toolResultBytesMax, left);
    const output = refusal(run, bytesMax) ?? (await useTool(run, question, call, index, bytesMax));
    left -= Buffer.byteLength(output.text);
    outputs.set(index, output);
  }
  return outputs;
}

/** What `finish` was called with. Of two different ones the first may be a draft of the second: neither counts. */
export function argsOfEnd<A>(run: Run<A>, calls: readonly ToolCall[]): unknown {
  const [first, ...more] = calls.filter((call) => toolMeant(run, call) === FINISH).map(({ args }) => args);
  return more.some((args) => !isDeepStrictEqual(args, first)) ? null : (first ?? null);
}

/** Why a call of this turn is not carried out any more. */
function refusal<A>({ options, state, beganMs }: Run<A>, bytesMax: number): ToolOutput | null {
  const no = (why: string) => failure(`Not carried out: ${why}`);
  if (steadyMs(options.journaled) - beganMs >= options.limits.wallMs) return no("the time of this step is over.");
  if (state.toolBytes >= options.limits.toolBytesMax) return no("this step may get no more tool output.");
  if (bytesMax === 0) return no("this turn's results are as large as they may be. Call it again in the next turn.");
  return null;
}

async function useTool<A>(
  run: Run<A>,
  question: Question,
  call: ToolCall,
  index: number,
  bytesMax: number,
): Promise<ToolOutput> {
  const { state } = run;
  const meant = toolMeant(run, call) ?? "unknown";
  tellTool(run, meant);
  const output = withRepeats(run, call, await outputOf(run, question, call, index, bytesMax));
  state.toolCalls[meant] = (state.toolCalls[meant] ?? 0) + 1;
  state.toolFailures += output.failed ? 1 : 0;
  state.toolBytes += Buffer.byteLength(output.text);
  return output;
}

/** The same call that failed before fails again: the third time the model is told so. */
function withRepeats<A>({ state }: Run<A>, call: ToolCall, output: ToolOutput): ToolOutput {
  if (!output.failed) return output;
  const key = JSON.stringify([call.name, call.args]);
  const times = (state.repeats.get(key) ?? 0) + 1;
  state.repeats.set(key, times);
  if (times < REPEATS_TOLD) return output;
  const told = `This very call has now failed ${times} times. It will fail again: do something else.`;
  return failure(`${output.text}\n(${told})`);
}

type Told = { readonly text: string; readonly failed: boolean };

async function outputOf<A>(
  run: Run<A>,
  question: Question,
  call: ToolCall,
  index: number,
  bytesMax: number,
): Promise<ToolOutput> {
  const { options } = run;
  const meant = toolMeant(run, call);
  const tool = run.tools.find((one) => one.spec.name === meant);
  if (!tool || !options.files) {
    const names = run.question.tools.map((one) => one.name).join(", ");
    return failure(
      `There is no tool ${JSON.stringify(call.name.slice(0, SHORT_NAME_CHARS_MAX))}. There are: ${names}.`,
    );
  }
  const workbench: Workbench = {
    files: options.files,
    sandbox: options.sandbox,
    resultBytesMax: bytesMax,
    runTimeoutMs: options.limits.runTimeoutMs,
    ...(options.signal ? { signal: options.signal } : {}),
  };
  if (tool.repeat === "same-result") return tool.use(call.args, workbench);
  // What the journal kept comes in like anything else: an older version may have written it.
  const kept = await once<Told>(options.journaled, question, { call, index }, () => tool.use(call.args, workbench));
  return { text: seen(kept.text, "code"), failed: kept.failed };
}

export function withTurnsLeft(results: readonly ToolResult[], left: number): ToolResult[] {
  if (left > TURNS_LEFT_TOLD) return [...results];
  const told = `\n(${left} turn${left === 1 ? "" : "s"} left: bring it to an end now.)`;
  return results.map((result, index) =>
    index === results.length - 1 ? { ...result, text: seen(result.text + told, "code") } : result,
  );
}
