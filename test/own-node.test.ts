import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

/** `bin/` in a folder of its own, beside an npm that does what a test says. */
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coop-own-node-"));
  cpSync("bin", join(folder, "bin"), { recursive: true, filter: (path) => !/node24\/\d/.test(path) });
  mkdirSync(join(folder, "tools"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NAME = `node-${process.platform}-${process.arch}`;
const INSTALLS = `mkdir -p node_modules/${NAME}/bin && echo x >> node_modules/${NAME}/bin/node && echo "$@" >> "$LOG"`;

function npm(script: string): void {
  writeFileSync(join(folder, "tools/npm"), `#!/bin/sh\nLOG='${join(folder, "log")}'\n${script}\n`);
  chmodSync(join(folder, "tools/npm"), 0o755);
}

/** What `ownNode()` answers in a process of its own, relative to the folder. */
function asked(): Promise<string | null> {
  const code = `import("${join(folder, "bin/own-node.mjs")}").then((m) => console.log(JSON.stringify(m.ownNode())))`;
  const PATH = [join(folder, "tools"), dirname(process.execPath), process.env["PATH"]].join(delimiter);
  return new Promise((done, failed) => {
    execFile(process.execPath, ["-e", code], { env: { PATH, HOME: folder } }, (error, out) => {
      if (error) return failed(error);
      done((JSON.parse(out) as string | null)?.replace(`${folder}/`, "") ?? null);
    });
  });
}
const inBin = () => readdirSync(join(folder, "bin/node24")).filter((name) => !name.startsWith("package"));

const isOffered = process.platform === "linux" && ["x64", "arm64"].includes(process.arch);
(isOffered ? describe : describe.skip)("a Node for machines whose own is too old", () => {
  const program = `bin/node24/24.21.0/node_modules/${NAME}/bin/node`;

  it("is fetched by npm from its lockfile, without scripts, once", async () => {
    npm(`[ "$1" = ci ] && [ -f package-lock.json ] || exit 1; case "$*" in *--ignore-scripts*) ${INSTALLS};; esac`);
    expect(await asked()).toBe(program);
    npm("exit 1");
    expect([await asked(), inBin()]).toEqual([program, ["24.21.0"]]);
  });

  it("is whole where two commands start at once", async () => {
    npm(`${INSTALLS}; [ "$(wc -l < "$LOG")" -gt 0 ]`);
    expect(await Promise.all([asked(), asked(), asked()])).toEqual([program, program, program]);
    expect(inBin()).toEqual(["24.21.0"]);
  });

  it.each([
    ["npm fails", `${INSTALLS}; exit 1`],
    ["npm leaves out what is optional", "exit 0"],
  ])("is none where %s, and is asked for again", async (_, script) => {
    npm(script);
    expect(await asked()).toBeNull();
    npm(INSTALLS);
    expect([await asked(), inBin()]).toEqual([program, ["24.21.0"]]);
  });

  it("is none where the lockfile names none for the machine: npm is not asked", async () => {
    npm(INSTALLS);
    writeFileSync(join(folder, "bin/node24/package-lock.json"), '{"packages":{}}');
    expect([await asked(), inBin()]).toEqual([null, []]);
  });
});
