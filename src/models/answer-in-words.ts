import type { Question } from "./model.ts";
import type { Capability } from "./spec.ts";

/** The system text; for servers that cannot hold a model to a schema, with the schema said in words. */
export function systemText(question: Question, capabilities: readonly Capability[]): string {
  if (!question.answer || capabilities.includes("answer-schema")) return question.system;
  const schema = JSON.stringify(question.answer.schema);
  return `${question.system}\n\nWhen you answer without calling a tool, answer with one JSON object of this JSON Schema, with nothing before or after it:\n${schema}`;
}
