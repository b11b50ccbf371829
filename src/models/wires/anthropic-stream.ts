import type { Assembly } from "../call.ts";
import { type Fields, fieldsIn, jsonOrNull, stringIn } from "../lenient.ts";

/** Puts the events of a streamed message together to the message. */
export function anthropicAssembly(): Assembly {
  const blocks: Record<string, unknown>[] = [];
  const inputs: string[] = [];
  let message: Fields = {};
  let ended: Fields = {};
  let usage: Fields = {};
  let chars = 0;
  const delta = (index: number, change: Fields) => {
    const block = (blocks[index] ??= { type: "text", text: "" });
    for (const key of ["text", "thinking", "signature"]) {
      const more = change[key];
      if (typeof more !== "string") continue;
      block[key] = `${stringIn(block[key]) ?? ""}${more}`;
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
          break;
        case "content_block_start":
          if (isIndex(index)) blocks[index] = { ...fieldsIn(event.content_block) };
          break;
        case "content_block_delta":
          if (isIndex(index)) delta(index, fieldsIn(event.delta));
          break;
        case "message_delta":
          ended = { ...ended, ...fieldsIn(event.delta) };
          // Null and zero of the last word do not take back what the first one said.
          usage = { ...usage, ...Object.fromEntries(Object.entries(fieldsIn(event.usage)).filter(([, one]) => one)) };
          break;
      }
    },
    body: () => {
      const content = blocks.map((block, index) => withInput(block, inputs[index])).filter((block) => block.type);
      const whole = typeof ended.stop_reason === "string";
      return { body: { ...message, ...ended, content, usage }, whole };
    },
  };
}

/** More blocks than any answer has; an index beyond it would only fill memory. */
const BLOCKS_MAX = 2_000;
function isIndex(index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < BLOCKS_MAX;
}

function withInput(block: Record<string, unknown> | undefined, input: string | undefined): Fields {
  if (!block) return {};
  return input === undefined || input === "" ? block : { ...block, input: jsonOrNull(input) ?? input };
}
