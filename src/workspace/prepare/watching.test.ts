import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, expect, it } from "@jest/globals";
import { type Watch, watched } from "./watching.ts";

const folder = mkdtempSync(join(tmpdir(), "coop-watching-"));
// A folder for scratch may lie below a package of modules, where `require` is unknown.
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "commonjs" }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A manager that dies before it asked, as one that a busy machine starts too late, this many times. */
function manager(name: string, silent: number): Watch {
  const program = join(folder, name);
  writeFileSync(
    program,
    `#!${process.execPath}
const fs = require("node:fs");
const tries = ${JSON.stringify(join(folder, `${name}.tries`))};
fs.appendFileSync(tries, "x");
if (fs.readFileSync(tries, "utf8").length <= ${silent}) process.exit(1);
require("node:net").connect(Number(process.argv[2]), "127.0.0.1", function () {
  this.write("CONNECT packages.invalid:443 HTTP/1.1\\r\\n\\r\\n");
  this.on("data", () => process.exit(0)).on("close", () => process.exit(0));
});
`,
  );
  chmodSync(program, 0o755);
  return { program: name, args: (_folder, port) => [String(port)], environment: () => ({}), files: {} };
}

it.each([
  ["asks at once", 0, ["packages.invalid"]],
  ["asks on another try", 1, ["packages.invalid"]],
  ["never asks", 2, []],
] as const)("a manager that %s", async (what, silent, hosts) => {
  const searchPath = [folder, dirname(process.execPath)].join(delimiter);
  const found = await watched(
    { searchPath, home: folder, environment: {} },
    folder,
    manager(what.replace(/ /g, "-"), silent),
  );
  expect(found.map(({ host }) => host)).toEqual(hosts);
});
