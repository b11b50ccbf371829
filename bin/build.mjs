// Before `npm pack`: Node does not strip types below node_modules, so the package carries JavaScript. Types become blanks,
// so every line and column is that of the source, and an import of a `.ts` file becomes one of its `.js` file.
// A fresh clone needs no installation for it, and on an older Node than 24 one is fetched, as for every other command.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as modules from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isOld, NODE_NEEDED, ownNode } from "./own-node.mjs";

const FROM = "src";
const TO = "lib";
/** A relative file in quotes: what an import, or the address of a worker, looks like. */
const RELATIVE = /(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g;

if (isOld()) elsewhere();
else build();

function build() {
  const emit = process.emitWarning;
  process.emitWarning = (warning, ...more) => (more[0] === "ExperimentalWarning" ? undefined : emit(warning, ...more));
  fs.rmSync(TO, { recursive: true, force: true });
  for (const path of fs.globSync("**/*.{ts,mjs,md}", { cwd: FROM })) {
    if (/\.(test|system|fixture)\.ts$/.test(path)) continue;
    const to = join(TO, path.replace(/\.ts$/, ".js"));
    fs.mkdirSync(dirname(to), { recursive: true });
    if (!path.endsWith(".ts")) fs.cpSync(join(FROM, path), to);
    else fs.writeFileSync(to, plain(fs.readFileSync(join(FROM, path), "utf8")));
  }
}

function plain(source) {
  return modules.stripTypeScriptTypes(source).replace(RELATIVE, "$1$2.js$1");
}

function elsewhere() {
  const node = ownNode();
  if (node) {
    process.exitCode = spawnSync(node, [fileURLToPath(import.meta.url)], { stdio: "inherit" }).status ?? 1;
    return;
  }
  process.stderr.write(
    `Node ${NODE_NEEDED} is needed, this is ${process.version}, and none could be fetched for this machine: install Node ${NODE_NEEDED}.\n`,
  );
  process.exitCode = 1;
}
