import { objectPlaces, objectsIn } from "./balanced.ts";
import { fieldsIn, listIn } from "./lenient.ts";
import { looseJson } from "./loose-json.ts";
import type { AnswerSchema, JsonSchema } from "./model.ts";

/**
 * What a model said, out of what it sent as text: servers that do not know a model's thinking or channel marks send them
 * along, and models without structured output wrap their JSON in words.
 */
export function saidText(raw: string, answer: AnswerSchema | null): string {
  const said = withoutThinking(finalChannel(raw));
  return answer === null ? said : answerIn(said, answer.schema);
}

/** `<|channel|>final<|message|>…` of models that were trained on channels; the others are not for us. */
function finalChannel(text: string): string {
  if (!text.includes("<|message|>")) return text;
  const parts = text.split("<|channel|>").slice(1);
  const final = parts.findLast((part) => part.startsWith("final")) ?? parts.at(-1) ?? text;
  return (final.split("<|message|>")[1] ?? final).split(/<\|(?:end|return|call|start)\|>/)[0] ?? "";
}

const THINK_OPEN = /<(think|thinking|thought|reasoning)>/i;
const THINK_CLOSE = /<\/(?:think|thinking|thought|reasoning)>/i;

/** Also where the template swallowed the opening mark, and where the thought never ended. */
export function withoutThinking(text: string): string {
  const opened = THINK_OPEN.exec(text);
  const closed = THINK_CLOSE.exec(text);
  if (closed && (!opened || closed.index < opened.index)) {
    const before = text.slice(0, closed.index);
    // Code and prose may speak of the mark; only a thought stands before it and nothing else.
    return isAnswer(before) ? text : withoutThinking(text.slice(closed.index + closed[0].length).trimStart());
  }
  if (opened?.index !== undefined && isAtStart(text, opened.index)) {
    if (!closed) return "";
    return withoutThinking(text.slice(closed.index + closed[0].length).trimStart());
  }
  return text;
}

function isAtStart(text: string, index: number): boolean {
  return text.slice(0, index).trim() === "";
}

function isAnswer(text: string): boolean {
  return /^\s*(?:```(?:json)?\s*)?[{[]/.test(text);
}

/** The last object in a text that fits the schema; the text itself when none does, so that the model is told what it sent. */
function answerIn(text: string, schema: JsonSchema): string {
  const whole = unwrapped(looseJson(text) ?? null);
  if (fits(whole, schema)) return JSON.stringify(whole);
  const open = whole === null && text.trimStart().startsWith("{") ? looseJson(text, "open") : undefined;
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

/**
 * Second thoughts stand behind an answer, too, and so does what a model without an end says for the user and answers; neither
 * was said. An answer that quotes such marks begins before them.
 */
function outsideThoughts(text: string): unknown[] {
  const thoughts: { from: number; to: number }[] = [];
  for (const open of text.matchAll(
    /<(think|thinking|thought|reasoning)>|\[(think)\]|<(?:\|im_start\||\|start_header_id\||start_of_turn)>user/gi,
  )) {
    if (open.index < (thoughts.at(-1)?.to ?? 0)) continue;
    const close = new RegExp(open[1] ? `</${open[1]}>` : open[2] ? "\\[/think\\]" : "$^", "gi");
    close.lastIndex = open.index;
    // One that nobody closes goes on to the end; where nothing fits before it, all of it is looked at.
    thoughts.push({ from: open.index, to: close.exec(text)?.index ?? text.length });
  }
  if (thoughts.length === 0) return [];
  const isThought = (at: number) => thoughts.some(({ from, to }) => from < at && at < to);
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
