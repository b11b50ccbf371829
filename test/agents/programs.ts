import { join } from "node:path";
import type { AgentName } from "../../src/workspace/agents/kinds.ts";
import { FOLDER, install } from "./packages.ts";

/** The versions that the tests were written against: newer ones may ask and print something else. */
const PACKAGES = {
  "claude-code": { package: "@anthropic-ai/claude-code", version: "2.1.332", program: "claude" },
  codex: { package: "@openai/codex", version: "0.171.0", program: "codex" },
  opencode: { package: "opencode-ai", version: "1.18.33", program: "opencode" },
} as const satisfies Readonly<Partial<Record<AgentName, object>>>;
export type ProgramName = keyof typeof PACKAGES;

/** @returns where the program stands, installed from the registry when it was not there */
export async function programAt(name: ProgramName): Promise<string> {
  const { package: wanted, version, program } = PACKAGES[name];
  const at = join(FOLDER, `${name}@${version}`, "node_modules/.bin", program);
  await install(`${name}@${version}`, [`${wanted}@${version}`]);
  return at;
}
