import type { Assembly } from "../call.ts";
import { type Fields, fieldsIn, listIn, stringIn, textIn } from "../lenient.ts";

/**
 * Puts the events of a streamed response together. The last event carries the whole; the others are for servers that cut
 * it, leave it empty, or end with nothing but `[DONE]`.
 */
export function responseAssembly(): Assembly {
  const items: Record<string, unknown>[] = [];
  let response: Fields = {};
  let ended = false;
  let chars = 0;
  const take = (type: string, told: Fields) => {
    const place = placeIn(items, told);
    if (/output_item\.(?:added|done)$/.test(type)) items[place] = filled(fieldsIn(told.item), items[place]);
    else if (type.endsWith(".delta") && typeof told.delta === "string") {
      chars += told.delta.length;
      setSaid(items, place, type, saidIn(items[place], type) + told.delta);
    } else if (type.endsWith(".done") && doneText(told)) {
      if (isArguments(type)) items[place] = { name: told.name, call_id: told.item_id, ...items[place] };
      chars += Math.max(0, (doneText(told) ?? "").length - saidIn(items[place], type).length);
      setSaid(items, place, type, doneText(told) ?? "");
    }
  };
  return {
    get chars() {
      return chars;
    },
    add: ({ event, data }) => {
      const told = fieldsIn(data);
      const type = stringIn(told.type) ?? event;
      if (!/reasoning/.test(type)) take(type, told);
      else if (typeof told.delta === "string") chars += told.delta.length;
      const { type: _type, ...flat } = told;
      const whole = told.response ?? (told.output !== undefined ? flat : null);
      // A null of its last word does not take back the model that the first one named.
      if (whole) response = { ...response, ...withoutNulls(fieldsIn(whole)) };
      if (/^response\.(?:completed|incomplete|failed|cancelled|done)$/.test(type)) {
        ended = true;
        response = { ...response, status: response.status === "in_progress" ? type.split(".")[1] : response.status };
      }
    },
    body: (done) => {
      const said = listIn(response.output);
      const output =
        said.length > 0
          ? said.map((one) => filled(fieldsIn(one), sameIn(items, one)))
          : items.filter((one) => one?.type);
      // A server that says that all is said has forgotten only the last event.
      const status = !ended && done && output.length > 0 ? { status: "completed" } : {};
      return { body: { ...response, ...status, output }, whole: ended || "status" in status };
    },
  };
}

/** No answer has so many parts; an index from outside may not make a list of millions. */
const ITEMS_MAX = 2_000;

/** By its index; else by its id; else an item that begins is a new one, and a piece belongs to the last one. */
function placeIn(items: readonly Fields[], { output_index: given, item, item_id: itemId }: Fields): number {
  const index = typeof given === "number" || typeof given === "string" ? Number(given) : NaN;
  if (Number.isInteger(index) && index >= 0 && index < ITEMS_MAX) return index;
  const id = stringIn(fieldsIn(item).id ?? itemId);
  const known = id === null ? -1 : items.findIndex((one) => one?.id === id);
  if (known >= 0) return known;
  return Math.min(ITEMS_MAX, Math.max(0, item === undefined ? items.length - 1 : items.length));
}

/** An item with what its pieces said, where its last word has left that out. */
function filled(item: Fields, before: Fields | undefined): Record<string, unknown> {
  if (before === undefined || before.type !== item.type) return { ...item };
  const { arguments: args, content } = before;
  return {
    ...item,
    ...(isEmptyText(item.arguments) && args !== undefined ? { arguments: args } : {}),
    ...(listIn(item.content).length === 0 && content !== undefined ? { content } : {}),
  };
}

function isEmptyText(args: unknown): boolean {
  return args === "" || args === "{}";
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function sameIn(items: readonly Fields[], item: unknown): Fields | undefined {
  const { id, call_id: callId } = fieldsIn(item);
  return items.find(
    (one) => one && ((callId !== undefined && one.call_id === callId) || (id !== undefined && one.id === id)),
  );
}

function isArguments(type: string): boolean {
  return type.includes("arguments") || type.includes("_input");
}

function doneText(told: Fields): string | null {
  return stringIn(told.arguments ?? told.input ?? told.text);
}

function saidIn(item: Fields | undefined, type: string): string {
  return (isArguments(type) ? stringIn(item?.arguments) : textIn(item?.content)) ?? "";
}

function setSaid(items: Record<string, unknown>[], place: number, type: string, text: string): void {
  const item = (items[place] ??= {});
  item.type ??= isArguments(type) ? "function_call" : "message";
  if (isArguments(type)) item.arguments = text;
  else if (type.includes("refusal")) item.content = [{ type: "refusal", refusal: text }];
  else item.content = [{ type: "output_text", text }];
}
