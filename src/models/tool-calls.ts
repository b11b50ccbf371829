import { fieldsIn, jsonOrNull, listIn, stringIn } from "./lenient.ts";
import { objectPlaces, objectsIn, type Place } from "./balanced.ts";
import { looseJson } from "./loose-json.ts";

/** What every provider takes as a tool's name. */
const TOOL_NAME_CHARS_MAX = 64;

/** A call as a model meant it: what servers and models add to names and arguments is taken off. */
export type MeantCall = {
  readonly id: string | null;
  readonly name: string;
  readonly args: unknown;
  /** As it came, where it holds more than the name. */
  readonly raw?: string;
};

/** What every provider takes as the name of a function. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
/** Prefixes under which models were trained to see functions. */
const NAMESPACE = /^(?:functions?|tools?|default_api|to)[.:/]/;
/** Several calls in one, which OpenAI's models make up when they may call one at a time. */
const PARALLEL = /^(?:multi_tool_use[._])?parallel$/;

/** @returns none when nothing says which tool is meant; several for a call that holds several */
export function meantCalls(call: { id: unknown; name: unknown; args: unknown }): MeantCall[] {
  const id = stringIn(call.id);
  const raw = stringIn(call.name) ?? "";
  const whole = callForName(raw, call.args);
  if (whole) return meantCalls({ id, ...whole });
  const name = meantName(raw);
  const several = typeof call.args === "string" && READING.includes(name) ? runTogether(call.args) : [];
  if (several.length > 1) return several.map((args, nth) => ({ id: nth === 0 ? id : null, name, args }));
  const args = meantArgs(call.args);
  if (PARALLEL.test(name) || PARALLEL.test(name.replace("_", "."))) {
    const inner = listIn(fieldsIn(args).tool_uses).map(fieldsIn);
    const calls = inner.flatMap((use) =>
      meantCalls({ id: null, name: use.recipient_name ?? use.name, args: use.parameters ?? use.arguments }),
    );
    if (calls.length > 0) return calls;
  }
  return name === "" ? [] : [{ id, name, args, ...(name === raw ? {} : { raw }) }];
}

/** A whole call in the place of its name, with nothing behind it. */
function callForName(raw: string, args: unknown): { name: unknown; args: unknown } | null {
  if (!/^\s*\{/.test(raw) || !isNothing(args)) return null;
  const { name, arguments: given, parameters } = fieldsIn(jsonOrNull(raw));
  return typeof name === "string" && !name.includes("{") ? { name, args: given ?? parameters } : null;
}

function isNothing(args: unknown): boolean {
  return args === undefined || args === null || args === "" || Object.keys(fieldsIn(meantArgs(args))).length === 0;
}

/**
 * Calls of one tool that a server ran together, because it counts all of a stream as one: whole objects with the same names
 * in them, one right behind the other, that say different things. Where a tool changes something or ends the work, the first
 * may be a draft of the second, and the model is asked which one it means.
 */
function runTogether(text: string): Record<string, unknown>[] {
  const places = objectPlaces(text);
  const [first, ...more] = places;
  const isBehind = (place: Place, before: Place | undefined) => text.slice(before?.end ?? 0, place.start).trim() === "";
  if (!first || more.length === 0 || places.length > TOGETHER_MAX) return [];
  if (!places.every((place, nth) => isBehind(place, places[nth - 1])) || text.slice(places.at(-1)?.end).trim() !== "")
    return [];
  const names = (place: Place) => Object.keys(place.value).sort().join();
  if (names(first) === "" || more.some((place) => names(place) !== names(first))) return [];
  return [...new Map(places.map(({ value }) => [JSON.stringify(value), value])).values()];
}
/** Our tools that only read: whichever of their calls was meant, the others do no harm. */
export const READING: readonly string[] = ["read_file", "search", "list_files"];
/** As many calls as a turn may have. */
const TOGETHER_MAX = 100;

/** `functions.read_file<|channel|>commentary json` is `read_file`. */
function meantName(raw: string): string {
  const bare = (
    raw
      .normalize("NFKC")
      .replace(/^(?:\s*<\|[^|]{0,40}\|>)+/, "")
      .split("<|")[0] ?? ""
  )
    .trim()
    .replace(NAMESPACE, "");
  return bare.replace(/:\d+$/, "");
}

/** The one tool of those that are offered whose name stands in what a model called. */
export function offeredName(raw: string, names: readonly string[]): string | null {
  if (names.includes(raw)) return raw;
  const words = raw.split(/[^A-Za-z0-9_-]+|__/).filter((word) => names.includes(word));
  return new Set(words).size === 1 ? (words[0] ?? null) : null;
}

/** A name that may be sent back, whatever the model called. */
export function legalName(name: string): string {
  if (NAME.test(name)) return name;
  return name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, TOOL_NAME_CHARS_MAX) || "unknown";
}

/** Arguments as a value: an object as it is, text parsed (also twice over); `null` when it is no JSON. */
function meantArgs(raw: unknown): unknown {
  if (raw === undefined || raw === null) return {};
  if (typeof raw !== "string") return raw;
  const text = raw.trim().replace(/^```(?:json)?\s*|(?<!\s)\s*```$/g, "");
  if (text === "") return {};
  const value =
    jsonOrNull(text) ??
    objectIn(text) ??
    jsonOrNull(plainMarks(text)) ??
    jsonOrNull(withoutEscapes(text)) ??
    withBraces(text) ??
    looseJson(text, "open") ??
    null;
  if (typeof value !== "string") return value;
  return meantArgs(value) ?? value;
}

/**
 * One object, or the same again, whatever stands around it, or one in pieces. Two that say different things of one argument
 * are two calls, and nobody knows which.
 */
function objectIn(text: string): Record<string, unknown> | null {
  const all = objectsIn(text).filter((one) => Object.keys(one).length > 0);
  // A draft that says nothing else than what stands beside it.
  const objects = all.filter((one) => !all.some((other) => isWithin(one, other)));
  const spelt = new Set(objects.map((one) => JSON.stringify(one)));
  const keys = objects.flatMap((one) => Object.keys(one));
  if (objects.length > 1 && new Set(keys).size === keys.length)
    return Object.fromEntries(objects.flatMap((one) => Object.entries(one)));
  return spelt.size === 1 ? (objects[0] ?? null) : null;
}

function isWithin(part: Record<string, unknown>, whole: Record<string, unknown>): boolean {
  const entries = Object.entries(part);
  if (entries.length >= Object.keys(whole).length) return false;
  return entries.every(([key, value]) => JSON.stringify(whole[key]) === JSON.stringify(value));
}

/** A template that escapes for web pages wrote the marks of JSON as entities, and everything else with them. */
function plainMarks(text: string): string {
  if (!/^[{[]\s*&(?:quot|#34);/.test(text)) return "";
  return text
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&(?:#39|apos);/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

/** Every quote behind a backslash: what was text of a text lost the quotes around it. */
function withoutEscapes(text: string): string {
  return /^\{\s*\\"/.test(text) ? (stringIn(listIn(jsonOrNull(`["${text}"]`))[0]) ?? "") : "";
}

/** `"path": "a.js", "old_text": …`: a server that puts the braces around a call forgot to. */
function withBraces(text: string): unknown {
  return /^"[A-Za-z_]{1,40}"\s*:/.test(text) ? jsonOrNull(`{${text}}`) : null;
}

/** What every provider wants to see as the input of a call. */
export function argsObject(args: unknown): Record<string, unknown> {
  if (args === null || args === undefined) return {};
  return typeof args === "object" && !Array.isArray(args) ? (args as Record<string, unknown>) : { value: args };
}
