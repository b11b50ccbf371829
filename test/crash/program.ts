import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { GitHubDouble } from "../../src/github-double/double.ts";

/** The program as operators start it: a process of its own, configured by its environment. */
export type Running = { readonly child: ChildProcess; readonly url: string; readonly exited: Promise<unknown> };

/** Between two looks at what another process has done. */
const LOOK_MS = 50;
const open: (() => Promise<unknown>)[] = [];

/** To be closed after the test, in reverse order. */
export function opened(close: () => Promise<unknown>): void {
  open.push(close);
}

export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** The environment of a program that works for this GitHub with these providers, and no faster than it has to. */
export async function environmentFor(forge: GitHubDouble, providersUrl: string): Promise<Record<string, string>> {
  const dataDir = await mkdtemp(join(tmpdir(), "coop-program-"));
  opened(() => rm(dataDir, { recursive: true, force: true }));
  const config = join(dataDir, "server.yml");
  await writeFile(config, "limits: { githubWriteSpacingMs: 0 }\nsandbox: { driver: none }\n");
  return {
    APP_ID: String(forge.app.id),
    PRIVATE_KEY: forge.app.privateKey.replaceAll("\n", "\\n"),
    WEBHOOK_SECRET: forge.app.webhookSecret,
    GITHUB_API_URL: forge.url,
    PORT: "0",
    ANTHROPIC_API_KEY: "sk-ant-a-key-for-tests",
    ANTHROPIC_BASE_URL: providersUrl,
    OPENAI_API_KEY: "sk-a-key-for-tests",
    OPENAI_BASE_URL: `${providersUrl}/v1`,
    COOP_DATA_DIR: dataDir,
    COOP_CONFIG: config,
  };
}

/**
 * Its `url` is empty for a worker, which listens nowhere.
 * @param onChild is told of the process at once, for whoever kills it while it starts
 * @param inside what starts it, such as `nice`
 */
export async function start(
  env: Record<string, string>,
  onChild = (_: ChildProcess) => {},
  inside: readonly string[] = [],
): Promise<Running> {
  const [program = "", ...args] = [
    ...inside,
    process.execPath,
    "--max-semi-space-size=2",
    "--heap-growing-percent=50",
    "src/main.ts",
  ];
  const child = spawn(program, args, {
    // As the image does: a thread takes no part of memory for itself that it does not give back.
    env: {
      MALLOC_ARENA_MAX: "2",
      MALLOC_TRIM_THRESHOLD_: "131072",
      PATH: process.env.PATH ?? "",
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onChild(child);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  opened(() => {
    child.kill("SIGKILL");
    return exited;
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The program ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
      if (msg === "ready") resolve(url ?? "");
    });
  });
  return { child, url: await ready, exited };
}

/** Another process is waited for by looking: there is no queue of ours to drive. */
export async function until(what: string, isSo: () => boolean, withinMs = 45_000): Promise<void> {
  for (let left = withinMs / LOOK_MS; left > 0; left--) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`Waited in vain for: ${what}`);
}
