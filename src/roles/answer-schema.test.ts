import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import type { JsonSchema } from "../models/model.ts";
import { attackTask } from "./adversary.ts";
import { answerSchema, strictSchema } from "./answer-schema.ts";
import { planTask } from "./architect.ts";
import { fixTask, implementTask } from "./implementer.ts";
import { askTask } from "./navigator.ts";
import { diagnoseTask, reviewTask, verifyTask } from "./reviewer.ts";
import { settleTask } from "./settle.ts";

const TASKS = [
  askTask,
  planTask,
  implementTask,
  fixTask,
  diagnoseTask,
  reviewTask,
  verifyTask,
  attackTask,
  settleTask("architect"),
];
const ALLOWED = [
  "type",
  "enum",
  "const",
  "description",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "anyOf",
];

/** What OpenAI's strict mode and Anthropic's output format both demand of every node. */
function violations(node: JsonSchema, at = "$"): string[] {
  const own = Object.keys(node)
    .filter((key) => !ALLOWED.includes(key))
    .map((key) => `${at}: ${key}`);
  if (node["type"] === "object") {
    const properties = node["properties"] as Record<string, JsonSchema>;
    if (node["additionalProperties"] !== false) own.push(`${at}: open`);
    if (String(node["required"]) !== String(Object.keys(properties))) own.push(`${at}: optional property`);
    for (const [key, value] of Object.entries(properties)) own.push(...violations(value, `${at}.${key}`));
  }
  if (node["items"]) own.push(...violations(node["items"] as JsonSchema, `${at}[]`));
  for (const one of (node["anyOf"] ?? []) as JsonSchema[]) own.push(...violations(one, `${at}|`));
  return own;
}

describe("answer schema", () => {
  it.each(TASKS)("$role.$task fits every provider's strict mode", (task) => {
    const { name, schema } = answerSchema(task.answerName, task.answer);
    expect(name).toMatch(/^[a-z_]+$/);
    expect(schema["type"]).toBe("object");
    expect(violations(schema)).toEqual([]);
  });

  it("says nothing that the prompt says, nor a limit that code enforces", () => {
    const schema = strictSchema(
      z.object({ a: z.string().max(9).describe("A name."), b: z.array(z.number().int().min(1)).min(1).max(3) }),
    );
    expect(schema["properties"]).toEqual({ a: { type: "string" }, b: { type: "array", items: { type: "integer" } } });
  });

  it("refuses what strict mode cannot hold", () => {
    expect(() => strictSchema(z.object({ a: z.any() }))).toThrow("strict mode");
    expect(() => strictSchema(z.string())).toThrow("root");
  });
});
