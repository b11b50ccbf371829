import { jsonOrNull } from "./lenient.ts";

/** An answer holds a handful of objects; a text with more braces than this is code. */
const STARTS_MAX = 400;

/** All outermost JSON objects that stand in a text, in order. One pass: each start is scanned once to where it closes. */
export function objectsIn(text: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  let at = text.indexOf("{");
  for (let starts = 0; at >= 0 && starts < STARTS_MAX; starts += 1) {
    const end = closing(text, at);
    const value = end < 0 ? null : jsonOrNull(text.slice(at, end + 1));
    if (value !== null) found.push(value as Record<string, unknown>);
    // A brace of prose that closes nothing must not hide the object behind it.
    at = text.indexOf("{", value === null ? at + 1 : end + 1);
  }
  return found;
}

/** The object that a text begins with, whatever follows it. */
export function firstObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith("{")) return null;
  const end = closing(text, 0);
  return end < 0 ? null : (jsonOrNull(text.slice(0, end + 1)) as Record<string, unknown> | null);
}

/** Where the brace at `from` closes, outside of strings; -1 when it does not. */
function closing(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{") depth += 1;
    else if (char === "}" && --depth === 0) return at;
  }
  return -1;
}
