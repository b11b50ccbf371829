import { type AgentKind, type AgentSaid, countedBy, fieldsIn, jsonLines, NO_KEY, textIn } from "./kind.ts";

/** Codex (`@openai/codex`), by `codex exec --json`: one event a line, the last `agent_message` is the answer. */
export const CODEX: AgentKind = {
  program: "codex",
  install: "npm install -g @openai/codex",
  argv: (program, { model, address, contextTokensMax }) => [
    ...[program, "exec", "--json", "--ephemeral", "--skip-git-repo-check", "--model", model],
    // Its own sandbox cannot be built inside ours, which is the stricter one.
    "--dangerously-bypass-approvals-and-sandbox",
    // The provider would search; the sandbox has no network, and neither has this.
    ...["--config", 'web_search="disabled"', "--config", `model_context_window=${contextTokensMax}`],
    ...["--config", 'model_provider="coop"'],
    ...["--config", `model_providers.coop=${provider(address)}`],
    "-",
  ],
  environment: () => ({ OPENAI_API_KEY: NO_KEY }),
  read,
};

/** TOML. */
function provider(address: string): string {
  const fields = {
    name: "coop",
    base_url: `${address}/v1`,
    wire_api: "responses",
    env_key: "OPENAI_API_KEY",
    supports_websockets: false,
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}}`;
}

/** Items that are words, and not something that was done. */
const WORDS = ["agent_message", "reasoning", "todo_list", "error"];

function read(output: string): AgentSaid {
  const lines = jsonLines(output);
  const items = lines.filter((line) => line.type === "item.completed").map((line) => fieldsIn(line.item));
  const done = lines.some((line) => line.type === "turn.completed");
  const failed = lines.findLast((line) => line.type === "turn.failed" || line.type === "error");
  const message = textIn(items.findLast((item) => item.type === "agent_message")?.text);
  const calls = items.map((item) => textIn(item.type) ?? "?").filter((type) => !WORDS.includes(type));
  const problem = failed
    ? (textIn(fieldsIn(failed.error).message) ?? textIn(failed.message) ?? "it gave no reason")
    : null;
  return {
    message: done ? message : null,
    problem: done ? null : problem,
    turns: lines.filter((line) => line.type === "turn.started").length,
    toolCalls: countedBy(calls),
  };
}
