import { event } from "../dialects/dialect.ts";
import { EDIT } from "./odd.ts";
import { ARGS, DONE, GOOD, json } from "./on-the-wire.ts";

/** Pieces of the three APIs, of which tables of odd bytes are put together. */
export const USAGE = { prompt_tokens: 500, completion_tokens: 20 };
export const ch = (delta: unknown, reason: unknown = null, more: object = {}, choice: object = {}) =>
  event({ id: "c1", model: "model-1", choices: [{ index: 0, delta, finish_reason: reason, ...choice }], ...more });
export const end = (reason: unknown = "stop") => [ch({}, reason), event({ choices: [], usage: USAGE }), DONE];
export const tc = (...calls: object[]) => ch({ tool_calls: calls });
export const CALL = { id: "a", type: "function", function: { name: "edit_file", arguments: ARGS } };
export const body = (message: unknown, choice: object = {}, over: object = {}) =>
  json(
    JSON.stringify({
      id: "c1",
      model: "model-1",
      choices: [{ index: 0, finish_reason: "tool_calls", message, ...choice }],
      usage: USAGE,
      ...over,
    }),
  );
export const named = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

export const AST = event(
  {
    type: "message_start",
    message: {
      id: "m",
      type: "message",
      role: "assistant",
      model: "model-1",
      content: [],
      usage: { input_tokens: 500, output_tokens: 1 },
    },
  },
  "message_start",
);
export const AEND = (reason: unknown = "end_turn", usage: unknown = { output_tokens: 20 }, more: object = {}) => [
  event({ type: "message_delta", delta: { stop_reason: reason, ...more }, usage }, "message_delta"),
  event({ type: "message_stop" }, "message_stop"),
];
export const blk = (index: number, content_block: object) =>
  event({ type: "content_block_start", index, content_block }, "content_block_start");
export const dl = (index: number, d: object) =>
  event({ type: "content_block_delta", index, delta: d }, "content_block_delta");
export const st = (index: number) => event({ type: "content_block_stop", index }, "content_block_stop");
export const ab = (content: unknown, over: object = {}) =>
  json(
    JSON.stringify({
      id: "m1",
      type: "message",
      role: "assistant",
      model: "model-1",
      content,
      stop_reason: "end_turn",
      usage: { input_tokens: 500, output_tokens: 20 },
      ...over,
    }),
  );
export const USE = { type: "tool_use", id: "t", name: "edit_file", input: EDIT };

export const R = { id: "r1", object: "response", model: "model-1", error: null, incomplete_details: null };
export const CNT = { input_tokens: 500, output_tokens: 20, total_tokens: 520 };
export const BEG = event({ type: "response.created", response: { ...R, status: "in_progress", output: [] } });
export const comp = (output: unknown, over: object = {}, type = "response.completed") =>
  event({ type, response: { ...R, status: "completed", output, usage: CNT, ...over } });
export const RC = {
  type: "function_call",
  id: "fc",
  call_id: "call_9",
  name: "edit_file",
  arguments: ARGS,
  status: "completed",
};
export const MSG = {
  type: "message",
  id: "m",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text: GOOD, annotations: [] }],
};
export const item = (when: string, one: object | null, index = 0) =>
  event({ type: `response.output_item.${when}`, output_index: index, item: one });
