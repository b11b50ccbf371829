#!/usr/bin/env node
// The command `coop`, from a checkout (TypeScript) and from the installed package (JavaScript), on whatever Node is there:
// an older one than 24 only starts one that own-node.mjs fetches.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as modules from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { isOld, NODE_NEEDED, ownNode } from "./own-node.mjs";

/** Tells a Node that this launcher started from one that somebody else did. */
const LAUNCHED = "COOP_LAUNCHED";
const program = ["../src/cli/coop.ts", "../lib/cli/coop.js"]
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));

if (!program) refuse("The package is not whole: install cooperations again.");
else if (isOld()) elsewhere();
else await here(program);

/** SQLite is a part of Node that still calls itself experimental; a person at a terminal need not read that each time. */
async function here(url) {
  endWithLauncher();
  // The second start need not compile again what the first one did.
  modules.enableCompileCache();
  const emit = process.emitWarning;
  process.emitWarning = (warning, ...more) => {
    const type = typeof more[0] === "object" ? more[0]?.type : more[0];
    if (type !== "ExperimentalWarning") emit.call(process, warning, ...more);
  };
  await import(url.href);
}

/** Whoever kills the process that they started means this one too: it must not work on behind their back. */
function endWithLauncher() {
  if (!process.env[LAUNCHED] || !process.channel) return;
  delete process.env[LAUNCHED];
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  process.channel.unref();
}

function elsewhere() {
  const node = ownNode();
  if (!node)
    return refuse(
      `Node ${NODE_NEEDED} is needed, this is ${process.version}, and none could be fetched for this machine: install Node ${NODE_NEEDED}.`,
    );
  const again = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const env = { ...process.env, [LAUNCHED]: "1" };
  const child = spawn(node, again, { stdio: ["inherit", "inherit", "inherit", "ipc"], env });
  // A terminal interrupts the whole group, so the child hears Ctrl-C itself. What is sent to this process alone is handed on.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => refuse(`${node} cannot be started (${error.message}).`));
  child.on("exit", (code, signal) => (process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)));
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 78;
}
