// Runs before every command of package.json, on whatever Node is there (20 or later), before anything is installed:
// a fresh clone needs no separate `npm ci`, and a machine whose Node is older than 24 gets one for these commands.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { isOld, NODE_NEEDED, ownNode } from "../../bin/own-node.mjs";

const stamp = "node_modules/.installed-from";
const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";

if (installed !== lock && !isComplete()) install();
if (isOld()) useOwnNode();

/** Somebody ran `npm ci` or `npm install` by hand: then npm's own record is as new as the lockfile. */
function isComplete() {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const have = JSON.parse(readFileSync("node_modules/.package-lock.json", "utf8")).packages;
  const missing = Object.entries(wanted).filter(
    ([path, one]) => path && !one.optional && have[path]?.version !== one.version,
  );
  return missing.length === 0;
}

function install() {
  process.stderr.write("Installing what the lockfile names (once; about a minute) …\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) {
    process.stderr.write(
      "\nThe installation failed (above is why). Check the network and your npm settings, then run the command again.\n",
    );
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, lock);
}

/** npm looks into `.bin` for what a command of package.json names before it looks anywhere else. */
function useOwnNode() {
  const command = `node_modules/.bin/node${process.platform === "win32" ? ".exe" : ""}`;
  if (existsSync(command)) return;
  const node = ownNode();
  if (!node) {
    process.stderr.write(
      `\nNode ${NODE_NEEDED} is needed, this is ${process.version}, and none could be fetched for this machine: install Node ${NODE_NEEDED} and run the command again.\n`,
    );
    process.exit(1);
  }
  mkdirSync("node_modules/.bin", { recursive: true });
  // A link that leads nowhere: the folder was moved, or the Node it led to was taken away.
  rmSync(command, { force: true });
  if (process.platform === "win32") copyFileSync(node, command);
  else symlinkSync(node, command);
}
