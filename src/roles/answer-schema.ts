import { z } from "zod";
import type { AnswerSchema, JsonSchema } from "../models/model.ts";

/**
 * A zod schema as the JSON Schema that every provider's strict mode takes: closed objects, every property required,
 * none of the keywords that one of them refuses. Descriptions and limits are left out as well: the role's prompt says what
 * each field holds, once and not with every schema, and a text or list that is a little too long is cut.
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

/** What both Anthropic's and OpenAI's strict mode take. Everything else is left out. */
const KEPT = new Set(["type", "enum", "const"]);

function strictened(node: JsonSchema): JsonSchema {
  const kept: Record<string, unknown> = Object.fromEntries(Object.entries(node).filter(([key]) => KEPT.has(key)));
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
