import { servedIn } from "../../core/rules/provider-words.ts";
import type { Heard } from "./wire.ts";
import { countIn, type Fields, fieldsIn, isBlank, jsonOrNull, listIn, stringIn, textIn } from "../lenient.ts";
import { endMeant, reasonIn } from "../end-words.ts";
import { errorIn } from "../provider-error.ts";
import { type MeantCall, meantCalls } from "../tool-calls.ts";
import { dollarsIn } from "../usage.ts";

/** Reads a completion, whole or put together from a stream. */
export function readChat(body: unknown): Heard | null {
  const completion = fieldsIn(body);
  const given = completion.choices ?? ollamaChoice(completion);
  const choices = (Array.isArray(given) ? listIn(given) : [given]).map(fieldsIn);
  const says = (one: Fields) => !isBlank(saidIn(one, messageIn(one)));
  const choice = choices.find((one) => callsIn(messageIn(one)).length > 0) ?? choices.find(says) ?? choices[0];
  if (!choice || Object.keys(choice).length === 0) return null;
  const message = messageIn(choice);
  const content = message.content ?? choice.text;
  if (Object.keys(message).length === 0 && content === undefined && !choice.error && !choice.finish_reason) return null;
  const calls = callsIn(message);
  const usage = fieldsIn(completion.usage ?? fieldsIn(completion.x_groq).usage ?? ollamaCounts(completion));
  const text = saidIn(choice, message);
  return {
    ended: endedAs(choice, message, completion),
    ...{ text, thought: textIn(message.reasoning_content ?? message.reasoning), calls },
    echo: message,
    reported: reportedIn(usage),
    dollars: dollarsIn(usage),
    served: servedIn(completion.model),
    all:
      text === "" && calls.length === 0 && !message.reasoning_content && !message.reasoning
        ? ""
        : JSON.stringify(message),
  };
}

/** Ollama's own protocol, at an address of which a proxy took that for the other. */
function ollamaChoice({ message, done, done_reason: reason }: Fields): Fields | undefined {
  return done === true ? { message, ...(reason === undefined ? {} : { finish_reason: reason }) } : undefined;
}

function ollamaCounts({ prompt_eval_count: read, eval_count: written }: Fields): Fields {
  return { prompt_tokens: read, completion_tokens: written };
}

/**
 * The text of an answer: as text, as the object that the text would be, or where a server took all of the answer for
 * thinking. Only a thought that is nothing but an object is that.
 */
function saidIn(choice: Fields, message: Fields): string {
  const content = message.content ?? choice.text;
  const text = textIn(content);
  if (!isBlank(text)) return text;
  const object = [content, message.parsed].map(fieldsIn).find((one) => !("type" in one) && Object.keys(one).length > 0);
  if (object) return JSON.stringify(object);
  const thought = textIn(message.reasoning_content ?? message.reasoning).trim();
  return Object.keys(fieldsIn(jsonOrNull(thought))).length > 0 ? thought : text;
}

function messageIn(choice: Fields): Fields {
  const message = choice.message ?? choice.delta;
  return typeof message === "string" ? { role: "assistant", content: message } : fieldsIn(message);
}

export function callsIn(message: Fields): MeantCall[] {
  const given = typeof message.tool_calls === "string" ? jsonOrNull(message.tool_calls) : message.tool_calls;
  const calls = (Array.isArray(given) ? listIn(given).flat() : Object.values(numberedIn(given) ?? { given }))
    .map(fieldsIn)
    .filter((one) => Object.keys(one).length > 0);
  const legacy = message.function_call ? [{ function: message.function_call }] : [];
  const parts = listIn(message.content)
    .map(fieldsIn)
    .filter(({ type }) => CALL_PARTS.includes(type));
  return ([calls, legacy.map(fieldsIn), parts].find((one) => one.length > 0) ?? []).flatMap((call) => {
    const named = functionIn(call);
    const args = named.arguments ?? named.args ?? named.parameters ?? named.input;
    return meantCalls({ id: call.id, name: named.name, args });
  });
}

/** A list as languages write it that know only one kind of both: `{"0": …}`. */
function numberedIn(given: unknown): Fields | null {
  const keys = Object.keys(fieldsIn(given));
  return keys.length > 0 && keys.every((key) => /^\d{1,4}$/.test(key)) ? fieldsIn(given) : null;
}

/** Calls among the parts of the content, as other protocols have them. */
const CALL_PARTS: readonly unknown[] = ["tool_use", "tool_call", "function_call"];

/** An object, the text of one, or only its name. */
function functionIn(call: Fields): Fields {
  if (typeof call.function !== "string")
    return call.function || call.custom ? fieldsIn(call.function ?? call.custom) : call;
  const told = fieldsIn(jsonOrNull(call.function));
  return Object.keys(told).length > 0 ? told : { ...call, name: call.function };
}

function endedAs(choice: Fields, message: Fields, completion: Fields): Heard["ended"] {
  const error = errorIn({ error: choice.error ?? message.error ?? completion.error }, null, null);
  if (error) return { failed: error };
  const reason = (reasonIn(choice.finish_reason) ?? reasonIn(choice.native_finish_reason) ?? "").toLowerCase();
  const native = stringIn(choice.native_finish_reason) ?? reason;
  const refusal = textIn(message.refusal);
  if (refusal !== "") return { refused: refusal };
  const meant = endMeant(reason);
  if (meant === "filtered") return { refused: "The provider's content filter ended the answer." };
  if (meant === "away") {
    const said = `The answer ended with "${native}".`;
    return { failed: { status: 503, code: reason, message: said, headers: null } };
  }
  if (meant === "whole" || meant === "unread") return meant;
  // Ollama and others leave the reason out of whole answers.
  return reason === "" && "finish_reason" in choice === false ? "whole" : "cut-off";
}

function reportedIn(usage: Fields): Heard["reported"] {
  const details = fieldsIn(usage.prompt_tokens_details);
  const cached =
    details.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? usage.cache_read_input_tokens;
  return {
    inputIs: "all",
    input: usage.prompt_tokens ?? usage.input_tokens ?? usage.promptTokens ?? usage.inputTokens,
    cached,
    written: details.cache_write_tokens ?? details.cache_creation_tokens ?? usage.cache_creation_input_tokens,
    output: usage.completion_tokens ?? usage.output_tokens ?? usage.completionTokens ?? usage.outputTokens,
    total: countIn(usage.total_tokens),
  };
}
