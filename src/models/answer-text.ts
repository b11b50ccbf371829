import { holdsBroken, objectPlaces, objectsIn } from "./balanced.ts";
import { fieldsIn, listIn } from "./lenient.ts";
import { looseJson } from "./loose-json.ts";
import type { AnswerSchema, JsonSchema } from "./model.ts";
import { finalChannel, unsaidIn, withoutThinking } from "./thoughts.ts";

/**
 * What a model said, out of what it sent as text: servers that do not know a model's thinking or channel marks send them
 * along, and models without structured output wrap their JSON in words.
 */
export function saidText(raw: string, answer: AnswerSchema | null): string {
  const said = withoutThinking(finalChannel(raw));
  return answer === null ? said : answerIn(said, answer.schema);
}

/** The last object in a text that fits the schema; the text itself when none does, so that the model is told what it sent. */
function answerIn(text: string, schema: JsonSchema): string {
  const whole = unwrapped(looseJson(text) ?? null);
  if (fits(whole, schema)) return JSON.stringify(whole);
  const open = whole === null && text.trimStart().startsWith("{") ? looseJson(text, "open") : undefined;
  if (open === undefined && holdsBroken(text, new Set(listIn(schema.required)))) return text;
  const candidates = open === undefined ? objectsIn(text).map(unwrapped) : [open];
  const said = outsideThoughts(text);
  const fitting =
    said.findLast((one) => fits(one, schema)) ??
    candidates.findLast((one) => fits(one, schema)) ??
    nearest(said, schema) ??
    nearest(candidates, schema) ??
    inside(candidates, schema);
  return fitting === undefined ? (typeof whole === "string" ? whole : text) : JSON.stringify(fitting);
}

/** Second thoughts stand behind an answer, too, and an answer that quotes such marks begins before them. */
function outsideThoughts(text: string): unknown[] {
  // One that nobody closes goes on to the end; where nothing fits before it, all of it is looked at.
  const unsaid = unsaidIn(text);
  if (unsaid.length === 0) return [];
  const isThought = (at: number) => unsaid.some(({ from, to }) => from < at && at < to);
  return objectPlaces(text).flatMap(({ start, value }) => (isThought(start) ? [] : [unwrapped(value)]));
}

/** JSON that holds JSON as a string, or a list of one. */
function unwrapped(value: unknown): unknown {
  if (typeof value === "string") return looseJson(value) ?? value;
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** `{"answer": {…}}`, `{"arguments": "{…}"}`: models repeat the frame in which they were shown the schema. */
function inside(candidates: readonly unknown[], schema: JsonSchema, depth = 1): unknown {
  const inner = candidates.flatMap((one) => Object.values(fieldsIn(one)).map(unwrapped));
  const found = inner.findLast((one) => fits(one, schema)) ?? nearest(inner, schema);
  return found ?? (depth < FRAMES_MAX ? inside(inner, schema, depth + 1) : undefined);
}
/** `{"tool_calls":[{"function":{"arguments":…}}]}` is the deepest that was seen. */
const FRAMES_MAX = 4;

/** The one with the most of what is due, and of several the last: close enough to be told what is wrong with it. */
function nearest(values: readonly unknown[], schema: JsonSchema): unknown {
  const has = (value: unknown) => listIn(schema.required).filter((key) => Object.hasOwn(fieldsIn(value), String(key)));
  const most = Math.max(1, ...values.map((one) => has(one).length));
  return values.findLast((one) => has(one).length === most);
}

/** As deep as an answer of ours is nested, and some more. */
const DEPTH_MAX = 12;

/** Has a value the shape of a schema? Enough to tell an answer from an example or a plan; zod judges it afterwards. */
function fits(value: unknown, schema: JsonSchema, depth = 0): boolean {
  if (depth > DEPTH_MAX) return true;
  if (Array.isArray(schema.anyOf)) return schema.anyOf.some((one: JsonSchema) => fits(value, one, depth + 1));
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  switch (schema.type) {
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      const properties = fieldsIn(schema.properties);
      const has = (key: string) => Object.hasOwn(value, key);
      return listIn(schema.required).every(
        (key) => has(String(key)) && fits(fieldsIn(value)[String(key)], fieldsIn(properties[String(key)]), depth + 1),
      );
    }
    case "array":
      return Array.isArray(value) && value.every((one) => fits(one, fieldsIn(schema.items), depth + 1));
    case "string":
      return typeof value === "string";
    case "integer":
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "null":
      return value === null;
    default:
      return true;
  }
}
