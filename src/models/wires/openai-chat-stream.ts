import type { Assembly } from "../call.ts";
import { type Fields, fieldsIn, listIn, stringIn, textIn } from "../lenient.ts";

/** Puts the chunks of a streamed completion together to the completion. */
export function chatAssembly(): Assembly {
  const message: Record<string, unknown> = {};
  const calls: Record<string, unknown>[] = [];
  let head: Fields = {};
  let usage: unknown = null;
  let choice: Record<string, unknown> = {};
  let chars = 0;
  const grow = (delta: Fields) => {
    for (const [name, value] of Object.entries(delta)) {
      if (name === "tool_calls") for (const one of listIn(value)) chars += addCall(calls, fieldsIn(one));
      else chars += growField(message, name, value);
    }
  };
  return {
    get chars() {
      return chars;
    },
    add: ({ data }) => {
      const chunk = fieldsIn(data);
      const { choices, usage: counted, x_groq: groq, ...rest } = chunk;
      head = { ...head, ...rest };
      usage = counted ?? fieldsIn(groq).usage ?? usage;
      const first = fieldsIn(listIn(choices).find((one) => (fieldsIn(one).index ?? 0) === 0));
      const { delta, message: whole, finish_reason: reason, ...others } = first;
      choice = { ...choice, ...others, ...(reason ? { finish_reason: reason } : {}) };
      grow(fieldsIn(delta ?? whole));
      if (typeof others.text === "string") chars += growField(message, "content", others.text);
    },
    body: (done) => {
      const said = calls.length > 0 ? { ...message, tool_calls: calls } : message;
      const ended = typeof choice.finish_reason === "string";
      // A server that says that all is said has forgotten only the reason.
      const reason = ended || !done || chars === 0 ? {} : { finish_reason: "stop" };
      const { delta: _delta, text: _text, ...rest } = choice;
      const body = { ...head, choices: [{ ...rest, ...reason, message: said }], ...(usage ? { usage } : {}) };
      return { body, whole: ended || "finish_reason" in reason };
    },
  };
}

/** Text grows, lists grow, everything else is replaced. @returns the characters that came */
function growField(target: Record<string, unknown>, name: string, value: unknown): number {
  if (value === null || value === undefined) return 0;
  const before = target[name];
  if (typeof value === "string") {
    // The role is said with every chunk by some.
    target[name] = typeof before === "string" && !["role", "type", "id"].includes(name) ? before + value : value;
    return name === "role" ? 0 : value.length;
  }
  target[name] =
    Array.isArray(value) && Array.isArray(before) ? [...(before as unknown[]), ...(value as unknown[])] : value;
  return Array.isArray(value) ? textIn(value).length + (name === "content" ? 0 : JSON.stringify(value).length) : 0;
}

/**
 * A piece of a call. Its index says which one, but some servers send 0 for all and whole calls at once: then another id
 * or another name begins another call.
 */
function addCall(calls: Record<string, unknown>[], piece: Fields): number {
  const fn = fieldsIn(piece.function);
  const id = stringIn(piece.id);
  const at =
    typeof piece.index === "number" ? calls.findLastIndex((one) => one.index === piece.index) : calls.length - 1;
  const known = calls[at];
  const isOther =
    known &&
    ((id && known.id && known.id !== id) ||
      (fn.name && !isEmptyArgs(known) && fn.name !== fieldsIn(known.function).name));
  if (!known || isOther) {
    calls.push({ ...piece, function: { ...fn } });
  } else {
    const { function: _function, ...rest } = piece;
    const target = known.function as Record<string, unknown>;
    Object.assign(
      known,
      Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== "")),
    );
    for (const [name, value] of Object.entries(fn)) {
      if (name === "name" && target.name) continue;
      growField(target, name, value);
    }
  }
  return typeof fn.arguments === "string" ? fn.arguments.length : JSON.stringify(fn.arguments ?? "").length;
}

function isEmptyArgs(call: Record<string, unknown>): boolean {
  const args = fieldsIn(call.function).arguments;
  return args === undefined || args === null || args === "";
}
