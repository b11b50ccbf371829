import type Anthropic from "@anthropic-ai/sdk";
import type { Abilities } from "../abilities.ts";
import { mayGoWithTools, systemText } from "../in-words.ts";
import { schemaFor } from "../shapes.ts";
import { type Fields, fieldsIn, isBlank, listIn } from "../lenient.ts";
import type { Question, ToolCall, ToolResult, Turn } from "../model.ts";
import { NOTHING_SAID } from "../normal.ts";
import type { AdapterOptions } from "../spec.ts";
import { argsObject, legalName, meantCalls } from "../tool-calls.ts";

/**
 * A question as a request of the Messages API.
 *
 * Cache markers stand where the request stops being the same: behind what all tickets share (tools, system, the
 * project's notes), behind the context that the next round shares, behind all context, and behind the last turn, so that
 * each turn of a loop reads its whole history from the cache. Four are allowed, four are used.
 */
export function anthropicRequest(question: Question, options: AdapterOptions, abilities: Abilities): Fields {
  const mark: Marker = abilities.has("cache-markers") ? { cache_control: { type: "ephemeral" } } : {};
  const tools = abilities.has("tools") ? question.tools : [];
  const asField = question.answer !== null && abilities.has("answer-schema") && mayGoWithTools(tools, abilities);
  const system = systemText(question, { tools: tools.length > 0, schema: asField });
  const strict = abilities.has("strict-tools") ? { strict: true } : {};
  return {
    model: options.model,
    max_tokens: Math.min(question.outputTokensMax, abilities.outputTokensMax),
    system: [{ type: "text", text: system, ...(question.shared?.tickets ? {} : mark) }],
    messages: messagesOf(question, mark, abilities),
    ...(tools.length > 0
      ? {
          tools: tools.map(({ parameters, ...tool }) => ({
            ...tool,
            input_schema: schemaFor(parameters, abilities),
            ...strict,
          })),
        }
      : {}),
    ...(asField
      ? {
          output_config: {
            format: { type: "json_schema", schema: schemaFor(question.answer?.schema ?? {}, abilities) },
          },
        }
      : {}),
  };
}

type Marker = { cache_control?: Anthropic.CacheControlEphemeral };

type Message = { role: "user" | "assistant"; content: Fields[] };

function messagesOf(question: Question, mark: Marker, abilities: Abilities): Message[] {
  const { context, marked } = markedContext(question);
  const messages: Message[] = [
    {
      role: "user",
      content: context.map((text, index) => ({ type: "text", text, ...(marked.has(index) ? mark : {}) })),
    },
  ];
  for (const [index, turn] of question.turns.entries()) {
    const message = messageOf(turn, index === question.turns.length - 1 ? mark : {}, abilities);
    const last = messages.at(-1);
    // Two of one side in a row: what the API itself would join.
    if (last?.role === message.role) last.content.push(...message.content);
    else messages.push(message);
  }
  return messages;
}

/** Without being told, the last block is taken for what happened last, and the one before it for what rounds share. */
function markedContext({ context, shared }: Question): { context: string[]; marked: ReadonlySet<number> } {
  const kept = context.map((text, index) => ({ text, index })).filter(({ text }) => !isBlank(text));
  const endOf = (blocks: number) => kept.filter(({ index }) => index < blocks).length - 1;
  const last = kept.length - 1;
  const marked = shared ? [endOf(shared.tickets), endOf(shared.rounds), last] : [last - 1, last];
  return { context: kept.map(({ text }) => text), marked: new Set(marked) };
}

function messageOf(turn: Turn, mark: Marker, abilities: Abilities): Message {
  if (turn.from === "user") return { role: "user", content: [{ type: "text", text: turn.text, ...mark }] };
  if (turn.from === "tools") {
    const last = turn.results.length - 1;
    return { role: "user", content: turn.results.map((one, index) => resultOf(one, index === last ? mark : {})) };
  }
  const echo = abilities.has("reasoning-echo") ? echoedBlocks(turn) : null;
  const content = withoutLastThoughts(echo ?? plainBlocks(turn));
  return { role: "assistant", content: content.length > 0 ? content : [{ type: "text", text: NOTHING_SAID }] };
}

function plainBlocks(turn: Extract<Turn, { from: "model" }>): Fields[] {
  const text = isBlank(turn.text) ? [] : [{ type: "text", text: turn.text }];
  return [...text, ...turn.toolCalls.map((call) => toolUse({}, call))];
}

/**
 * The blocks as they came, with the fields that we do not know, because thinking is signed: a block that was changed, or
 * left out before a tool call, is refused. What the API refuses even when it sent it itself is mended.
 * @returns null when the blocks and the calls do not belong together
 */
function echoedBlocks(turn: Extract<Turn, { from: "model" }>): Fields[] | null {
  if (!Array.isArray(turn.echo)) return null;
  const calls = [...turn.toolCalls];
  const blocks = listIn(turn.echo).flatMap((one): Fields[] => {
    const block = fieldsIn(one);
    switch (block.type) {
      case "text":
      case "output_text":
        return typeof block.text === "string" && !isBlank(block.text) ? [{ ...block, type: "text" }] : [];
      case "thinking":
        return typeof block.signature === "string" && block.signature !== "" ? [block] : [];
      case "tool_use": {
        const meant = meantCalls({ id: block.id, name: block.name, args: block.input });
        return calls.splice(0, meant.length).map((call) => toolUse(meant.length === 1 ? block : {}, call));
      }
      // What ran at the provider is refused without its result, and we offer no such tools. Calls of other protocols are none here.
      default:
        return typeof block.type === "string" && !AT_PROVIDER.test(block.type) ? [block] : [];
    }
  });
  return calls.length === 0 ? blocks : null;
}

const AT_PROVIDER = /^(?:server|mcp)_tool_use$|_tool_result$|^(?:function|tool)_call$/;

function toolUse(block: Fields, { id, name, args }: ToolCall): Fields {
  // What stood for `input` at a server that resembles the API is no field of it.
  const { arguments: _arguments, partial_json: _json, ...known } = block;
  return { ...known, type: "tool_use", id, name: legalName(name), input: argsObject(args) };
}

/** A message may not end with a thought. */
function withoutLastThoughts(blocks: readonly Fields[]): Fields[] {
  const end = blocks.findLastIndex(({ type }) => type !== "thinking" && type !== "redacted_thinking");
  return blocks.slice(0, end + 1);
}

function resultOf(result: ToolResult, mark: Marker): Fields {
  return {
    type: "tool_result",
    tool_use_id: result.id,
    ...(isBlank(result.text) ? {} : { content: result.text }),
    ...(result.failed ? { is_error: true } : {}),
    ...mark,
  };
}
