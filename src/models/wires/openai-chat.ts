import type OpenAI from "openai";
import type { Abilities } from "../abilities.ts";
import { adapter } from "../adapter.ts";
import { OPENAI_ADDRESS, openaiBase, otherOpenaiBase } from "../base-url.ts";
import { mayGoWithTools, systemText } from "../in-words.ts";
import { answerFor, mayStream, schemaFor } from "../shapes.ts";
import { type Fields, fieldsIn, isBlank, listIn } from "../lenient.ts";
import type { Model, Question, ToolCall, Turn } from "../model.ts";
import { NOTHING_SAID } from "../normal.ts";
import type { AdapterOptions } from "../spec.ts";
import { argsObject, legalName } from "../tool-calls.ts";
import { openaiClients } from "./openai-client.ts";
import { callsIn, readChat } from "./openai-chat-reply.ts";
import { chatAssembly } from "./openai-chat-stream.ts";

/**
 * Chat Completions, for every server that speaks it on a base URL, and for Azure. Only fields that such servers have had
 * for years are sent; what they answer is read leniently. OpenAI's own models are better asked through
 * `openai-responses.ts`: the newest take no tools here.
 */
export function openaiChatModel(options: AdapterOptions): Model & { readonly abilities: Abilities } {
  const clientAt = openaiClients(options);
  const given = options.baseUrl ?? OPENAI_ADDRESS;
  const azure = options.api === "azure-openai";
  return adapter(options, {
    request: (question, abilities) => requestOf(question, options, abilities),
    send: async (request, { base, ...sending }) => {
      const { chat } = await clientAt(base);
      const params = request as unknown as OpenAI.Chat.ChatCompletionCreateParams;
      return chat.completions.create(params, { ...sending, headers: options.extraHeaders }).asResponse();
    },
    assembly: chatAssembly,
    read: readChat,
    base: azure ? given : openaiBase(given),
    otherBase: azure ? () => null : otherOpenaiBase,
  });
}

function requestOf(question: Question, options: AdapterOptions, abilities: Abilities): Fields {
  const strict = abilities.has("strict-tools") ? { strict: true } : {};
  const offered = abilities.has("tools") ? question.tools : [];
  const tools = offered.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters: schemaFor(parameters, abilities), ...strict },
  }));
  const asField = question.answer !== null && abilities.has("answer-schema") && mayGoWithTools(tools, abilities);
  const system = systemText(question, { tools: tools.length > 0, schema: asField });
  const limit = abilities.has("max-completion-tokens") ? "max_completion_tokens" : "max_tokens";
  return {
    model: options.model,
    messages: messagesOf(question, system, abilities),
    [limit]: Math.min(question.outputTokensMax, abilities.outputTokensMax),
    ...(tools.length > 0 ? { tools } : {}),
    ...(tools.length > 0 && !abilities.has("parallel-calls") ? { parallel_tool_calls: false } : {}),
    ...(asField
      ? { response_format: { type: "json_schema", json_schema: { ...answerFor(question, abilities), strict: true } } }
      : {}),
    ...(mayStream(question, abilities) && abilities.has("stream-usage")
      ? { stream_options: { include_usage: true } }
      : {}),
  };
}

function messagesOf(question: Question, system: string, abilities: Abilities): Fields[] {
  // One text: many servers know no list of parts.
  const context = question.context.filter((text) => !isBlank(text)).join("\n\n");
  const first = abilities.has("system-role")
    ? [
        { role: "system", content: system },
        { role: "user", content: context },
      ]
    : [{ role: "user", content: `${system}\n\n${context}` }];
  return joined([...first, ...question.turns.flatMap((turn) => messagesOfTurn(turn, abilities))], abilities);
}

/** Servers whose templates let roles alternate get two texts of one side as one, and a word of the user's with a result. */
function joined(messages: readonly Fields[], abilities: Abilities): Fields[] {
  const all: Fields[] = [];
  for (const message of messages) {
    const last = all.at(-1);
    const follows = last?.role === "user" || (last?.role === "tool" && !abilities.has("user-after-tools"));
    if (message.role === "user" && last && follows)
      all[all.length - 1] = { ...last, content: `${String(last.content)}\n\n${String(message.content)}` };
    else all.push(message);
  }
  return all;
}

function messagesOfTurn(turn: Turn, abilities: Abilities): Fields[] {
  if (turn.from === "user") return [{ role: "user", content: turn.text }];
  if (turn.from === "tools")
    return turn.results.map(({ id, text, failed }) => ({
      role: "tool",
      tool_call_id: id,
      // The protocol has no field for a failure, and many servers refuse an empty text.
      content: failed ? `Error: ${text}` : isBlank(text) ? "(empty)" : text,
    }));
  const echo = abilities.has("reasoning-echo") ? fieldsIn(turn.echo) : {};
  const calls = callsOf(turn.toolCalls, echo);
  const blank = isBlank(turn.text) || (calls.length > 0 && !abilities.has("text-with-calls"));
  const nothing = calls.length === 0 ? NOTHING_SAID : abilities.has("empty-content") ? null : " ";
  return [
    {
      ...(abilities.has("reasoning-content") ? { reasoning_content: "" } : {}),
      ...unknownFields(echo),
      role: "assistant",
      content: blank ? nothing : turn.text,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
  ];
}

/** Fields of an answer that no server wants to see again. What is none of these is echoed as it came. */
const ANSWER_ONLY = ["role", "content", "tool_calls", "function_call", "refusal", "annotations", "audio", "parsed"];

function unknownFields(message: Fields): Fields {
  const kept = Object.entries(message).filter(
    ([name, value]) => !ANSWER_ONLY.includes(name) && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept);
}

/** The calls in normal form, each with the fields that we do not know, such as a thought's signature. */
function callsOf(calls: readonly ToolCall[], echo: Fields): Fields[] {
  const raw = listIn(echo.tool_calls).map(fieldsIn);
  // Only where each call of the message is one call of ours do they belong together.
  const own = raw.length === calls.length && raw.every((one) => callsIn({ tool_calls: [one] }).length === 1) ? raw : [];
  return calls.map(({ id, name, args }, nth) => {
    const { index: _index, ...rest } = own[nth] ?? {};
    return {
      ...rest,
      id,
      type: "function",
      // Not as it came: servers that parse the arguments of older turns fail for good on ones that are not JSON.
      function: { ...fieldsIn(rest.function), name: legalName(name), arguments: JSON.stringify(argsObject(args)) },
    };
  });
}
