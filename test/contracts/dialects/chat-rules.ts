import { type Fields, fields, list, looseSchema, type Sent, unknownField } from "./dialect.ts";
import { argumentsOf, callsOf, messagesOf, nameOf } from "./chat-form.ts";

/** What chat servers look at. Each gives the first offence, as facts that a dialect puts into its own words. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

export const OPENAI_MESSAGE: Readonly<Record<string, readonly string[]>> = {
  system: ["role", "content", "name"],
  developer: ["role", "content", "name"],
  user: ["role", "content", "name"],
  assistant: ["role", "content", "name", "tool_calls", "refusal", "audio", "function_call"],
  tool: ["role", "content", "tool_call_id"],
};

export function unknownInMessages(
  request: Sent,
  known: Readonly<Record<string, readonly string[]>>,
): { readonly index: number; readonly role: string; readonly field: string } | null {
  for (const [index, message] of messagesOf(request).entries()) {
    const role = String(message.role);
    const field = unknownField(message, known[role] ?? []);
    if (field) return { index, role, field };
  }
  return null;
}

/** Calls without results, or results without calls. */
export function unpaired(
  request: Sent,
): { readonly index: number; readonly id: string; readonly lacks: "result" | "call" } | null {
  let open: string[] = [];
  const messages = messagesOf(request);
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      const id = String(message.tool_call_id);
      if (!open.includes(id)) return { index, id, lacks: "call" };
      open = open.filter((one) => one !== id);
      continue;
    }
    if (open[0] !== undefined) return { index, id: open[0], lacks: "result" };
    open = callsOf(message).map((call) => String(call.id));
    if (new Set(open).size < open.length) return { index, id: open[0] ?? "", lacks: "call" };
  }
  return open[0] === undefined ? null : { index: messages.length, id: open[0], lacks: "result" };
}

export function badCall(
  request: Sent,
  id: RegExp,
): { readonly index: number; readonly what: "id" | "name" | "arguments"; readonly value: string } | null {
  for (const [index, message] of messagesOf(request).entries()) {
    for (const call of callsOf(message)) {
      if (!id.test(String(call.id))) return { index, what: "id", value: String(call.id) };
      if (!NAME.test(String(nameOf(call)))) return { index, what: "name", value: String(nameOf(call)) };
      if (!isObjectText(argumentsOf(call))) return { index, what: "arguments", value: String(argumentsOf(call)) };
    }
  }
  return null;
}

function isObjectText(text: unknown): boolean {
  if (typeof text !== "string") return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A message without anything in it. */
export function emptyMessage(request: Sent): { readonly index: number; readonly role: string } | null {
  const index = messagesOf(request).findIndex((message) => {
    if (message.role === "assistant" && callsOf(message).length > 0) return false;
    return typeof message.content !== "string" ? list(message.content).length === 0 : message.content.trim() === "";
  });
  return index < 0 ? null : { index, role: String(messagesOf(request)[index]?.role) };
}

/** Two of one side in a row; results of tools count as the user's side. The system's message comes first or not at all. */
export function notAlternating(request: Sent): { readonly index: number; readonly role: string } | null {
  const rest = messagesOf(request).filter((message, index) => index > 0 || message.role !== "system");
  let side = "assistant";
  let role = "";
  for (const [index, message] of rest.entries()) {
    const own = message.role === "assistant" ? "assistant" : "user";
    const again = own === side && !(role === "tool" && message.role === "tool");
    if (message.role === "system" || again) return { index, role: String(message.role) };
    side = own;
    role = String(message.role);
  }
  return null;
}

export function userAfterTool(request: Sent): boolean {
  const roles = messagesOf(request).map(({ role }) => role);
  return roles.some((role, index) => role === "user" && roles[index - 1] === "tool");
}

/** A tool or an answer whose schema strict mode refuses. */
export function looseIn(request: Sent): string | null {
  const strictTools = list(request.tools)
    .map((tool) => fields(fields(tool).function))
    .filter((one) => one.strict === true);
  const tool = strictTools.find((one) => looseSchema(one.parameters));
  if (tool) return `function '${String(tool.name)}'${looseSchema(tool.parameters)}`;
  const format = fields(fields(request.response_format).json_schema);
  const loose = format.strict === true ? looseSchema(format.schema) : null;
  return loose ? `response_format '${String(format.name)}'${loose}` : null;
}

export const hasTools = (request: Sent): boolean => list(request.tools).length > 0;
export const formatOf = (request: Sent): unknown => fields(request.response_format).type;
export const lastRole = (request: Sent): unknown => messagesOf(request).at(-1)?.role;
export const isText = (value: unknown): boolean => typeof value === "string";
export const withCalls = (request: Sent): { readonly index: number; readonly message: Fields }[] =>
  messagesOf(request)
    .map((message, index) => ({ index, message }))
    .filter(({ message }) => callsOf(message).length > 0);
