import { servedIn } from "../../core/rules/provider-words.ts";
import type { Heard } from "./wire.ts";
import { type Fields, fieldsIn, isBlank, listIn, stringIn, textIn } from "../lenient.ts";
import { endMeant } from "../end-words.ts";
import { errorIn } from "../provider-error.ts";
import { meantCalls } from "../tool-calls.ts";
import { dollarsIn } from "../usage.ts";

/** Reads a response, whole or put together from a stream. */
export function readResponse(body: unknown): Heard | null {
  const response = fieldsIn(body);
  const ended = stringIn(response.status);
  const output = itemsIn(response);
  if (output === null && ended !== "failed" && ended !== "cancelled" && ended !== "incomplete") return null;
  return heardIn(response, output ?? []);
}

function heardIn(response: Fields, output: readonly Fields[]): Heard {
  const usage = fieldsIn(response.usage);
  const details = fieldsIn(usage.input_tokens_details);
  return {
    ended: endedAs(response, output),
    text: finalText(output),
    calls: output
      .filter(({ type }) => type === "function_call")
      .flatMap(({ id, call_id: callId, name, arguments: args }) => meantCalls({ id: callId ?? id, name, args })),
    echo: output,
    reported: {
      inputIs: "all",
      input: usage.input_tokens ?? usage.prompt_tokens,
      cached: details.cached_tokens,
      written: details.cache_write_tokens,
      output: usage.output_tokens ?? usage.completion_tokens,
      total: usage.total_tokens,
    },
    dollars: dollarsIn(usage),
    served: servedIn(response.model),
    all: output.length === 0 ? "" : JSON.stringify(output),
  };
}

/** The items; where a server sends one alone, or only the text that the SDKs put together from them, that one. */
function itemsIn({ output, output_text: text }: Fields): Fields[] | null {
  const given = listIn(output).length === 0 && Object.keys(fieldsIn(output)).length > 0 ? [output] : output;
  if (typeof text === "string" && listIn(given).length === 0)
    return [{ type: "message", role: "assistant", content: [{ type: "output_text", text }] }];
  return Array.isArray(given) ? listIn(given).map(fieldsIn).map(asFunctionCall) : null;
}

/** What servers call a call of a function that they were offered. */
const CALLS = ["custom_tool_call", "tool_call", "tool_use"];

function asFunctionCall(item: Fields): Fields {
  if (typeof item.type !== "string" || !CALLS.includes(item.type)) return item;
  const { input, arguments: args, ...rest } = item;
  return { ...rest, type: "function_call", arguments: args ?? input };
}

/** Of several messages the final one: those before it comment on the work. */
function finalText(output: readonly Fields[]): string {
  const messages = output.filter((item) => item.type === "message" && !isBlank(textIn(item.content)));
  const final = messages.findLast((item) => item.phase === "final_answer" || item.channel === "final");
  const message = final ?? messages.at(-1);
  return message ? textIn(message.content) : "";
}

function endedAs(response: Fields, output: readonly Fields[]): Heard["ended"] {
  const error = errorIn({ error: response.error }, null, null);
  const status = (stringIn(response.status) ?? "completed").toLowerCase();
  if (error)
    return {
      failed: error.code === null || PASSING.test(error.code) ? error : { ...error, status: rejected(error.status) },
    };
  if (status === "failed" || status === "cancelled")
    return { failed: { status: 500, code: status, message: "", headers: null } };
  const refusal = output.flatMap(({ content }) => listIn(content).map(fieldsIn)).find(({ type }) => type === "refusal");
  if (refusal) return { refused: stringIn(refusal.refusal) ?? "The model declined." };
  const why = stringIn(fieldsIn(response.incomplete_details).reason);
  if (endMeant(why ?? status) === "unread") return "unread";
  if (why === "content_filter") return { refused: "The provider's content filter ended the answer." };
  // Everything but a completed answer is one that nobody said is whole. Some servers leave the status out.
  return status === "completed" ? "whole" : "cut-off";
}

/** Failures that pass by themselves; every other word means that the request was at fault. */
const PASSING = /server_error|rate_?limit|overloaded|timeout|unavailable|internal|capacity|vector_store_timeout/;

function rejected(status: number): number {
  return status >= 500 ? 400 : status;
}
