import { fieldsIn, jsonOrNull, listIn, stringIn } from "./lenient.ts";
import { firstObject } from "./balanced.ts";

/** A call as a model meant it: what servers and models add to names and arguments is taken off. */
export type MeantCall = { readonly id: string | null; readonly name: string; readonly args: unknown };

/** What every provider takes as the name of a function. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
/** Prefixes under which models were trained to see functions. */
const NAMESPACE = /^(?:functions?|tools?|default_api|to)[.:/]/;
/** Several calls in one, which OpenAI's models make up when they may call one at a time. */
const PARALLEL = /^(?:multi_tool_use[._])?parallel$/;

/** @returns none when nothing says which tool is meant; several for a call that holds several */
export function meantCalls(call: { id: unknown; name: unknown; args: unknown }): MeantCall[] {
  const id = stringIn(call.id);
  const name = meantName(stringIn(call.name) ?? "");
  const args = meantArgs(call.args);
  if (PARALLEL.test(name) || PARALLEL.test(name.replace("_", "."))) {
    const inner = listIn(fieldsIn(args).tool_uses).map(fieldsIn);
    const calls = inner.flatMap((use) =>
      meantCalls({ id: null, name: use.recipient_name ?? use.name, args: use.parameters ?? use.arguments }),
    );
    if (calls.length > 0) return calls;
  }
  return name === "" ? [] : [{ id, name, args }];
}

/** `functions.read_file<|channel|>commentary json` is `read_file`. */
export function meantName(raw: string): string {
  const bare = (raw.split("<|")[0] ?? "").trim().replace(NAMESPACE, "");
  return bare.replace(/:\d+$/, "");
}

/** A name that may be sent back, whatever the model called. */
export function legalName(name: string): string {
  if (NAME.test(name)) return name;
  return name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64) || "unknown";
}

/** Arguments as a value: an object as it is, text parsed (also twice over); `null` when it is no JSON. */
export function meantArgs(raw: unknown): unknown {
  if (raw === undefined || raw === null) return {};
  if (typeof raw !== "string") return raw;
  const text = raw.trim().replace(/^```(?:json)?\s*|\s*```$/g, "");
  if (text === "") return {};
  const value = jsonOrNull(text) ?? firstObject(text);
  if (typeof value !== "string") return value;
  return jsonOrNull(value) ?? firstObject(value) ?? value;
}

/** What every provider wants to see as the input of a call. */
export function argsObject(args: unknown): Record<string, unknown> {
  if (args === null || args === undefined) return {};
  return typeof args === "object" && !Array.isArray(args) ? (args as Record<string, unknown>) : { value: args };
}
