import { z } from "zod";
import type { AnswerSchema, JsonSchema } from "../models/model.ts";

/**
 * A zod schema as the JSON Schema that every provider's strict mode takes: closed objects, every property required,
 * none of the keywords that one of them refuses. Zod still checks what was taken out; because a model should know it
 * beforehand, a taken-out limit is said in the description instead.
 */
export function answerSchema(name: string, schema: z.ZodType): AnswerSchema {
  return { name, schema: strictSchema(schema) };
}

/** @throws when the schema is not an object at its root, or uses what strict mode lacks: a bug of ours */
export function strictSchema(schema: z.ZodType): JsonSchema {
  const strict = strictened(z.toJSONSchema(schema, { target: "draft-7", io: "input" }) as JsonSchema);
  if (strict["type"] !== "object") throw new Error("The root of an answer has to be an object");
  return strict;
}

/** What both Anthropic's and OpenAI's strict mode take. Everything else is left out and put in words. */
const KEPT = new Set(["type", "enum", "const", "description"]);

function strictened(node: JsonSchema): JsonSchema {
  const kept: Record<string, unknown> = Object.fromEntries(Object.entries(node).filter(([key]) => KEPT.has(key)));
  const words = [node["description"], ...limitsInWords(node)].filter((one) => typeof one === "string");
  if (words.length > 0) kept["description"] = words.join(" ");
  if (Array.isArray(node["anyOf"])) kept["anyOf"] = node["anyOf"].map((one: JsonSchema) => strictened(one));
  if (node["items"] !== undefined) kept["items"] = strictened(node["items"] as JsonSchema);
  if (node["type"] === "object") Object.assign(kept, closedObject(node));
  else if (!("type" in kept) && !("anyOf" in kept)) throw new Error(`Not for strict mode: ${JSON.stringify(node)}`);
  return kept;
}

function closedObject(node: JsonSchema): JsonSchema {
  const properties = Object.entries((node["properties"] ?? {}) as Record<string, JsonSchema>);
  return {
    properties: Object.fromEntries(properties.map(([key, value]) => [key, strictened(value)])),
    required: properties.map(([key]) => key),
    additionalProperties: false,
  };
}

function limitsInWords(node: JsonSchema): string[] {
  const words: string[] = [];
  const say = (keyword: string, sentence: (value: unknown) => string) => {
    const value = node[keyword];
    if (value !== undefined && value !== Number.MAX_SAFE_INTEGER) words.push(sentence(value));
  };
  say("maxLength", (value) => `At most ${value} characters.`);
  say("minItems", (value) => `At least ${value} item${value === 1 ? "" : "s"}.`);
  say("maxItems", (value) => `At most ${value} items.`);
  say("pattern", (value) => `Matches ${value}.`);
  if (node["minimum"] !== Number.MIN_SAFE_INTEGER) say("minimum", (value) => `At least ${value}.`);
  say("maximum", (value) => `At most ${value}.`);
  return words;
}
