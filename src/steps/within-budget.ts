// Held by test/scenarios/budget.test.ts
import type { ConsultOptions } from "../agent/consultation.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";
import type { Model } from "../models/model.ts";
import { type Denial, mayAsk, OUTPUT_TOKENS_MIN } from "./spend-limits.ts";
import type { StepContext } from "./step.ts";

/** A model that is asked within the budgets: with answers no longer than what is left can pay, and not at all below that. */
type Purse = Pick<ConsultOptions<unknown>, "model" | "mayAsk"> & {
  /** Why it was not asked in the end. */
  denial(): Denial | null;
};

/**
 * The limit of an answer is set below the journal, because the same question is the same however much money is left. What
 * was cut off by it is asked again only with room for all of it.
 */
export function withinBudget(context: StepContext, model: Model, answers: "as asked" | "as long as fits"): Purse {
  let denial: Denial | null = null;
  let allowed = Infinity;
  let shortest = answers === "as asked" ? Infinity : OUTPUT_TOKENS_MIN;
  const ask: Model["ask"] = async (question, signal, watch) => {
    const outputTokensMax = Math.min(question.outputTokensMax, allowed);
    const reply = await model.ask({ ...question, outputTokensMax }, signal, watch);
    if (reply.outcome === "cut-off" && outputTokensMax < question.outputTokensMax) shortest = Infinity;
    return reply;
  };
  return {
    model: { ...model, ask },
    mayAsk: async (worst) => {
      const permission = await mayAsk(context, model, worst, shortest);
      if (permission.outcome === "granted") {
        allowed = permission.outputTokens;
        return permission;
      }
      denial = permission;
      return { outcome: "denied", sentence: sentenceFor(permission.because) };
    },
    denial: () => denial,
  };
}
