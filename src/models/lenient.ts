import { objectPlaces, type Place } from "./balanced.ts";
import { looseJson } from "./loose-json.ts";

/**
 * Values as servers really send them. Everything that can mean one thing only is taken for that thing; what cannot is
 * `null`, and the caller decides.
 */
export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields, or none. */
export function fieldsIn(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Text that may come as a string, as a list of parts, or as one part. Parts of thinking are no text. */
export function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textIn).join("");
  const part = fieldsIn(value);
  if (typeof part.type === "string" && !TEXT_PARTS.includes(part.type)) return "";
  return typeof part.text === "object" ? textIn(fieldsIn(part.text).value) : textIn(part.text ?? "");
}
const TEXT_PARTS = ["text", "output_text", "input_text"];

/** A count of tokens: whole, not negative; `null` when it says nothing. */
export function countIn(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 && number <= COUNT_MAX
    ? Math.ceil(number)
    : null;
}
/** No request of any model has a billion tokens: a larger number counts something else. */
const COUNT_MAX = 1_000_000_000;

export function stringIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

/** Of bodies and of texts that should be JSON, or nearly: gateways written in other languages put `NaN` or a last comma. */
export function jsonOrNull(text: string): unknown {
  return looseJson(text) ?? null;
}

/**
 * A body as text. Marks that proxies write before it (`)]}',`) say nothing, and neither does what they write behind it, or the
 * same body once more; one that is not whole is none. Words before it are an error's, and what they quote is no body.
 */
export function bodyIn(text: string): unknown {
  const whole = jsonOrNull(text);
  if (whole !== null) return whole;
  const places = objectPlaces(text);
  const [first, ...more] = places;
  const isSame = ({ value }: Place) => JSON.stringify(value) === JSON.stringify(first?.value);
  return first && !/[\p{L}{]/u.test(text.slice(0, first.start)) && more.every(isSame) ? first.value : null;
}

/** What gateways put around the body of an API: text of JSON, a list of one, or a field of a record of their own. */
const FRAMES = ["data", "result", "response", "body", "output"];

/** A body, and what stands in its frame. */
export function unframed(body: unknown): unknown[] {
  if (typeof body === "string") return [body, jsonOrNull(body)];
  if (Array.isArray(body)) return body.length === 1 ? [body, body[0]] : [body];
  const record = fieldsIn(body);
  const inner = FRAMES.map((name) => {
    const framed = record[name];
    return fieldsIn(typeof framed === "string" && framed.trimStart().startsWith("{") ? jsonOrNull(framed) : framed);
  }).filter((one) => Object.keys(one).length > 0);
  // What was counted stands beside the frame of some.
  return [body, ...inner.map((one) => (record.usage === undefined ? one : { usage: record.usage, ...one }))];
}
