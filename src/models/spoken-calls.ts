import { objectPlaces, type Place } from "./balanced.ts";
import { fieldsIn, isBlank, listIn, stringIn } from "./lenient.ts";
import { looseJson, looseValueAt } from "./loose-json.ts";
import { CALLS_MAX, elementCalls } from "./spoken-elements.ts";
import { type MeantCall, meantCalls, offeredName } from "./tool-calls.ts";

/**
 * Calls that a model wrote as text, because its server does not know the marks it was trained with. There are dozens of
 * forms and three ideas: an object that names its tool, a name with an object behind it, and a name with its arguments one
 * by one. Only tools that are offered are meant, and only where a mark of calls stands in the text, or where a call is
 * all of it but words that hold nothing else.
 */
const MARK =
  /(?<![\w.:-])[\w.:-]{1,80}<\|tool_call_argument_begin|<\|?\/?(?:tool_?(?:calls?|use|code|s_prefix)|(?:start_)?function_calls?|python_tag|python_start|start_action|action_start|dsml\|)|<(?:[a-z]{1,16}:)?(?:invoke name|tool_call|function_calls)\b|<use_mcp_tool>|<function(?:=| name=["']|\(\w{1,64}\)>)|<\/function>(?!\s*\S)|\[TOOL_CALLS\]|\bfunctools\[|^\w{1,64}\[ARGS\]|✿FUNCTION✿|to=functions\.|\bto=\w{1,64} ?<\||^[*_]{0,2}Action:|```(?:tool_call|tool_code)/gim;
/** Names stand right before their arguments; between them are marks and ids. */
const NAME_BEFORE_CHARS = 160;

/** @param names of the tools that are offered */
export function spokenCalls(raw: string, names: readonly string[]): MeantCall[] {
  const marked = markedCalls(raw, names);
  return marked.length > 0 || names.length === 0 ? marked : bareCalls(raw, names);
}

/** Only what a mark says is a call: that counts in a thought too, where nothing else was said. */
export function markedCalls(raw: string, names: readonly string[]): MeantCall[] {
  if (names.length === 0) return [];
  const text = withPlainMarks(raw);
  const mark = markIn(text, names);
  if (!mark) return [];
  // Where only the end of a call was marked, it stands before its mark.
  return callsIn(mark[0].startsWith("</") ? text : text.slice(mark.index), names);
}

/** The first that is one: a value of JSON may quote marks, and code has types that look like one. */
function markIn(text: string, names: readonly string[]): RegExpExecArray | null {
  let quoting: readonly Place[] | undefined;
  for (const mark of text.matchAll(MARK)) {
    const called = /^<function\((\w+)/i.exec(mark[0])?.[1];
    if (called !== undefined && !names.includes(called)) continue;
    quoting ??= objectPlaces(text).filter(
      ({ start, end }) => end - start === text.trim().length || isJson(text.slice(start, end)),
    );
    if (!quoting.some(({ start, end }) => start < mark.index && mark.index < end)) return mark;
  }
  return null;
}

function isJson(text: string): boolean {
  try {
    return Boolean(JSON.parse(text));
  } catch {
    return false;
  }
}

function callsIn(text: string, names: readonly string[]): MeantCall[] {
  const byElement = elementCalls(text, names).flatMap((call) => offered({ id: null, ...call }, names));
  if (byElement.length > 0) return byElement;
  const byObject = objectCalls(text, names);
  return byObject.length > 0 ? byObject : signatureCalls(text, names);
}

/** DeepSeek's marks have bars of other scripts, MiniMax puts one before each, and Gemma's texts stand between marks; values stay as they are. */
function withPlainMarks(raw: string): string {
  const text = raw
    .replaceAll('<|"|>', "<escape>")
    .replaceAll("]<]minimax[>[", "")
    .replace(/<(\/?)longcat_/g, "<$1")
    .replace(/<\/?[｜‖][^<>\n]{0,80}>/g, (mark) => mark.replace(/[｜‖]+/g, "|").replaceAll("▁", "_"));
  if (!text.includes("<escape>")) return text;
  return text
    .split("<escape>")
    .map((part, nth) => (nth % 2 === 0 ? part : JSON.stringify(part)))
    .join("");
}

/** Calls without any mark: in their own words, as code, or as elements of the tool's name. */
function bareCalls(text: string, names: readonly string[]): MeantCall[] {
  const bare = text
    .trim()
    .replace(/^```[a-z_]*\s*|(?<!\s)\s*```$/g, "")
    .trim();
  const calls = objectsAlone(bare, names);
  if (calls.length > 0) return calls;
  const signed = /^\[?(?:print\()?(?:\w{1,64}\.)?(\w{1,64})(?:\.call)?\(/.exec(bare)?.[1];
  if (signed !== undefined && names.includes(signed) && /\)\]?$/.test(bare)) return signatureCalls(bare, names);
  if (/^[{[]/.test(bare) && looseJson(bare) !== undefined) return [];
  return elementCalls(bare, names).flatMap((call) => offered({ id: null, ...call }, names));
}

/**
 * Objects that name their tools, when the text holds no others, or a name alone before its arguments. Whoever tells of a
 * call beside an answer has answered.
 */
function objectsAlone(text: string, names: readonly string[]): MeantCall[] {
  const whole = /^[{[]/.test(text) ? looseJson(text) : undefined;
  if (Array.isArray(whole)) return whole.flatMap((one) => objectCall(fieldsIn(one), names));
  const places = objectPlaces(text).filter(({ value }) => Object.keys(value).length > 0);
  const [first] = places;
  if (!first || places.length > CALLS_MAX) return [];
  const calls = places.map(({ value }) => objectCall(value, names));
  if (calls.every((one) => one.length > 0)) return calls.flat();
  const before = /^[\W_]{0,4}(\w{1,64})[`*:\s]{0,20}(?:```[a-z]{0,10}\s{0,4})?$/.exec(text.slice(0, first.start))?.[1];
  const isAlone = places.length === 1 && isBlank(text.slice(first.end).replaceAll("`", ""));
  return isAlone && before !== undefined ? offered({ id: null, name: before, args: first.value }, names) : [];
}

function objectCalls(text: string, names: readonly string[]): MeantCall[] {
  return objectPlaces(text)
    .slice(0, CALLS_MAX)
    .flatMap((place) => {
      const own = objectCall(place.value, names);
      return own.length > 0 ? own : callBefore(text, place, names);
    });
}

/** What frames a call where APIs do. */
const FRAMES = ["function", "function_call", "tool_call"];

/** `{"name": …, "arguments": …}` in the spellings in use, `{"tool_calls": […]}`, `{"read_file": {…}}`. */
function objectCall(object: Readonly<Record<string, unknown>>, names: readonly string[]): MeantCall[] {
  const several = listIn(object.tool_calls);
  if (several.length > 0) return several.flatMap((one) => objectCall(fieldsIn(one), names));
  const frame = FRAMES.find((name) => Object.keys(fieldsIn(object[name])).length > 0);
  const inner = frame === undefined ? object : fieldsIn(object[frame]);
  const { name, tool, tool_name: toolName, function: fn, action, arguments: args, parameters, input, ...rest } = inner;
  const said = stringIn(name ?? tool ?? toolName ?? fn ?? action);
  const given = args ?? parameters ?? input ?? rest.args ?? rest.kwargs ?? rest.action_input;
  const { id = null } = rest;
  if (said !== null && given !== undefined) return offered({ id, name: said, args: given }, names);
  const { type: _type, ...flat } = rest;
  if (said !== null && names.includes(said) && Object.keys(flat).length > 0)
    return offered({ id: null, name: said, args: flat }, names);
  const [only, ...more] = Object.entries(object);
  return only && more.length === 0 && names.includes(only[0]) && typeof only[1] === "object"
    ? offered({ id: null, name: only[0], args: only[1] }, names)
    : [];
}

/** The last offered name right before an object is the tool whose arguments it holds. */
function callBefore(text: string, { start, value }: Place, names: readonly string[]): MeantCall[] {
  const before = text.slice(Math.max(0, start - NAME_BEFORE_CHARS), start);
  const said = before.match(/[A-Za-z_][\w-]*/g)?.findLast((word) => names.includes(word));
  // An object behind another call's arguments is no call of the same name.
  return said === undefined || /}\s*\]?,?\s*$/.test(before)
    ? []
    : offered({ id: null, name: said, args: value }, names);
}

/** `read_file(path="a.js", start_line=1)`, as Python calls it. */
function signatureCalls(text: string, names: readonly string[]): MeantCall[] {
  const calls: MeantCall[] = [];
  for (const open of text.matchAll(/\b([A-Za-z_]\w{0,63})(?:\.call)?\(/g)) {
    if (calls.length >= CALLS_MAX || !names.includes(open[1] ?? "")) continue;
    const args = keywordsAt(text, open.index + open[0].length);
    if (args) calls.push(...offered({ id: null, name: open[1], args }, names));
  }
  return calls;
}

function keywordsAt(text: string, from: number): Record<string, unknown> | null {
  const args: [string, unknown][] = [];
  let at = from;
  for (;;) {
    const key = /^[\s,]*([A-Za-z_]\w*)\s*=\s*/.exec(text.slice(at, at + NAME_BEFORE_CHARS));
    if (!key) return /^\s*(?:,\s*)?\)/.test(text.slice(at, at + NAME_BEFORE_CHARS)) ? Object.fromEntries(args) : null;
    const value = looseValueAt(text, at + key[0].length);
    if (!value) return null;
    args.push([key[1] ?? "", value.value]);
    at = value.end;
  }
}

function offered(call: { id: unknown; name: unknown; args: unknown }, names: readonly string[]): MeantCall[] {
  const name = offeredName(stringIn(call.name) ?? "", names);
  return name === null ? [] : meantCalls({ ...call, name });
}
