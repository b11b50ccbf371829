import type { Question, ToolCall, ToolResult } from "../models/model.ts";
import type { Run } from "./consultation.ts";
import { once } from "./once.ts";
import { meantTool } from "./tool-names.ts";
import type { Desk, ToolOutput } from "./tool.ts";

/** One tool call of a model: found, carried out, counted. What the model gets wrong is a result that tells it so. */
const TURNS_LEFT_TOLD = 3;

export function resultOf(call: ToolCall, output: ToolOutput | undefined): ToolResult {
  return { id: call.id, text: output?.text ?? "", failed: output?.failed ?? true };
}

export async function useTool<A>(run: Run<A>, question: Question, call: ToolCall, index: number): Promise<ToolOutput> {
  const { state } = run;
  const output = await outputOf(run, question, call, index);
  const name =
    meantTool(
      call.name,
      run.tools.map((tool) => tool.spec.name),
    ) ?? "unknown";
  state.toolCalls[name] = (state.toolCalls[name] ?? 0) + 1;
  state.toolFailures += output.failed ? 1 : 0;
  state.toolBytes += Buffer.byteLength(output.text);
  return output;
}

async function outputOf<A>(run: Run<A>, question: Question, call: ToolCall, index: number): Promise<ToolOutput> {
  const { options } = run;
  const meant = meantTool(
    call.name,
    run.tools.map((one) => one.spec.name),
  );
  const tool = run.tools.find((one) => one.spec.name === meant);
  if (!tool || !options.files) {
    const names = run.question.tools.map((one) => one.name).join(", ");
    const text = `There is no tool ${JSON.stringify(call.name.slice(0, 60))}, or it was called twice in one turn. There are: ${names}.`;
    return { text, failed: true };
  }
  const desk: Desk = {
    files: options.files,
    sandbox: options.sandbox,
    resultBytesMax: options.limits.toolResultBytesMax,
    runTimeoutMs: options.limits.runTimeoutMs,
  };
  if (tool.repeat === "same-result") return tool.use(call.args, desk);
  return once(options.journaled, question, { call, index }, () => tool.use(call.args, desk));
}

export function withTurnsLeft(results: readonly ToolResult[], left: number): ToolResult[] {
  if (left > TURNS_LEFT_TOLD) return [...results];
  const told = `\n(${left} turn${left === 1 ? "" : "s"} left: bring it to an end now.)`;
  return results.map((result, index) =>
    index === results.length - 1 ? { ...result, text: result.text + told } : result,
  );
}
