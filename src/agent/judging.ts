import type { Question } from "../models/model.ts";
import { checkAnswer } from "./answer.ts";
import type { ConsultEnd, ConsultOptions, Run, State } from "./consultation.ts";
import { REPAIRS_MAX } from "./limits.ts";
import { once } from "./once.ts";

/** @returns the end, or the words that send the answer back */
export async function judge<A>(
  run: Run<A>,
  raw: unknown,
  finish?: { question: Question; index: number },
): Promise<ConsultEnd<A> | string> {
  const { state, options } = run;
  const checked = await checkAnswer(options.task, raw, options.briefing, options.files);
  const last = state.repairs >= REPAIRS_MAX[options.task.tools];
  if (checked.outcome === "unusable")
    return last ? giveUp(options, checked.problems) : sendBack(state, checked.problems);
  if (checked.doubts.length > 0 && !last && state.doubts === "untold") {
    state.doubts = "told";
    return sendBack(state, checked.doubts);
  }
  if (finish && options.gate && state.gate === "open") {
    state.gate = "passed";
    const gate = options.gate;
    const occasion = { gate: finish.index };
    const problems = await once(options.journaled, finish.question, occasion, () => gate(checked.answer));
    state.repairs = 0;
    state.doubts = "untold";
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
