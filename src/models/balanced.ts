import { looseJson, looseObjectAt } from "./loose-json.ts";

/** An answer holds a handful of objects; a text with more braces than this is code. */
const STARTS_MAX = 400;
/** Of those that lead nowhere, each may cost the whole rest of the text. */
const SCANNED_CHARS_MAX = 20_000_000;

export type Place = { readonly value: Record<string, unknown>; readonly start: number; readonly end: number };

/** All outermost JSON objects that stand in a text, in order, and where. Each start is scanned once to where it closes. */
export function objectPlaces(text: string): Place[] {
  const found: Place[] = [];
  let left = SCANNED_CHARS_MAX;
  let at = text.indexOf("{");
  for (let starts = 0; at >= 0 && starts < STARTS_MAX && left > 0; starts += 1) {
    const place = objectAt(text, at);
    if (place) found.push(place);
    else left -= text.length - at;
    // A brace of prose that closes nothing must not hide the object behind it.
    at = text.indexOf("{", place ? place.end : at + 1);
  }
  return found;
}

export function objectsIn(text: string): Record<string, unknown>[] {
  return objectPlaces(text).map(({ value }) => value);
}

/** A brace and the field behind it, in whichever quotes. */
const BEGUN = /\{\s*["'“‘]?(\w+)["'”’]?\s*:/g;

/**
 * Whether an object with one of these fields began that nobody can read: an answer that was cut off, or has a quote within a text. What
 * stands in such a one may be what it quotes, and is not for anybody to take for the answer.
 */
export function holdsBroken(text: string, fields: ReadonlySet<unknown>): boolean {
  const places = objectPlaces(text);
  const isWhole = (at: number) => places.some(({ start, end }) => start <= at && at < end);
  return [...text.matchAll(BEGUN)].some((begun) => fields.has(begun[1]) && !isWhole(begun.index));
}

function objectAt(text: string, start: number): Place | null {
  const close = text[start] === "{" ? closing(text, start) : -1;
  const whole = close < 0 ? null : (looseJson(text.slice(start, close + 1)) ?? null);
  if (whole !== null) return { value: whole as Record<string, unknown>, start, end: close + 1 };
  const loose = looseObjectAt(text, start);
  return loose && { value: loose.value as Record<string, unknown>, start, end: loose.end };
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
