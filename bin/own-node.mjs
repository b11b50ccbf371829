// A Node 24 for machines whose own is older: a package of the registry, fetched when it is first needed and never on other machines.
// Its hash stands in node24/package-lock.json, and npm checks it; nothing of the package runs while it is fetched.
import { spawnSync } from "node:child_process";
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs"; // prettier-ignore
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const NODE_NEEDED = 24;
const HERE = fileURLToPath(new URL("node24", import.meta.url));
const MANIFESTS = ["package.json", "package-lock.json"];
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));

export function isOld() {
  return Number(process.versions.node.split(".")[0]) < NODE_NEEDED;
}

/** @returns the path of a program, or null: there is none for this machine, or it could not be fetched, and npm said why */
export function ownNode() {
  // The builds for Linux need glibc, which Alpine does not have.
  if (process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime) return null;
  const windows = process.platform === "win32";
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const { packages } = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
  if (!packages[`node_modules/${name}`]) return null;
  const inside = join("node_modules", name, "bin", windows ? "node.exe" : "node");
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cooperations", `node-${version}`);
  const there = [join(HERE, version), cache].map((folder) => join(folder, inside));
  if (!there.some((path) => existsSync(path))) fetchTo(isWritable(HERE) ? join(HERE, version) : cache, inside);
  return there.find((path) => existsSync(path)) ?? null;
}

/** Into a folder of its own, and then by one rename: two that start at once would take each other's files away. */
function fetchTo(folder, program) {
  process.stderr.write(
    `This is Node ${process.versions.node}, and Node ${NODE_NEEDED} is needed: fetching ${version} (once) …\n`,
  );
  const flags =
    "--ignore-scripts --include=optional --no-global --no-update-notifier --no-audit --no-fund --loglevel=error";
  let making = "";
  try {
    mkdirSync(join(folder, ".."), { recursive: true });
    making = mkdtempSync(`${folder}-`);
    for (const file of MANIFESTS) copyFileSync(join(HERE, file), join(making, file));
    const windows = process.platform === "win32";
    const npm = windows ? "npm.cmd" : "npm";
    const done = spawnSync(npm, ["ci", ...flags.split(" ")], { cwd: making, stdio: ["ignore", 2, 2], shell: windows });
    if (done.status === 0 && existsSync(join(making, program))) {
      // What somebody's cleaner left of an earlier one would be in the way.
      if (!existsSync(join(folder, program))) rmSync(folder, { recursive: true, force: true });
      renameSync(making, folder);
    }
  } catch (error) {
    // Another start was quicker, which leaves a program there, or the disk does not take it.
    if (!existsSync(join(folder, program))) process.stderr.write(`${error.message}\n`);
  } finally {
    if (making) rmSync(making, { recursive: true, force: true });
  }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
