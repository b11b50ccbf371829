import type { Assembly } from "../call.ts";
import { type Fields, fieldsIn, jsonOrNull, listIn, stringIn } from "../lenient.ts";

/** Puts the events of a streamed message together to the message. */
export function anthropicAssembly(): Assembly {
  const blocks: Record<string, unknown>[] = [];
  const inputs: string[] = [];
  let message: Fields = {};
  let ended: Fields = {};
  let usage: Fields = {};
  let stopped = false;
  let chars = 0;
  /** Where the block of an index stands: some gateways give every block the index 0. */
  const places = new Map<number, number>();
  const begin = (index: number, block: Fields) => {
    const place = blocks[index] === undefined ? index : blocks.length;
    places.set(index, place);
    if (isIndex(place)) blocks[place] = { ...block };
  };
  const delta = (at: number, change: Fields) => {
    const index = places.get(at) ?? at;
    if (!isIndex(index)) return;
    for (const [key, type] of PIECES) {
      const more = change[key];
      if (typeof more !== "string") continue;
      const block = takerOf(blocks, (blocks[index] ??= { type, [type]: "" }), key, type);
      if (block) block[key] = `${stringIn(block[key]) ?? ""}${more}`;
      chars += more.length;
    }
    if (typeof change.partial_json === "string") {
      inputs[index] = `${inputs[index] ?? ""}${change.partial_json}`;
      chars += change.partial_json.length;
    }
  };
  return {
    get chars() {
      return chars;
    },
    add: ({ data }) => {
      const event = fieldsIn(data);
      const index = Number(event.index ?? 0);
      switch (event.type) {
        case "message_start":
          message = fieldsIn(event.message);
          usage = fieldsIn(message.usage);
          // Gateways that had the whole answer before they began to stream it.
          for (const [place, block] of listIn(message.content).entries())
            if (isIndex(place)) begin(place, fieldsIn(block));
          break;
        case "content_block_start":
          if (isIndex(index)) begin(index, fieldsIn(event.content_block));
          break;
        case "content_block_delta":
          delta(index, fieldsIn(event.delta));
          break;
        case "message_delta":
          ended = { ...ended, ...saidIn(event.delta) };
          usage = { ...usage, ...saidIn(event.usage) };
          break;
        case "message_stop":
          stopped = true;
          break;
      }
    },
    body: () => {
      const content = blocks.map((block, index) => withInput(block, inputs[index])).filter((block) => block.type);
      const said = typeof ended.stop_reason === "string";
      // A server that says that all is said has forgotten only the reason.
      const reason = said || !stopped || chars === 0 ? {} : { stop_reason: "end_turn" };
      return { body: { ...message, ...ended, ...reason, content, usage }, whole: said || "stop_reason" in reason };
    },
  };
}

/** What comes in pieces, and in which block. */
const PIECES = [
  ["text", "text"],
  ["thinking", "thinking"],
  ["signature", "thinking"],
] as const;

/** Gateways count a piece to the block beside its own, and a block with a field of another kind is refused later. */
function takerOf(blocks: Record<string, unknown>[], own: Record<string, unknown>, key: string, type: string) {
  const isOther = type === "text" ? own.type === "thinking" || own.type === "tool_use" : own.type !== type;
  if (!isOther) return own;
  const other = blocks.findLast((one) => one?.type === type);
  if (!other && key === "text") blocks.push({ type, text: "" });
  return other ?? (key === "text" ? blocks.at(-1) : undefined);
}

/** More blocks than any answer has; an index beyond it would only fill memory. */
const BLOCKS_MAX = 2_000;
function isIndex(index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < BLOCKS_MAX;
}

function withInput(block: Record<string, unknown> | undefined, input: string | undefined): Fields {
  if (!block) return {};
  if (input === undefined || input === "") return block;
  const value = jsonOrNull(input) ?? input;
  // What came whole at its beginning is not taken back by an empty object in pieces.
  return isEmptyObject(value) && Object.keys(fieldsIn(block.input)).length > 0 ? block : { ...block, input: value };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && Object.keys(fieldsIn(value)).length === 0;
}

/** Nulls, zeros and empty texts of a last word do not take back what an earlier one said. */
function saidIn(word: unknown): Fields {
  return Object.fromEntries(Object.entries(fieldsIn(word)).filter(([, one]) => one));
}
