import type OpenAI from "openai";
import { sha256 } from "../../core/ledger/chain.ts";
import type { Abilities } from "../abilities.ts";
import { adapter } from "../adapter.ts";
import { OPENAI_ADDRESS, openaiBase, otherOpenaiBase } from "../base-url.ts";
import { mayGoWithTools, systemText } from "../in-words.ts";
import { answerFor, schemaFor } from "../shapes.ts";
import { type Fields, fieldsIn, isBlank, listIn, textIn } from "../lenient.ts";
import type { Model, Question, ToolCall, Turn } from "../model.ts";
import { NOTHING_SAID } from "../normal.ts";
import type { AdapterOptions } from "../spec.ts";
import { argsObject, legalName, meantCalls } from "../tool-calls.ts";
import { openaiClients } from "./openai-client.ts";
import { readResponse } from "./openai-responses-reply.ts";
import { responseAssembly } from "./openai-responses-stream.ts";

/**
 * OpenAI's Responses API, stateless: nothing is stored at the provider, so a replay needs nothing but our journal. What
 * the model reasoned comes back encrypted and is sent again unchanged.
 */
export function openaiResponsesModel(options: AdapterOptions): Model & { readonly abilities: Abilities } {
  const clientAt = openaiClients(options);
  return adapter(options, {
    request: (question, abilities) => requestOf(question, options, abilities),
    send: async (request, { base, ...sending }) => {
      const { responses } = await clientAt(base);
      const params = request as unknown as OpenAI.Responses.ResponseCreateParams;
      return responses.create(params, { ...sending, headers: options.extraHeaders }).asResponse();
    },
    assembly: responseAssembly,
    read: readResponse,
    base: openaiBase(options.baseUrl ?? OPENAI_ADDRESS),
    otherBase: otherOpenaiBase,
  });
}

function requestOf(question: Question, options: AdapterOptions, abilities: Abilities): Fields {
  const tools = (abilities.has("tools") ? question.tools : []).map(({ name, description, parameters }) => ({
    ...{ type: "function", name, description, parameters: schemaFor(parameters, abilities) },
    strict: abilities.has("strict-tools"),
  }));
  const asField = question.answer !== null && abilities.has("answer-schema") && mayGoWithTools(tools, abilities);
  return {
    model: options.model,
    instructions: systemText(question, { tools: tools.length > 0, schema: asField }),
    input: inputOf(question, abilities),
    max_output_tokens: Math.min(question.outputTokensMax, abilities.outputTokensMax),
    store: false,
    // Requests with one system prompt share their beginning; the key sends them to the machine that has it cached.
    ...(abilities.has("cache-markers") ? { prompt_cache_key: sha256(question.system) } : {}),
    ...(abilities.has("reasoning-items") ? { include: ["reasoning.encrypted_content"] } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(tools.length > 0 && !abilities.has("parallel-calls") ? { parallel_tool_calls: false } : {}),
    ...(asField ? { text: { format: { type: "json_schema", ...answerFor(question, abilities), strict: true } } } : {}),
  };
}

function inputOf(question: Question, abilities: Abilities): Fields[] {
  const content = question.context.filter((text) => !isBlank(text)).map((text) => ({ type: "input_text", text }));
  return [{ role: "user", content }, ...question.turns.flatMap((turn) => itemsOf(turn, abilities))];
}

function itemsOf(turn: Turn, abilities: Abilities): Fields[] {
  if (turn.from === "user") return [{ role: "user", content: turn.text }];
  if (turn.from === "tools")
    return turn.results.map(({ id, text, failed }) => ({
      type: "function_call_output",
      call_id: id,
      // The protocol has no field for a failure.
      output: failed ? `Error: ${text}` : text,
    }));
  const echo = abilities.has("reasoning-echo") ? echoedItems(turn) : null;
  const items = withoutLastReasoning(echo ?? plainItems(turn));
  return items.length > 0 ? items : [{ role: "assistant", content: NOTHING_SAID }];
}

function plainItems(turn: Extract<Turn, { from: "model" }>): Fields[] {
  const text = isBlank(turn.text) ? [] : [{ role: "assistant", content: turn.text }];
  return [...text, ...turn.toolCalls.map((call) => functionCall({}, call))];
}

/** The items as they came. @returns null when the items and the calls do not belong together */
function echoedItems(turn: Extract<Turn, { from: "model" }>): Fields[] | null {
  if (!Array.isArray(turn.echo)) return null;
  const calls = [...turn.toolCalls];
  const items = listIn(turn.echo).flatMap((one): Fields[] => {
    const item = withoutNulls(fieldsIn(one));
    switch (item.type) {
      case "reasoning":
        // Without its encrypted text it is only a reference to something that we asked not to be stored.
        return typeof item.encrypted_content === "string" && item.encrypted_content !== "" ? [item] : [];
      case "message":
        return isBlank(textIn(item.content)) ? [] : [item];
      case "function_call": {
        const meant = meantCalls({ id: item.call_id ?? item.id, name: item.name, args: item.arguments });
        return calls.splice(0, meant.length).map((call) => functionCall(meant.length === 1 ? item : {}, call));
      }
      // What runs at the provider belongs to a conversation that is stored there.
      default:
        return [];
    }
  });
  return calls.length === 0 ? items : null;
}

/** A null of an answer is no value that a request may have. */
function withoutNulls(item: Fields): Fields {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}

function functionCall(item: Fields, { id, name, args }: ToolCall): Fields {
  const given = typeof item.arguments === "string" && isObjectText(item.arguments) ? item.arguments : null;
  const fields = { type: "function_call", call_id: id, name: legalName(name) };
  return { ...item, ...fields, arguments: given ?? JSON.stringify(argsObject(args)) };
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Reasoning is refused without the item that it led to. */
function withoutLastReasoning(items: readonly Fields[]): Fields[] {
  return items.slice(0, items.findLastIndex(({ type }) => type !== "reasoning") + 1);
}
