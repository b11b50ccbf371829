import { type AgentKind, NO_KEY } from "./kind.ts";

/**
 * Any other program: a shell command that reads what it is told from its standard input and says its answer on its
 * standard output. It finds its provider by the variables that most programs know.
 */
export const COMMAND: AgentKind = {
  program: null,
  install: "install the program that `command` names, in a folder that the sandbox shows",
  argv: (_program, { command }) => ["sh", "-c", command ?? "false"],
  environment: ({ api, model, address }) => ({
    COOP_MODEL: model,
    ...(api === "anthropic"
      ? { ANTHROPIC_BASE_URL: address, ANTHROPIC_API_KEY: NO_KEY }
      : { OPENAI_BASE_URL: `${address}/v1`, OPENAI_API_KEY: NO_KEY }),
  }),
  read: (output) => ({ message: output.trim() === "" ? null : output, problem: null, turns: 1, toolCalls: {} }),
};
