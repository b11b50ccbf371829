import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { npmCommand } from "../../src/cli/npm-command.ts";

/**
 * How long somebody waits at a terminal for the first line of a command, in a repository with one commit and without a network:
 * the models' address is a closed port of this machine.
 */
const [program] = npmCommand(
  "bench:start",
  "Milliseconds until the first line of a command can be read. The last line is one JSON object.",
  (command) => command.argument("[program]", "another one, such as an installed coop.mjs", "bin/coop.mjs"),
).parse().processedArgs as [string];
const PROGRAM = resolve(program);
const TIMES = 11;
const COMMANDS = {
  version: ["--version"],
  run: ["run", "--title", "Add a loud option", "--max-wait", "0"],
  list: ["run", "--list"],
  review: ["review"],
};

const folder = mkdtempSync(join(tmpdir(), "coop-start-"));
const config = join(folder, "server.yml");
const closed = (name: string) => `  - { name: ${name}, vendor: none, api: openai-chat, model: ${name}, baseUrl: "http://127.0.0.1:9/v1", prices: { input: 0, output: 0 } }`; // prettier-ignore
writeFileSync(config, `models:\n${closed("one")}\n${closed("two")}\n`);
const env = { PATH: process.env["PATH"] ?? "", HOME: folder, COOP_CONFIG: config };

function repository(): string {
  const made = mkdtempSync(join(folder, "repository-"));
  const names = ["-c", "user.name=mona", "-c", "user.email=mona@example.org"];
  const git = (...args: string[]) => execFileSync("git", [...names, ...args], { cwd: made, env });
  git("init", "-q", "-b", "main");
  git("commit", "-q", "--allow-empty", "-m", "one");
  return made;
}

/** Milliseconds until something can be read. */
function firstLine(args: readonly string[]): Promise<number> {
  const cwd = repository();
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let first = 0;
  const heard = () => {
    first ||= performance.now() - began;
    child.kill("SIGKILL");
  };
  child.stdout.once("data", heard);
  child.stderr.once("data", heard);
  return new Promise((done) => child.once("close", () => done(first)));
}

const medians: Record<string, number> = {};
for (const [name, args] of Object.entries(COMMANDS)) {
  // The first start compiles what the later ones find compiled.
  await firstLine(args);
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) times.push(await firstLine(args));
  times.sort((a, b) => a - b);
  medians[name] = Math.round(times[Math.floor(TIMES / 2)] ?? 0);
  process.stdout.write(`coop ${args.slice(0, name === "list" ? 2 : 1).join(" ")}: ${medians[name]} ms (${Math.round(times[0] ?? 0)} to ${Math.round(times.at(-1) ?? 0)})\n`); // prettier-ignore
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ firstLineMs: medians, times: TIMES })}\n`);
