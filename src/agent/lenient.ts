import type { JsonSchema } from "../models/model.ts";

/**
 * What a model sent, read the one way in which it can fit the schema: numbers and lists as text, JSON inside a string, a
 * lone item where a list is due, `"null"`, an absent nullable. Nothing is guessed: a value with two readings stays as it
 * is, and the schema's own check then says what is wrong with it.
 */
export function readLeniently(value: unknown, schema: JsonSchema): unknown {
  const choices = schema["anyOf"];
  if (Array.isArray(choices)) return ofChoices(value, choices as JsonSchema[]);
  switch (schema["type"]) {
    case "object":
      return asObject(value, schema);
    case "array":
      return asArray(value, (schema["items"] ?? {}) as JsonSchema);
    case "integer":
    case "number":
      return asNumber(onlyOne(value));
    case "boolean":
      return value === "true" ? true : value === "false" ? false : value;
    case "string":
      return asText(value, schema);
    default:
      return value;
  }
}

function isNullable(schema: JsonSchema): boolean {
  return Array.isArray(schema["anyOf"]) || schema["type"] === undefined;
}

/** Only `X or null` is in use: what is absent, empty or a word for nothing is null where X is not a text. */
function ofChoices(value: unknown, choices: readonly JsonSchema[]): unknown {
  const other = choices.find((one) => one["type"] !== "null");
  if (!other || !choices.some((one) => one["type"] === "null")) return value;
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && NOTHING.test(value)) return null;
  if (value === "" && other["type"] !== "string") return null;
  return readLeniently(value, other);
}

function asObject(value: unknown, schema: JsonSchema): unknown {
  const given = unwrapped(value);
  if (typeof given !== "object" || given === null || Array.isArray(given)) return value;
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const read: Record<string, unknown> = { ...given };
  for (const [key, property] of Object.entries(properties)) {
    const said = Object.hasOwn(read, key) ? key : spelledLike(key, read, properties);
    const one = readLeniently(said === undefined ? undefined : read[said], property);
    // Absent, so that a default of the schema's stands in for it.
    if (one === undefined || one === null) delete read[key];
    if (one !== undefined && (one !== null || isNullable(property))) read[key] = one;
  }
  return read;
}

/** The one name of another spelling: `follow_ups`, `FollowUps`, `follow-ups`. */
function spelledLike(key: string, given: object, properties: object): string | undefined {
  const letters = (name: string) => name.replace(/[\s_-]/g, "").toLowerCase();
  const same = Object.keys(given).filter((one) => letters(one) === letters(key) && !Object.hasOwn(properties, one));
  return same.length === 1 ? same[0] : undefined;
}

/** An object may come as JSON text, also as text within text, or as the only item of a list. */
function unwrapped(value: unknown): unknown {
  let one = value;
  for (let depth = 0; depth < 3 && typeof one === "string"; depth++) one = jsonOr(one, null);
  return Array.isArray(one) && one.length === 1 ? (one[0] as unknown) : one;
}

function asArray(value: unknown, items: JsonSchema): unknown {
  if (value === undefined) return undefined;
  const list = listOf(value, items);
  return Array.isArray(list) ? list.map((item: unknown) => readLeniently(item, items)) : list;
}

function listOf(value: unknown, items: JsonSchema): unknown {
  if (Array.isArray(value)) return value;
  if (value === null || isEmptyObject(value)) return [];
  if (typeof value === "string") {
    if (value.trim() === "" || NOTHING.test(value)) return [];
    const parsed = jsonOr(value, undefined);
    if (typeof parsed === "object") return listOf(parsed, items);
    return items["type"] === "string" ? [value] : value;
  }
  if (isNumbered(value)) return Object.values(value);
  return items["type"] === "object" && typeof value === "object" ? [value] : value;
}

/** Words for nothing where no word is due. */
const NOTHING = /^\s*(?:null|none|undefined|n\/a)\.?\s*$/i;

/** `{"0": …, "1": …}`, or from 1: a list, as languages write it that know only one kind of both. */
function isNumbered(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    [0, 1].some((first) => Object.keys(value).every((key, nth) => key === String(first + nth)))
  );
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function onlyOne(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
}

function asNumber(value: unknown): unknown {
  if (typeof value === "string" && /^\s*(?:(null|none)\s*)?$/i.test(value)) return undefined;
  if (typeof value !== "string" || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return value;
  return Number(value);
}

function asText(value: unknown, schema: JsonSchema): unknown {
  const words = schema["enum"];
  if (Array.isArray(words)) return asWord(onlyOne(value), words as unknown[]);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join("\n");
  // A file's content that is JSON comes as the object itself from some models.
  return typeof value === "object" && value !== null ? `${JSON.stringify(value, null, 2)}\n` : value;
}

function asWord(value: unknown, words: readonly unknown[]): unknown {
  const spelled = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, "-");
  const said = String(value);
  const meant = /^\s*true\s*$/i.test(said) ? "yes" : /^\s*false\s*$/i.test(said) ? "no" : said;
  return (
    words.find((word) => typeof word === "string" && [said, meant].some((one) => spelled(one) === spelled(word))) ??
    value
  );
}

function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}
