import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { runProcess } from "../process.ts";

/** This machine's own programs, asked about themselves: with its settings, and never about anything of a repository. */
export type Host = {
  readonly searchPath: string;
  readonly home: string;
  /** Settings by environment that package managers of this server have (`PIP_INDEX_URL`, `SSL_CERT_FILE`). */
  readonly environment: Readonly<Record<string, string>>;
};

/** Java takes a second to say its name; a first start of a manager, which writes its caches, somewhat longer. */
const ASK_MS = 30_000;
const ANSWER_BYTES_MAX = 256 * 1024;
const MEMORY_BYTES_MAX = 2 * 1024 ** 3;

export function findProgram(host: Host, name: string): string | null {
  for (const folder of host.searchPath.split(delimiter)) {
    const file = join(folder, name);
    try {
      if (!folder.startsWith("/")) continue;
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

export type Answer = { readonly ok: boolean; readonly text: string; readonly errors: string };

/** @returns null when the program is not on this machine */
export async function ask(
  host: Host,
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
  timeoutMs = ASK_MS,
): Promise<Answer | null> {
  const file = findProgram(host, program);
  if (!file) return null;
  const environment = { ...host.environment, ...more, PATH: host.searchPath, HOME: host.home };
  const result = await runProcess({
    file: "/usr/bin/env",
    args: [...Object.entries(environment).map(([name, value]) => `${name}=${value}`), file, ...args],
    user: null,
    timeoutMs,
    outputBytesMax: ANSWER_BYTES_MAX,
    memoryBytesMax: MEMORY_BYTES_MAX,
    inputs: [],
  });
  return { ok: result.outcome === "exited" && result.exitCode === 0, text: result.output, errors: result.errors };
}
