import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Told } from "./reporter.ts";

/** A file that takes so much longer than it ever did was changed into something that hangs. */
const SLOWER_TIMES = 6;
const SLOWER_MS = 45_000;

/** `hung`: ended from outside. */
export type Played = { readonly outcome: "green" } | { readonly outcome: "red" | "hung"; readonly by: string };

export type Copy = {
  readonly root: string;
  /**
   * Plays test files, one after the other in this order, until one is red.
   *
   * @param usualMs how long a file takes as a rule; null if nobody knows
   */
  play(tests: readonly string[], usualMs: (test: string) => number | null, more?: More): Promise<Played>;
  /** Replaces a file as long as `work` runs. */
  changed<T>(path: string, text: string, work: () => Promise<T>): Promise<T>;
  remove(): void;
};
export type More = { readonly args?: readonly string[]; readonly heard?: (told: Told) => void };

/** The folder of the checkout. */
export const CHECKOUT = dirname(dirname(import.meta.dirname));

/** What git knows or would know of the checkout. */
export function filesOf(checkout: string): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: checkout,
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.toString().split("\0").filter(Boolean);
}

/** The files as they stand, beside the checkout: what is broken on purpose never touches the checkout itself. */
export function copyOf(checkout: string): Copy {
  const root = mkdtempSync(join(tmpdir(), "coop-mutants-"));
  // As the folder for scratch is: some tests look at what other users can reach.
  chmodSync(root, 0o755);
  // What a test leaves behind when it is ended goes with the copy.
  const scratch = join(root, ".t");
  for (const path of filesOf(checkout)) cpSync(join(checkout, path), join(root, path));
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));

  return {
    root,
    play: async (tests, usualMs, { args = [], heard } = {}) => {
      mkdirSync(scratch, { recursive: true });
      const env = { ...process.env, TMPDIR: scratch, COOP_MUTANTS_ORDER: JSON.stringify(tests) };
      const node = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"];
      const jest = [...node, "node_modules/jest/bin/jest.js", "--config=test/mutants/jest.config.js", "--silent"];
      const workers = args.length > 0 ? [] : ["--runInBand"];
      const played = await run(root, env, [...jest, ...workers, ...args, "--runTestsByPath", ...tests], usualMs, heard);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
      return played;
    },
    changed: async (path, text, work) => {
      const file = join(root, path);
      const before = readFileSync(file, "utf8");
      writeFileSync(file, text);
      try {
        return await work();
      } finally {
        writeFileSync(file, before);
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function run(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  usualMs: (test: string) => number | null,
  heard: (told: Told) => void = () => undefined,
): Promise<Played> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "ignore"], detached: true });
    let red: string | null = null;
    let hung: string | null = null;
    let clock: NodeJS.Timeout | undefined;
    const stop = () => end();
    process.once("exit", stop);
    lines(child.stdout, (told) => {
      heard(told);
      if ("red" in told) red ??= told.red;
      const usual = "begun" in told ? usualMs(told.begun) : null;
      if (!("begun" in told) || usual === null) return;
      clearTimeout(clock);
      clock = setTimeout(() => end((hung = told.begun)), SLOWER_MS + usual * SLOWER_TIMES);
    });
    child.on("close", (code) => {
      clearTimeout(clock);
      process.off("exit", stop);
      // With the workers and servers that it started.
      end();
      if (red === null && code === 0) resolve({ outcome: "green" });
      else resolve({ outcome: hung && red === null ? "hung" : "red", by: red ?? hung ?? `Jest ended with ${code}` });
    });
    function end(_?: unknown) {
      try {
        if (child.pid) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
  });
}

/** A run may print what it likes besides; only lines that the reporter wrote are heard. */
function lines(from: NodeJS.ReadableStream, heard: (told: Told) => void): void {
  let rest = "";
  from.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) {
      if (!/^\{"(begun|red|ended)":/.test(line)) continue;
      heard(JSON.parse(line) as Told);
    }
  });
}
