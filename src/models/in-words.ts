import { seen } from "../hygiene/seen.ts";
import type { Abilities } from "./abilities.ts";
import { isBlank } from "./lenient.ts";
import type { Question, Turn } from "./model.ts";

/** What a server has no field for is said in words: the answer's schema, the tools, the conversation so far. */

export function mayGoWithTools(tools: readonly unknown[], abilities: Abilities): boolean {
  return tools.length === 0 || abilities.has("answer-schema-with-tools");
}

/** The system text; what the request has no field for is said in words behind it. */
export function systemText(question: Question, fields: { tools: boolean; schema: boolean }): string {
  const words = [
    question.system,
    ...(question.tools.length > 0 && !fields.tools ? [toolsInWords(question)] : []),
    ...(question.answer && !fields.schema ? [schemaInWords(question)] : []),
  ];
  return words.join("\n\n");
}

function schemaInWords(question: Question): string {
  const schema = JSON.stringify(question.answer?.schema);
  return `When you answer without calling a tool, answer with one JSON object of this JSON Schema, with nothing before or after it:\n${schema}`;
}

function toolsInWords(question: Question): string {
  const tools = question.tools.map((tool) => JSON.stringify(tool)).join("\n");
  return `You have these tools:\n${tools}\nTo call one, answer with nothing but <tool_call>{"name": "…", "arguments": {…}}</tool_call>. The result comes with the next message.`;
}

/**
 * The conversation as one text of the user's, for a server that refuses it as it was. Tools are still offered, so that
 * the model goes on from here; nothing in the text can be refused.
 */
export function toldTurns(turns: readonly Turn[]): Turn[] {
  if (turns.length === 0) return [];
  const told = turns.map((turn) => {
    if (turn.from === "user") return `You were told: ${turn.text}`;
    if (turn.from === "tools")
      return turn.results.map(({ text, failed }) => `${failed ? "It failed" : "Its result"}: ${text}`).join("\n");
    const calls = turn.toolCalls.map(({ name, args }) => `You called ${name} with ${JSON.stringify(args)}.`);
    return [isBlank(turn.text) ? "" : `You said: ${turn.text}`, ...calls].filter((line) => line !== "").join("\n");
  });
  const text = `What happened so far, oldest first:\n${told.join("\n\n")}\n\nGo on from here.`;
  return [{ from: "user", text: seen(text, "code") }];
}
