// Runs before every command of package.json, on whatever Node is there (20 or later), before anything is installed:
// a fresh clone needs no separate `npm ci`, and the project brings its own Node 24.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";

const stamp = "node_modules/.installed-from";
const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";

if (installed !== lock && !isComplete()) install();

/** Somebody ran `npm ci` or `npm install` by hand: then npm's own record is as new as the lockfile. */
function isComplete() {
  if (!existsSync("node_modules/.package-lock.json") || !existsSync("node_modules/.bin/node")) return false;
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
  const done = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
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
