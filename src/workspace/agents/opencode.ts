import {
  type AgentKind,
  type AgentSaid,
  type AgentTarget,
  countedBy,
  fieldsIn,
  jsonLines,
  NO_KEY,
  UNNAMED_OUTPUT_TOKENS_MAX,
  textIn,
} from "./kind.ts";

/** opencode (`opencode-ai`), by `opencode run --format json`: one part of a message a line. */
export const OPENCODE: AgentKind = {
  program: "opencode",
  install: "npm install -g opencode-ai",
  argv: (program, { model }) => [program, "run", "--format", "json", "--auto", "--pure", "--model", `coop/${model}`],
  environment: (to) => ({
    OPENCODE_CONFIG_CONTENT: JSON.stringify(settings(to)),
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
  }),
  read,
};

/** The packages are part of the program. */
const SPEAKS: Readonly<Record<AgentTarget["api"], string>> = {
  anthropic: "@ai-sdk/anthropic",
  "openai-responses": "@ai-sdk/openai",
  "openai-chat": "@ai-sdk/openai-compatible",
};

function settings({ api, model, address, contextTokensMax }: AgentTarget): object {
  // The clocks are ours: it would end an answer that takes longer than five minutes.
  const options = { baseURL: `${address}/v1`, apiKey: NO_KEY, timeout: false };
  // It shortens its history before the window is full.
  const limit = { context: contextTokensMax, output: UNNAMED_OUTPUT_TOKENS_MAX };
  const models = { [model]: { name: model, limit } };
  return {
    ...{ autoupdate: false, share: "disabled", permission: "allow" },
    ...{ model: `coop/${model}`, small_model: `coop/${model}`, enabled_providers: ["coop"] },
    // A call for a title that nobody reads.
    agent: { title: { disable: true } },
    provider: { coop: { npm: SPEAKS[api], name: "coop", options, models } },
  };
}

function read(output: string): AgentSaid {
  const lines = jsonLines(output);
  const parts = lines.map((line) => ({ type: line.type, part: fieldsIn(line.part) }));
  const texts = parts.flatMap(({ type, part }) => (type === "text" ? [textIn(part.text) ?? ""] : []));
  const ends = parts.filter(({ type }) => type === "step_finish");
  const done = ends.at(-1)?.part.reason === "stop";
  const error = fieldsIn(lines.findLast((line) => line.type === "error")?.error);
  const problem = textIn(fieldsIn(error.data).message) ?? textIn(error.name);
  return {
    message: done ? (texts.at(-1) ?? null) : null,
    problem: done ? null : problem,
    turns: ends.length,
    toolCalls: countedBy(parts.flatMap(({ type, part }) => (type === "tool_use" ? [textIn(part.tool) ?? "?"] : []))),
  };
}
