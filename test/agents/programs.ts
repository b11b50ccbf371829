import { execFile } from "node:child_process";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AgentName } from "../../src/workspace/agents/kinds.ts";

/** The versions that the tests were written against: newer ones may ask and print something else. */
const PACKAGES = {
  "claude-code": { package: "@anthropic-ai/claude-code", version: "2.1.332", program: "claude" },
  codex: { package: "@openai/codex", version: "0.171.0", program: "codex" },
  opencode: { package: "opencode-ai", version: "1.18.33", program: "opencode" },
} as const satisfies Readonly<Partial<Record<AgentName, object>>>;
export type ProgramName = keyof typeof PACKAGES;

/** A gigabyte, so it is kept. */
const FOLDER = process.env["COOP_AGENTS_FOLDER"] ?? join(homedir(), ".cache/cooperations/agents");
const INSTALL_MS = 5 * 60_000;

/** @returns where the program stands, installed from the registry when it was not there */
export async function programAt(name: ProgramName): Promise<string> {
  const { package: wanted, version, program } = PACKAGES[name];
  const folder = join(FOLDER, `${name}@${version}`);
  const at = join(folder, "node_modules/.bin", program);
  if (await isThere(at)) return at;
  // A folder that is half installed is never taken for a whole one.
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--save-exact", "--loglevel=error", `${wanted}@${version}`];
  await promisify(execFile)("npm", args, { cwd: draft, timeout: INSTALL_MS });
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  return at;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
