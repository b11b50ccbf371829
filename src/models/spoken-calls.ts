import { objectPlaces, type Place } from "./balanced.ts";
import { fieldsIn, listIn, stringIn } from "./lenient.ts";
import { looseJson, looseValueAt } from "./loose-json.ts";
import { type MeantCall, meantCalls, offeredName } from "./tool-calls.ts";

/**
 * Calls that a model wrote as text, because its server does not know the marks it was trained with. There are dozens of
 * forms and three ideas: an object that names its tool, a name with an object behind it, and a name with its arguments one
 * by one. Only tools that are offered are meant, and only where a text consists of calls or a mark of calls stands in it.
 */
const MARK =
  /<\|?\/?(?:tool_?calls?|function_calls?|invoke\b|python_tag|python_start|start_action|minimax:tool_call|dsml\||tool_calls?_(?:section_)?begin)|<function=|\[TOOL_CALLS\]|✿FUNCTION✿|to=functions\.|^Action: ?|```(?:tool_call|tool_code)/im;
/** Names stand right before their arguments; between them are marks and ids. */
const NAME_BEFORE_CHARS = 160;
/** One turn of a model has some dozens of calls at most. */
const CALLS_MAX = 100;

/** @param names of the tools that are offered */
export function spokenCalls(raw: string, names: readonly string[]): MeantCall[] {
  if (names.length === 0) return [];
  // DeepSeek's marks are written with full-width letters.
  const text = raw.replaceAll("｜", "|").replaceAll("▁", "_");
  const mark = MARK.exec(text);
  const spoken = mark ? text.slice(mark.index) : bareCalls(text, names);
  if (spoken === null) return [];
  const byElement = elementCalls(spoken, names);
  if (byElement.length > 0) return byElement;
  const byObject = objectCalls(spoken, names);
  return byObject.length > 0 ? byObject : signatureCalls(spoken, names);
}

/** A text that is nothing but a call, alone or in a fence. */
function bareCalls(text: string, names: readonly string[]): string | null {
  const bare = text
    .trim()
    .replace(/^```[a-z_]*\s*|\s*```$/g, "")
    .trim();
  const value = /^[{[]/.test(bare) ? looseJson(bare) : undefined;
  const named = listIn(Array.isArray(value) ? value : [value]).some(
    (one) => objectCall(fieldsIn(one), names).length > 0,
  );
  const signed = /^\[?(\w+)\(/.exec(bare)?.[1];
  return named || (signed !== undefined && names.includes(signed) && /\)\]?$/.test(bare)) ? bare : null;
}

function objectCalls(text: string, names: readonly string[]): MeantCall[] {
  return objectPlaces(text)
    .slice(0, CALLS_MAX)
    .flatMap((place) => {
      const own = objectCall(place.value, names);
      return own.length > 0 ? own : callBefore(text, place, names);
    });
}

/** `{"name": …, "arguments": …}` in the spellings in use, `{"tool_calls": […]}`, `{"read_file": {…}}`. */
function objectCall(object: Readonly<Record<string, unknown>>, names: readonly string[]): MeantCall[] {
  const several = listIn(object.tool_calls);
  if (several.length > 0) return several.flatMap((one) => objectCall(fieldsIn(one), names));
  const inner = typeof object.function === "object" ? fieldsIn(object.function) : object;
  const { name, tool, tool_name: toolName, function: fn, action, arguments: args, parameters, input, id } = inner;
  const said = stringIn(name ?? tool ?? toolName ?? fn ?? action);
  const given = args ?? parameters ?? input ?? inner.args ?? inner.action_input;
  if (said !== null && given !== undefined) return offered({ id, name: said, args: given }, names);
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

/** `<function=x>`, `<invoke name="x">`, `<tool_call>x`: what opens a call whose arguments come one by one. */
const OPENS = /<(?:\|?dsml\|)?(?:function=|invoke name=["']?|tool_call>\s*)([\w.:-]+)/gi;
const ARGUMENT =
  /<(?:\|?dsml\|)?(?:parameter(?:=| name=)["']?|arg_key>\s*)([\w-]+)(?:["'][^>]{0,40})?(?:<\/arg_key>\s*<arg_value)?>/gi;
const ENDS = /<\/(?:\|?dsml\|)?(?:parameter|arg_value)>/gi;

function elementCalls(text: string, names: readonly string[]): MeantCall[] {
  const opens = [...text.matchAll(OPENS)].slice(0, CALLS_MAX);
  return opens.flatMap((open, nth) => {
    const body = text.slice(open.index + open[0].length, opens[nth + 1]?.index ?? text.length);
    const args = argumentsIn(body);
    return Object.keys(args).length === 0 ? [] : offered({ id: null, name: open[1] ?? "", args }, names);
  });
}

function argumentsIn(body: string): Record<string, string> {
  const args: [string, string][] = [];
  for (const begin of body.matchAll(ARGUMENT)) {
    const from = begin.index + begin[0].length;
    ENDS.lastIndex = from;
    const end = ENDS.exec(body);
    // One line end on either side belongs to the form and not to the value.
    if (end) args.push([begin[1] ?? "", body.slice(from, end.index).replace(/^\n|\n$/g, "")]);
  }
  return Object.fromEntries(args);
}

/** `read_file(path="a.js", start_line=1)`, as Python calls it. */
function signatureCalls(text: string, names: readonly string[]): MeantCall[] {
  const calls: MeantCall[] = [];
  for (const open of text.matchAll(/\b([A-Za-z_]\w*)\(/g)) {
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
    if (!key) return /^\s*,?\s*\)/.test(text.slice(at, at + NAME_BEFORE_CHARS)) ? Object.fromEntries(args) : null;
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
