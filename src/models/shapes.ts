import type { Abilities } from "./abilities.ts";
import type { AnswerSchema, JsonSchema, Question } from "./model.ts";

/** Shapes of a request that are the same on every wire, as far as a server takes them. */
export function mayStream(question: Pick<Question, "tools">, abilities: Abilities): boolean {
  if (!abilities.has("streaming")) return false;
  return question.tools.length === 0 || !abilities.has("tools") || abilities.has("streaming-with-tools");
}

/** A schema of ours without the words that a server does not know. */
export function schemaFor(schema: JsonSchema, abilities: Abilities): JsonSchema {
  return abilities.has("closed-schemas") ? schema : (opened(schema) as JsonSchema);
}

export function answerFor({ answer }: Question, abilities: Abilities): AnswerSchema | null {
  return answer && { ...answer, schema: schemaFor(answer.schema, abilities) };
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, one]) => key !== "additionalProperties" || typeof one !== "boolean");
  return Object.fromEntries(kept.map(([key, one]) => [key, opened(one)]));
}

/** A request without the fields that its server does not know. */
export function without(request: Record<string, unknown>, unknown: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !unknown.has(name)));
}
