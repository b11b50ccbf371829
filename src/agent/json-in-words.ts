import { holdsBroken, objectPlaces } from "../models/balanced.ts";
import { looseJson, looseObjectAt } from "../models/loose-json.ts";

/**
 * The JSON objects that stand in what a model said: bare, in a code fence, between sentences, behind its thinking, or as
 * JSON text in a JSON text. Time is linear but for starts that lead nowhere, and of those only so many are followed.
 */
const STARTS_MAX = 100;
const NONE: ReadonlySet<unknown> = new Set();

/**
 * @param fields of the answer that is due
 * @returns every object that was found, in the order in which it was said; none where an answer with these fields broke
 */
export function objectsIn(text: string, fields: ReadonlySet<unknown> = NONE): unknown[] {
  const spoken = unquoted(withoutThinking(text));
  if (looseJson(spoken) === undefined && holdsBroken(spoken, fields)) return [];
  const found = objectsOf(spoken);
  return found.length > 0 || spoken === text ? found : objectsOf(text);
}

/**
 * Thinking that a server leaves in the text, closed or only its end; and the channel marks of open-weight models. What stands in
 * the texts of an object is quoted, and ends nothing.
 */
function withoutThinking(text: string): string {
  const last = Math.max(...["</think>", "</thinking>", "</reasoning>"].map((mark) => endOf(text, mark)));
  const spoken = last > 0 && /\S/.test(text.slice(last)) ? text.slice(last) : text;
  const channel = endOf(spoken, "<|message|>");
  return channel > 0 ? spoken.slice(channel) : spoken;
}

function endOf(text: string, mark: string): number {
  let at = text.lastIndexOf(mark);
  const objects = at < 0 ? [] : objectPlaces(text);
  while (objects.some(({ start, end }) => start < at && at < end)) at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1);
  return at < 0 ? 0 : at + mark.length;
}

/** Every line behind the mark of a quote, or every quote behind a backslash. */
function unquoted(text: string): string {
  if (/^> ?\{/.test(text) && text.split("\n").every((line) => line.startsWith(">"))) return text.replace(/^> ?/gm, "");
  if (!/^\s*\{\s*\\"/.test(text)) return text;
  const whole = looseJson(`["${text.trim()}"]`);
  return Array.isArray(whole) && typeof whole[0] === "string" ? whole[0] : text;
}

function objectsOf(text: string): unknown[] {
  const whole = looseJson(text);
  if (typeof whole === "string") return whole === text ? [] : objectsOf(whole);
  if (typeof whole === "object" && whole !== null) return Array.isArray(whole) ? (whole as unknown[]) : [whole];
  const found: unknown[] = [];
  let starts = 0;
  for (let at = text.indexOf("{"); at >= 0 && starts < STARTS_MAX; at = text.indexOf("{", at)) {
    const object = looseObjectAt(text, at);
    if (object) found.push(object.value);
    else starts += 1;
    at = object ? object.end : at + 1;
  }
  return found;
}
