import { fieldsIn, jsonOrNull, listIn, stringIn } from "./lenient.ts";
import { objectsIn } from "./balanced.ts";
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
  const name = meantName(raw);
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

/** `functions.read_file<|channel|>commentary json` is `read_file`. */
function meantName(raw: string): string {
  const bare = (raw.replace(/^(?:\s*<\|[^|]{0,40}\|>)+/, "").split("<|")[0] ?? "").trim().replace(NAMESPACE, "");
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
  const objects = objectsIn(text).filter((one) => Object.keys(one).length > 0);
  const spelt = new Set(objects.map((one) => JSON.stringify(one)));
  const keys = objects.flatMap((one) => Object.keys(one));
  if (objects.length > 1 && new Set(keys).size === keys.length)
    return Object.fromEntries(objects.flatMap((one) => Object.entries(one)));
  return spelt.size === 1 ? (objects[0] ?? null) : null;
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

/** `"path": "a.js", "old_text": …`: a server that puts the braces around a call forgot to. */
function withBraces(text: string): unknown {
  return /^"[A-Za-z_]{1,40}"\s*:/.test(text) ? jsonOrNull(`{${text}}`) : null;
}

/** What every provider wants to see as the input of a call. */
export function argsObject(args: unknown): Record<string, unknown> {
  if (args === null || args === undefined) return {};
  return typeof args === "object" && !Array.isArray(args) ? (args as Record<string, unknown>) : { value: args };
}
