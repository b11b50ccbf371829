import { canonicalJson } from "../core/ledger/chain.ts";
import { type Seen, seen } from "../hygiene/seen.ts";
import { countIn, type Fields, fieldsIn, isBlank, jsonOrNull, listIn, stringIn, textIn } from "./lenient.ts";
import type { Question, ToolCall, ToolResult, ToolSpec, Turn } from "./model.ts";

/** A request of Chat Completions, as another program wrote it, as a question to a model of ours. */
export type Remembered = (said: Pick<Said, "text" | "toolCalls">) => unknown;
type Said = Extract<Turn, { from: "model" }>;

/** @param echoOf what the provider wants to see again of an answer that it gave */
export function questionIn(body: Fields, outputTokensMax: number, timeoutMs: number, echoOf: Remembered): Question {
  const messages = listIn(body.messages).map(fieldsIn);
  const begins = messages.findIndex(({ role }) => !isSystem(role));
  const head = begins < 0 ? messages : messages.slice(0, begins);
  const rest = begins < 0 ? [] : messages.slice(begins);
  const answered = rest.findIndex(({ role }) => role === "assistant");
  const context = answered < 0 ? rest : rest.slice(0, answered);
  const limit = countIn(body.max_tokens ?? body.max_completion_tokens);
  return {
    system: seen(head.map(({ content }) => textOf(content)).join("\n\n"), "code"),
    context: context.map(({ content }) => textOf(content)).filter((text) => !isBlank(text)),
    turns: turnsIn(answered < 0 ? [] : rest.slice(answered), echoOf),
    tools: body.tool_choice === "none" ? [] : listIn(body.tools).flatMap(toolIn),
    answer: null,
    outputTokensMax: limit ? Math.min(limit, outputTokensMax) : outputTokensMax,
    timeoutMs,
  };
}

function isSystem(role: unknown): boolean {
  return role === "system" || role === "developer";
}

/** Pictures are left out: not every server of this kind knows them. */
function textOf(content: unknown): Seen {
  const parts = Array.isArray(content) ? listIn(content) : [content];
  const texts = parts.map((part) => (fieldsIn(part).type === "image_url" ? "(A picture was here.)" : textIn(part)));
  return seen(texts.join("\n"), "code");
}

function toolIn(tool: unknown): ToolSpec[] {
  const { name, description, parameters } = fieldsIn(fieldsIn(tool).function);
  const named = stringIn(name);
  if (named === null) return [];
  return [{ name: named, description: seen(stringIn(description) ?? "", "code"), parameters: fieldsIn(parameters) }];
}

function turnsIn(messages: readonly Fields[], echoOf: Remembered): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === "assistant") turns.push(saidIn(message, echoOf));
    else if (message.role !== "tool") turns.push({ from: "user", text: textOf(message.content) });
    else if (last?.from === "tools")
      turns[turns.length - 1] = { ...last, results: [...last.results, resultIn(message)] };
    else turns.push({ from: "tools", results: [resultIn(message)] });
  }
  return turns.map((turn, index) => (turn.from === "tools" ? inOrder(turn, turns[index - 1]) : turn));
}

/** By their ids, because results may come in the order in which they were done. */
function inOrder(turn: Extract<Turn, { from: "tools" }>, asked: Turn | undefined): Turn {
  if (asked?.from !== "model") return turn;
  const found = asked.toolCalls.flatMap(({ id }) => turn.results.find((one) => one.id === id) ?? []);
  return { from: "tools", results: found };
}

function resultIn({ tool_call_id: id, content }: Fields): ToolResult {
  return { id: stringIn(id) ?? "", text: textOf(content), failed: false };
}

function saidIn(message: Fields, echoOf: Remembered): Said {
  const text = textIn(message.content);
  const toolCalls = listIn(message.tool_calls).map((call): ToolCall => {
    const { name, arguments: args } = fieldsIn(fieldsIn(call).function);
    const parsed = typeof args === "string" ? jsonOrNull(args) : args;
    return { id: stringIn(fieldsIn(call).id) ?? "", name: stringIn(name) ?? "", args: parsed ?? {} };
  });
  return { from: "model", text, toolCalls, echo: echoOf({ text, toolCalls }) };
}

/** What makes an answer the same when a program sends it back: programs trim texts and write arguments anew. */
export function answerKey({ text, toolCalls }: Pick<Said, "text" | "toolCalls">): string {
  return canonicalJson(toolCalls.length > 0 ? toolCalls.map(({ id, name, args }) => [id, name, args]) : text.trim());
}
