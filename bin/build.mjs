// Before `npm pack`: Node does not strip types below node_modules, so the package carries JavaScript. Types become blanks,
// so every line and column is that of the source, and an import of a `.ts` file becomes one of its `.js` file.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

const emit = process.emitWarning;
process.emitWarning = (warning, ...more) => (more[0] === "ExperimentalWarning" ? undefined : emit(warning, ...more));

const FROM = "src";
const TO = "lib";
/** A relative file in quotes: what an import, or the address of a worker, looks like. */
const RELATIVE = /(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g;

rmSync(TO, { recursive: true, force: true });
for (const path of globSync("**/*.{ts,mjs,md}", { cwd: FROM })) {
  if (/\.(test|system|fixture)\.ts$/.test(path)) continue;
  const to = join(TO, path.replace(/\.ts$/, ".js"));
  mkdirSync(dirname(to), { recursive: true });
  if (!path.endsWith(".ts")) cpSync(join(FROM, path), to);
  else writeFileSync(to, stripTypeScriptTypes(readFileSync(join(FROM, path), "utf8")).replace(RELATIVE, "$1$2.js$1"));
}
