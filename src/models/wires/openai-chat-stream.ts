import type { Assembly } from "../call.ts";
import { reasonIn } from "../end-words.ts";
import { countIn, type Fields, fieldsIn, jsonOrNull, listIn, stringIn, textIn } from "../lenient.ts";

/** Puts the chunks of a streamed completion together to the completion. */
export function chatAssembly(): Assembly {
  const message: Record<string, unknown> = {};
  const calls: Record<string, unknown>[] = [];
  let head: Fields = {};
  let usage: unknown = null;
  let choice: Record<string, unknown> = {};
  /** The one of several that spoke first; some servers count from 1, or in text. */
  let followed: number | null = null;
  let chars = 0;
  const grow = (delta: Fields) => {
    for (const [name, value] of Object.entries(delta)) {
      if (name === "tool_calls")
        for (const one of Array.isArray(value) ? listIn(value) : [value]) chars += addCall(calls, fieldsIn(one));
      // The form before there were lists of calls; whole answers of it are read the same way.
      else if (name === "function_call" && value) chars += addCall(calls, { function: value });
      // A word that is the same in every chunk is no text that grows.
      else if (typeof value === "string" && !GROWS.test(name)) message[name] = value;
      else chars += growField(message, name, value);
    }
  };
  return {
    get chars() {
      return chars;
    },
    add: ({ data }) => {
      const chunk = fieldsIn(Array.isArray(data) ? data[0] : data);
      const { choices, usage: counted, x_groq: groq, ...rest } = chunk;
      // Some chunks carry empty names, such as those of a filter behind the answer.
      head = {
        ...head,
        ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== "" && value !== null)),
      };
      usage = counted ?? fieldsIn(groq).usage ?? usage;
      const indexOf = (one: unknown) => countIn(fieldsIn(one).index) ?? 0;
      const given = listIn(choices);
      if (given.length > 0) followed ??= Math.min(...given.map(indexOf));
      const first = fieldsIn(given.find((one) => indexOf(one) === followed));
      const { delta, message: whole, finish_reason: reason, ...others } = first;
      choice = { ...choice, ...others, ...(reasonIn(reason) ? { finish_reason: reason } : {}) };
      grow(fieldsIn(delta ?? whole));
      if (typeof others.text === "string") chars += growField(message, "content", others.text);
    },
    body: (done) => {
      const said = calls.length > 0 ? { ...message, tool_calls: calls } : message;
      const ended = reasonIn(choice.finish_reason) !== null;
      // A server that says that all is said has forgotten only the reason.
      const reason = ended || !done || chars === 0 ? {} : { finish_reason: "stop" };
      const { delta: _delta, text: _text, ...rest } = choice;
      const body = { ...head, choices: [{ ...rest, ...reason, message: said }], ...(usage ? { usage } : {}) };
      return { body, whole: ended || "finish_reason" in reason };
    },
  };
}

/** Fields of a message that come in pieces, whatever a family calls what it thought. */
const GROWS = /content|text|refusal|reason|think|thought|analysis|summary|signature/i;

/** Text grows, lists grow, everything else is replaced. @returns the characters that came */
function growField(target: Record<string, unknown>, name: string, value: unknown): number {
  if (value === null || value === undefined) return 0;
  const before = target[name];
  if (typeof value === "string") {
    if (Array.isArray(before)) target[name] = [...listIn(before), ...partsIn(value)];
    else target[name] = typeof before === "string" ? before + value : value;
    return value.length;
  }
  const pieces = listIn(value);
  const isList = Array.isArray(value) && (Array.isArray(before) || typeof before === "string");
  target[name] = isList ? pieces.reduce(grown, partsIn(before)) : value;
  return Array.isArray(value) ? textIn(value).length + (name === "content" ? 0 : JSON.stringify(value).length) : 0;
}

/** What has come so far, where text and parts come in turn. */
function partsIn(said: unknown): readonly unknown[] {
  return typeof said === "string" ? (said === "" ? [] : [{ type: "text", text: said }]) : listIn(said);
}

/**
 * A thought that comes in pieces, each with the type and the index of the whole: its signature, which comes last, is that of all
 * of its text, and a server that gets the pieces back as so many thoughts refuses them.
 */
function grown(list: readonly unknown[], piece: unknown): readonly unknown[] {
  const { type, index, ...said } = fieldsIn(piece);
  const last = fieldsIn(list.at(-1));
  const goesOn =
    typeof type === "string" && type.startsWith("reasoning.") && last.type === type && last.index === index;
  if (!goesOn || index === undefined) return [...list, piece];
  const whole: Record<string, unknown> = { ...last };
  for (const [name, value] of Object.entries(said)) {
    const isText = ["text", "summary", "data"].includes(name) && typeof value === "string";
    if (isText) whole[name] = `${stringIn(whole[name]) ?? ""}${value}`;
    else if (value !== null) whole[name] = value;
  }
  return [...list.slice(0, -1), whole];
}

/**
 * A piece of a call. Its index says which one, but some servers send 0 for all and whole calls at once: then another id,
 * another name, or whole arguments behind whole ones begin another call.
 */
function addCall(calls: Record<string, unknown>[], given: Fields): number {
  if (Object.keys(given).length === 0) return 0;
  const index = countIn(given.index);
  const { index: _index, ...unplaced } = given;
  const piece: Fields = index === null ? unplaced : { ...unplaced, index };
  const fn = fieldsIn(piece.function);
  const known = calls[index === null ? calls.length - 1 : calls.findLastIndex((one) => one.index === index)];
  if (!known || isOther(known, stringIn(piece.id), fn)) calls.push({ ...piece, function: { ...fn } });
  else growCall(known, piece, fn);
  return typeof fn.arguments === "string" ? fn.arguments.length : JSON.stringify(fn.arguments ?? "").length;
}

function isOther(known: Fields, id: string | null, { name, arguments: args }: Fields): boolean {
  const before = fieldsIn(known.function);
  if (!name || !before.name) return false;
  if (id && known.id && known.id !== id) return true;
  if (isEmpty(before.arguments)) return false;
  return name !== before.name || (isWhole(before.arguments) && !isEmpty(args));
}

function growCall(known: Record<string, unknown>, piece: Fields, fn: Fields): void {
  const { function: _function, ...rest } = piece;
  const said = Object.entries(rest).filter(([, value]) => value !== null && value !== "");
  Object.assign(known, Object.fromEntries(said));
  const target = known.function as Record<string, unknown>;
  for (const [name, value] of Object.entries(fn)) {
    // A name comes once, with every piece, or in pieces before there are arguments.
    const isKnown = name === "name" && target.name && (target.name === value || !isEmpty(target.arguments));
    if (!isKnown) growField(target, name, value);
  }
}

function isEmpty(args: unknown): boolean {
  return args === undefined || args === null || args === "";
}

/** A whole object with something in it; some servers begin with `{}` before the arguments come. */
function isWhole(args: unknown): boolean {
  if (typeof args !== "string") return true;
  return args.trimEnd().endsWith("}") && Object.keys(fieldsIn(jsonOrNull(args))).length > 0;
}
