import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Longer than the slowest scenario on a crowded machine: whatever hangs was changed into something that hangs. */
const RUN_MS = 300_000;

export type Copy = {
  readonly root: string;
  /** Runs tests of the copy, one after the other, until one is red. */
  jest(args: readonly string[], config?: string): Promise<"green" | "red">;
  /** Every test file of `npm test` that reaches a source. */
  related(path: string): Promise<string[]>;
  /** Whether `npm run types` passes. */
  types(): Promise<"green" | "red">;
  /** Replaces a file as long as `work` runs. */
  changed<T>(path: string, text: string, work: () => Promise<T>): Promise<T>;
  remove(): void;
};

/** The tracked files as they stand, beside the checkout: what is broken on purpose never touches the checkout itself. */
export function copyOf(checkout: string): Copy {
  const root = mkdtempSync(join(tmpdir(), "coop-mutants-"));
  const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: checkout,
  });
  for (const path of tracked.toString().split("\0").filter(Boolean)) cpSync(join(checkout, path), join(root, path));
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));

  function run(args: readonly string[], heard: (text: string) => void = () => undefined): Promise<"green" | "red"> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "ignore"], detached: true });
      const clock = setTimeout(end, RUN_MS);
      const stop = () => end();
      process.once("exit", stop);
      child.stdout.on("data", (chunk: Buffer) => heard(chunk.toString()));
      child.on("close", (code) => {
        clearTimeout(clock);
        process.off("exit", stop);
        resolve(code === 0 ? "green" : "red");
      });
      // With the workers that it started.
      function end() {
        try {
          if (child.pid) process.kill(-child.pid, "SIGKILL");
        } catch {
          // It has ended by itself.
        }
      }
    });
  }

  function jest(args: readonly string[], config: string, heard?: (text: string) => void) {
    const node = [
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      "node_modules/jest/bin/jest.js",
    ];
    return run([...node, `--config=${config}`, "--maxWorkers=1", "--bail=1", "--silent", ...args], heard);
  }

  return {
    root,
    jest: (args, config = "jest.config.js") => jest(args, config),
    related: async (path) => {
      let listed = "";
      await jest(["--listTests", "--findRelatedTests", path], "jest.config.js", (text) => (listed += text));
      return listed.split("\n").flatMap((one) => (one.startsWith(root) ? [one.slice(root.length + 1)] : []));
    },
    types: () =>
      run([
        join("node_modules", "typescript", "bin", "tsc"),
        "--noEmit",
        "--incremental",
        "--tsBuildInfoFile",
        ".types",
      ]),
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
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The folder of the checkout. */
export const CHECKOUT = dirname(dirname(import.meta.dirname));
