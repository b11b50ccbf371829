// Held by test/scenarios/question.test.ts
import { NO_SPEND } from "../core/ledger/entries.ts";
import { askTask } from "../roles/navigator.ts";
import { consultRole } from "./consult.ts";
import { brief } from "./brief.ts";
import { baseSnapshot } from "./snapshots.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { ticketText } from "./ticket-text.ts";
import { LINE_CHARS_MAX, QUESTIONS_MAX } from "../core/ledger/limits.ts";
import { clearEnough, NO_DESCRIPTION } from "../messages/steps/ask-question.ts";
import { CONFIDENCE_MIN } from "../core/rules/routing/route.ts";

/**
 * The Navigator says whether the ticket is clear enough to plan from, and if not, what to ask. What kind of task it is counts
 * only where the router was guessing: a label, or words that leave no doubt, weigh more than a model's word.
 */
export async function askQuestion(context: StepContext): Promise<StepResult> {
  const text = await ticketText(context);
  // A ticket that says nothing is asked about without paying a model for it.
  if (text && text.body.trim() === "") {
    const questions = [NO_DESCRIPTION];
    return done({ kind: "question_asked", data: { model: "policy", questions, spend: NO_SPEND } });
  }
  const base = await baseSnapshot(context);
  if (base.outcome !== "found") return base;
  const briefing = await brief(context, base.snapshot, []);
  const consulted = await consultRole(context, "navigator", askTask, briefing, { snapshot: base.snapshot });
  if (consulted.outcome !== "answered") return consulted;
  const { answer, model, spend } = consulted;
  const isGuess = context.ticket.route !== null && context.ticket.route.confidence < CONFIDENCE_MIN;
  const type = isGuess && answer.type ? { type: answer.type } : {};
  if (answer.clear === "yes" || answer.questions.length === 0) {
    return done({
      kind: "question_skipped",
      data: { model: model.name, why: clearEnough(type.type ?? null), ...type, spend },
    });
  }
  const questions = answer.questions
    .map((question: string) => question.slice(0, LINE_CHARS_MAX))
    .slice(0, QUESTIONS_MAX);
  return done({ kind: "question_asked", data: { model: model.name, questions, ...type, spend } });
}
