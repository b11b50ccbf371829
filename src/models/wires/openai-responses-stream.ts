import type { Assembly } from "../call.ts";
import { type Fields, fieldsIn, listIn, stringIn } from "../lenient.ts";

/** Puts the events of a streamed response together. The last event carries the whole; the others are for servers that cut it. */
export function responseAssembly(): Assembly {
  const items: Record<string, unknown>[] = [];
  let response: Fields = {};
  let ended = false;
  let chars = 0;
  return {
    get chars() {
      return chars;
    },
    add: ({ event, data }) => {
      const told = fieldsIn(data);
      const type = stringIn(told.type) ?? event;
      if (type.endsWith(".delta") && typeof told.delta === "string") {
        chars += told.delta.length;
        growItem(items, type, told);
      }
      const index = Number(told.output_index);
      if (/output_item\.(?:added|done)$/.test(type) && isIndex(index)) items[index] = { ...fieldsIn(told.item) };
      if (told.response) response = { ...response, ...fieldsIn(told.response) };
      if (/^response\.(?:completed|incomplete|failed|cancelled|done)$/.test(type)) {
        ended = true;
        response = { ...response, status: response.status === "in_progress" ? type.split(".")[1] : response.status };
      }
    },
    body: () => {
      const said = listIn(response.output);
      const output = said.length > 0 ? said : items.filter((one) => one.type);
      return { body: { ...response, output }, whole: ended };
    },
  };
}

const ITEMS_MAX = 2_000;
function isIndex(index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < ITEMS_MAX;
}

/** What came so far of an item that never ended: its cost is known from it, and nothing else is done with it. */
function growItem(items: Record<string, unknown>[], type: string, told: Fields): void {
  const index = Number(told.output_index ?? 0);
  if (!isIndex(index)) return;
  const item = (items[index] ??= { type: "message" });
  const key = type.includes("arguments") ? "arguments" : "text";
  if (key === "arguments") item.arguments = `${stringIn(item.arguments) ?? ""}${String(told.delta)}`;
  else
    item.content = [
      { type: "output_text", text: `${String(fieldsIn(listIn(item.content)[0]).text ?? "")}${String(told.delta)}` },
    ];
}
