import {
  type AgentKind,
  type AgentSaid,
  countedBy,
  fieldsIn,
  jsonLines,
  listIn,
  NO_KEY,
  UNNAMED_OUTPUT_TOKENS_MAX,
  textIn,
} from "./kind.ts";

/** Claude Code (`@anthropic-ai/claude-code`), by its headless mode: one JSON object a line, a `result` at the end. */
export const CLAUDE_CODE: AgentKind = {
  program: "claude",
  install: "npm install -g @anthropic-ai/claude-code",
  argv: (program, { model }) => [
    ...[program, "--print", "--output-format", "stream-json", "--verbose", "--model", model],
    // It may do everything in a sandbox that lets it do nothing. Servers of tools would be another way out.
    ...["--dangerously-skip-permissions", "--strict-mcp-config", "--disallowedTools", "WebFetch,WebSearch"],
  ],
  environment: ({ model, address }) => ({
    ANTHROPIC_BASE_URL: address,
    ANTHROPIC_API_KEY: NO_KEY,
    // Its helpers ask the same model: one entry of the pool is one model.
    ANTHROPIC_DEFAULT_OPUS_MODEL: model,
    ANTHROPIC_DEFAULT_SONNET_MODEL: model,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
    ANTHROPIC_SMALL_FAST_MODEL: model,
    CLAUDE_CODE_SUBAGENT_MODEL: model,
    CLAUDE_CODE_MAX_OUTPUT_TOKENS: `${UNNAMED_OUTPUT_TOKENS_MAX}`,
    CLAUDE_CONFIG_DIR: "/tmp/home/.claude",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
    IS_SANDBOX: "1",
  }),
  read,
};

function read(output: string): AgentSaid {
  const lines = jsonLines(output);
  const result = lines.findLast((line) => line.type === "result");
  const messages = lines.filter((line) => line.type === "assistant").map((line) => fieldsIn(line.message));
  const blocks = messages.flatMap((message) => listIn(message.content));
  const toolCalls = countedBy(blocks.flatMap((one) => (one.type === "tool_use" ? [textIn(one.name) ?? "?"] : [])));
  const words = textIn(result?.result);
  const well = result?.subtype === "success" && result.is_error !== true;
  const problem = result ? (words ?? textIn(result.subtype) ?? "it gave no reason") : null;
  return {
    message: well ? words : null,
    problem: well ? null : problem,
    turns: typeof result?.num_turns === "number" ? result.num_turns : messages.length,
    toolCalls,
  };
}
