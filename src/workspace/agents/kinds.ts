import { CLAUDE_CODE } from "./claude-code.ts";
import { CODEX } from "./codex.ts";
import { COMMAND } from "./command.ts";
import type { AgentKind } from "./kind.ts";
import { OPENCODE } from "./opencode.ts";

/** The coding agents that are known, by the name that settings have for them. */
export const AGENT_KINDS = {
  "claude-code": CLAUDE_CODE,
  codex: CODEX,
  opencode: OPENCODE,
  command: COMMAND,
} as const satisfies Readonly<Record<string, AgentKind>>;
export type AgentName = keyof typeof AGENT_KINDS;
