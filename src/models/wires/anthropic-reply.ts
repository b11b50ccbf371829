import { servedIn } from "../../core/rules/provider-words.ts";
import type { Heard } from "./wire.ts";
import { type Fields, fieldsIn, listIn, stringIn, textIn } from "../lenient.ts";
import { endMeant } from "../end-words.ts";
import { errorIn } from "../provider-error.ts";
import { meantCalls } from "../tool-calls.ts";
import { dollarsIn } from "../usage.ts";

/** Reads an answer of the Messages API, whole or put together from a stream. */
export function readAnthropic(body: unknown): Heard | null {
  const message = fieldsIn(body);
  const blocks = blocksIn(message.content);
  if (blocks === null || message.type === "error") return null;
  const usage = fieldsIn(message.usage);
  const text = blocks.map(textIn).join("");
  return {
    ended: endedAs(message, text),
    text,
    calls: blocks
      .filter(({ type }) => type === "tool_use")
      .flatMap(({ id, name, input, partial_json: json, arguments: args }) =>
        meantCalls({ id, name, args: input ?? json ?? args }),
      ),
    echo: blocks,
    reported: {
      ...{ input: usage.input_tokens, inputIs: "uncached", output: usage.output_tokens },
      ...{ cached: usage.cache_read_input_tokens, written: usage.cache_creation_input_tokens },
    },
    dollars: dollarsIn(usage),
    served: servedIn(message.model),
    all: JSON.stringify(blocks),
  };
}

/** Servers that resemble the API send text, or one block, where a list of blocks is due. */
function blocksIn(content: unknown): Fields[] | null {
  if (typeof content === "string") return [{ type: "text", text: content }];
  if ("type" in fieldsIn(content)) return [fieldsIn(content)];
  if (!Array.isArray(content)) return content === null ? [] : null;
  return listIn(content).map((one) => (typeof one === "string" ? { type: "text", text: one } : fieldsIn(one)));
}

function endedAs(message: Fields, text: string): Heard["ended"] {
  const error = errorIn({ error: message.error }, null, null);
  if (error) return { failed: error };
  switch (endMeant(stringIn(message.stop_reason) ?? "")) {
    case "whole":
      return "whole";
    case "filtered":
      return {
        refused: stringIn(fieldsIn(message.stop_details).explanation) ?? (text || "The model declined to answer."),
      };
    case "unread":
      return "unread";
    case "away":
      return {
        failed: { status: 529, code: "overloaded_error", message: "The provider ended the answer.", headers: null },
      };
    // `max_tokens`, `model_context_window_exceeded`; `pause_turn`, which only tools that run at the provider cause and
    // we use none; and whatever comes in future: nobody said that the answer is complete.
    default:
      return "cut-off";
  }
}
