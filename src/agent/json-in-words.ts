/**
 * The JSON objects that stand in what a model said: bare, in a code fence, between sentences, behind its thinking, or as
 * JSON text in a JSON text. Time is linear but for starts that lead nowhere, and of those only so many are followed.
 */
const STARTS_MAX = 100;

/** @returns every object that was found, in the order in which it was said */
export function objectsIn(text: string): unknown[] {
  const spoken = withoutThinking(text);
  const found = objectsOf(spoken);
  return found.length > 0 || spoken === text ? found : objectsOf(text);
}

/** Thinking that a server leaves in the text, closed or only its end; and the channel marks of open-weight models. */
function withoutThinking(text: string): string {
  const last = Math.max(...["</think>", "</thinking>", "</reasoning>"].map((mark) => endOf(text, mark)));
  const spoken = last > 0 && /\S/.test(text.slice(last)) ? text.slice(last) : text;
  const channel = endOf(spoken, "<|message|>");
  return channel > 0 ? spoken.slice(channel) : spoken;
}

function endOf(text: string, mark: string): number {
  const at = text.lastIndexOf(mark);
  return at < 0 ? 0 : at + mark.length;
}

function objectsOf(text: string): unknown[] {
  const whole = parsed(text.trim());
  if (typeof whole === "string") return whole === text ? [] : objectsOf(whole);
  if (typeof whole === "object" && whole !== null) return Array.isArray(whole) ? (whole as unknown[]) : [whole];
  const found: unknown[] = [];
  let starts = 0;
  for (let at = text.indexOf("{"); at >= 0 && starts < STARTS_MAX; at = text.indexOf("{", at)) {
    const end = closingBrace(text, at);
    const value = end < 0 ? undefined : parsed(text.slice(at, end + 1));
    if (typeof value === "object" && value !== null) {
      found.push(value);
      at = end + 1;
    } else {
      starts += 1;
      at += 1;
    }
  }
  return found;
}

/** Where the object that opens here ends, braces within its strings apart; -1 when it never does. */
function closingBrace(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at;
  }
  return -1;
}

/** @returns undefined for what is not JSON, also not with its commas and line ends put right */
function parsed(text: string): unknown {
  for (const candidate of [text, mended(text)]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // Not JSON as it stands; the mended text, or nothing, is tried next.
    }
  }
  return undefined;
}

/** Control characters within strings are escaped and commas before a closing bracket dropped: both mean one thing only. */
function mended(text: string): string {
  let inString = false;
  let result = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (inString && char === "\\") {
      result += char + (text[++at] ?? "");
      continue;
    }
    if (char === '"') inString = !inString;
    if (inString && char < " ") result += JSON.stringify(char).slice(1, -1);
    else if (inString || char !== "," || !closesNext(text, at + 1)) result += char;
  }
  return result;
}

function closesNext(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at] ?? "")) at++;
  return text[at] === "}" || text[at] === "]";
}
