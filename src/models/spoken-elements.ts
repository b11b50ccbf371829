import { isBlank } from "./lenient.ts";
import { looseObjectAt } from "./loose-json.ts";

/** Calls whose tool and arguments are elements one by one, as families of models were trained to write them. */
export type ElementCall = { readonly name: string; readonly args: Readonly<Record<string, unknown>> };

/** One turn of a model has some dozens of calls at most. */
export const CALLS_MAX = 100;

/** `dsml|`, `steptml:` and the like before a name. */
const SPACE = String.raw`(?:\|?dsml\||[a-z]{1,16}:)?`;
/** `<function=x>`, `<invoke name="x">`, `<tool_call>x`: what opens a call. */
const OPENS = new RegExp(
  String.raw`<${SPACE}(?:function=|(?:function|invoke) name=["']?|tool_call>\s{0,20})([\w.:-]+)`,
  "gi",
);
const ARGUMENT = new RegExp(
  String.raw`<${SPACE}(?:parameter(?:=| name=)["']?|arg_key>\s{0,20})([\w-]+)(?:["'][^>]{0,40})?(?:</arg_key>\s{0,20}<arg_value)?>`,
  "gi",
);
/** An argument that was never closed ends where the next one begins, or its call ends. */
const ENDS = new RegExp(
  String.raw`</${SPACE}(?:parameter|arg_value|function|invoke|tool_call)>|<${SPACE}(?:parameter[= ]|arg_key>)`,
  "gi",
);

export function elementCalls(text: string, names: readonly string[]): ElementCall[] {
  const opens = [...text.matchAll(OPENS)].slice(0, CALLS_MAX);
  const calls = opens.map((open, nth) => {
    const body = text.slice(open.index + open[0].length, opens[nth + 1]?.index ?? text.length);
    const args = argumentsIn(body);
    return {
      name: open[1] ?? "",
      args: Object.keys(args).length > 0 ? args : childrenAt(body.replace(/^["']?>/, ""), 0),
    };
  });
  const kept = calls.filter(({ args }) => Object.keys(args).length > 0);
  return kept.length > 0 ? kept : namedElements(text, names);
}

function argumentsIn(body: string): Record<string, string> {
  const args: [string, string][] = [];
  for (const begin of body.matchAll(ARGUMENT)) {
    const from = begin.index + begin[0].length;
    ENDS.lastIndex = from;
    const end = ENDS.exec(body);
    if (end) args.push([begin[1] ?? "", withoutFrame(body.slice(from, end.index))]);
  }
  return Object.fromEntries(args);
}

/**
 * `<edit_file><path>a.js</path>…</edit_file>`: the tool's own name is the element, and so are those of its arguments. Elements with
 * attributes or an object look like those of any page: they count where nothing else stands around them.
 */
function namedElements(text: string, names: readonly string[]): ElementCall[] {
  const opens = [...text.matchAll(NAMED)].filter(([, name = ""]) => names.includes(name)).slice(0, CALLS_MAX);
  const found = opens.map((open) => elementAt(text, open)).filter(({ args }) => Object.keys(args).length > 0);
  const plain = found.filter(({ to }) => to === null);
  return plain.length === found.length || !isAllOf(text, found) ? plain : found;
}

/** `to`: where it ends, of those that have to stand alone. */
type Found = ElementCall & { readonly from: number; readonly to: number | null };

function elementAt(text: string, open: RegExpExecArray): Found {
  const [tag, name = "", attributes] = open;
  const at = open.index + tag.length;
  const object = attributes ? null : objectFrom(text, at);
  const from = open.index;
  if (!attributes && !object) return { name, args: childrenAt(text, at), from, to: null };
  const end = object?.end ?? at;
  const close = text.slice(end).match(/^\s{0,40}<\/(\w{1,64})>/);
  return {
    ...{ name, from, args: object?.value ?? attributesIn(attributes ?? "") },
    to: end + (close?.[1] === name ? close[0].length : 0),
  };
}

/** White space and fences around them say nothing. */
function isAllOf(text: string, found: readonly Found[]): boolean {
  const between = found.map(({ from }, nth) => text.slice(nth === 0 ? 0 : (found[nth - 1]?.to ?? 0), from));
  const rest = [...between, text.slice(found.at(-1)?.to ?? 0)].join("\n");
  return isBlank(rest.replace(/^[ \t]{0,8}```\w{0,20}[ \t]{0,8}$/gm, ""));
}

const NAMED = /^[ \t]{0,8}<(\w{1,64})((?:\s{1,20}\w{1,40}="[^"<>]*"){1,20})?\s{0,20}\/?>/gm;

function attributesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value] as const);
  return Object.fromEntries(pairs);
}

function objectFrom(text: string, at: number): { value: ElementCall["args"]; end: number } | null {
  const start = at + (/^\s{0,40}/.exec(text.slice(at, at + 40))?.[0].length ?? 0);
  const object = looseObjectAt(text, start);
  return object && { value: object.value as ElementCall["args"], end: object.end };
}

const CHILD = /\s{0,40}<(\w{1,40})>/y;
/** No tool has more arguments. */
const CHILDREN_MAX = 20;

function childrenAt(text: string, from: number): Record<string, string> {
  const args: [string, string][] = [];
  for (let at = from; args.length < CHILDREN_MAX;) {
    CHILD.lastIndex = at;
    const open = CHILD.exec(text);
    const close = open ? text.indexOf(`</${open[1]}>`, CHILD.lastIndex) : -1;
    if (!open || close < 0) break;
    args.push([open[1] ?? "", withoutFrame(text.slice(at + open[0].length, close))]);
    at = close + (open[1] ?? "").length + 3;
  }
  return Object.fromEntries(args);
}

/** One line end on either side belongs to the form and not to the value. */
function withoutFrame(value: string): string {
  return value.replace(/^\n|\n$/g, "");
}
