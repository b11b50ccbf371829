import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import * as rules from "./support/tidy-rules.ts";
import { unusedExports } from "./support/unused-exports.ts";

/** The house's rules that a test can hold. Each is also shown something bad, so that we know that it can fail. */
const read = (path: string): rules.Source => ({ path, text: readFileSync(path, "utf8") });
const sources = globSync("src/**/*.{ts,mjs}").sort().map(read);
const product = sources.filter(({ path }) => !/\.(test|system|fixture)\.ts$/.test(path));
const tests = globSync("{src,test}/**/*.{test,system}.ts").sort().map(read);
const texts = globSync("{src,test,migrations}/**/*.{ts,mjs,sql,md}")
  .concat(globSync("{*,docs/**/*}.md"))
  .filter((path) => !/^test\/(tidy|support\/tidy|data\/)/.test(path)) // This rule book quotes what it forbids.
  .sort()
  .map(read);
const imports = product.flatMap(rules.importsOf);

/** Ports: small types of ours that adapters fill and everybody else may know. */
const PORTS = [
  "src/models/model.ts",
  "src/models/journal.ts",
  "src/forge/forge.ts",
  "src/forge/forge-app.ts",
  "src/workspace/sandbox.ts",
  "src/workspace/preparer.ts",
  "src/workspace/coding-agent.ts",
  "src/queue/queue.ts",
  "src/store/database.ts",
  "src/telemetry/telemetry.ts",
];
/** Parts of adapters' rooms that are plain functions over values: no SDK, no process, no connection. */
const PLAIN = [
  "src/hygiene/hidden-text.ts",
  "src/github/webhook-events.ts",
  "src/models/independence.ts",
  "src/models/journaled.ts",
  "src/models/patience.ts",
  "src/models/question-key.ts",
  "src/models/usage.ts",
];
/** Which rooms and files each room may import, besides itself. The same table stands in ARCHITECTURE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  trees: ["src/percent-codes.ts"],
  hygiene: [],
  forge: ["core", "trees"],
  core: [],
  messages: ["core", "hygiene"],
  roles: ["core", "trees", "hygiene", "src/models/model.ts"],
  agent: [
    ...["core", "trees", "hygiene", "roles"],
    "src/models/model.ts",
    "src/models/call-timeouts.ts",
    "src/models/journal.ts",
    "src/models/question-key.ts",
    "src/models/balanced.ts",
    "src/models/loose-json.ts",
    "src/workspace/sandbox.ts",
    "src/workspace/preparer.ts",
    "src/workspace/coding-agent.ts",
  ],
  models: ["core", "hygiene", "src/percent-codes.ts"],
  github: ["core", "hygiene", "trees", "forge", "src/within.ts"],
  workspace: ["core", "trees", "hygiene"],
  proof: ["core", "trees", "workspace", "src/forge/forge.ts"],
  store: ["core", "trees", "src/models/journal.ts"],
  queue: ["core", "src/store/database.ts", "src/within.ts", "src/errors-in-words.ts"],
  steps: ["core", "trees", "hygiene", "messages", "roles", "agent", "proof", ...PORTS, ...PLAIN],
  flow: ["core", "trees", "hygiene", "messages", "steps", "forge", ...PORTS, ...PLAIN],
  audit: ["core", "hygiene", "messages", "flow", "store", ...PORTS],
  telemetry: ["core", "src/models/model.ts", "src/workspace/sandbox.ts", "src/within.ts", "src/percent-codes.ts"],
  web: ["core", "hygiene", "messages", "store", "src/forge/login.ts", "src/telemetry/telemetry.ts"],
  desk: ["core", "trees", "hygiene", "forge", "workspace", "src/store/database.ts"],
  "github-double": ["core", "trees"],
};
/** Types alone are gone when the program runs; these say what a room is handed by the composition root. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  steps: ["store"],
  flow: ["store", "src/github/receive.ts"],
};
const CORE_PACKAGES = ["zod", "node:crypto"];
const SDKS = [
  "probot",
  "@octokit/rest",
  "@anthropic-ai/sdk",
  "openai",
  "pg",
  "pg-boss",
  "@electric-sql/pglite",
  "@vscode/tree-sitter-wasm",
];

function forbidden(one: rules.Import): boolean {
  const room = one.from.split("/")[1] ?? "";
  const allowed = MAY_IMPORT[room];
  if (!allowed || rules.packageOf(one.to) !== null) return false;
  const types = one.kind === "type" ? (MAY_IMPORT_TYPES[room] ?? []) : [];
  const to = one.to.split("/")[1] ?? "";
  return to !== room && ![...allowed, ...types].some((name) => name === to || name === one.to);
}
const named = (one: rules.Import) => `${one.where} imports ${one.to}`;
const imported = (from: string, text: string) => rules.importsOf({ path: from, text });

describe("who may import whom", () => {
  it("is the table", () => {
    expect(imports.filter(forbidden).map(named)).toEqual([]);
    expect(imported("src/core/a.ts", 'import { b } from "../steps/b.ts";').filter(forbidden)).toHaveLength(1);
    expect(imported("src/web/a.ts", 'export { b } from "../github/octokit.ts";').filter(forbidden)).toHaveLength(1);
    expect(imported("src/steps/a.ts", 'await import("../store/rows.ts");').filter(forbidden)).toHaveLength(1);
    expect(imported("src/steps/a.ts", 'import type { R } from "../store/rows.ts";').filter(forbidden)).toEqual([]);
  });

  it("names every room", () => {
    const rooms = new Set(
      product
        .map(({ path }) => path.split("/"))
        .filter((parts) => parts.length > 2)
        .map(([, room]) => room),
    );
    expect([...rooms].filter((room) => room !== "cli" && !(room ?? "" in MAY_IMPORT))).toEqual([]);
  });

  it("keeps the core to zod and hashes", () => {
    const foreign = (all: readonly rules.Import[]) =>
      all.filter(({ from, to }) => {
        const name = rules.packageOf(to);
        return from.startsWith("src/core/") && name !== null && !CORE_PACKAGES.includes(name);
      });
    expect(foreign(imports).map(named)).toEqual([]);
    expect(foreign(imported("src/core/a.ts", 'import { readFile } from "node:fs";'))).toHaveLength(1);
  });

  it.each(SDKS)("keeps %s in one file", (sdk) => {
    const users = (all: readonly rules.Import[]) => [
      ...new Set(all.filter(({ to, kind }) => kind === "value" && rules.packageOf(to) === sdk).map(({ from }) => from)),
    ];
    expect(users(imports)).toHaveLength(1);
    const two = ["src/a.ts", "src/b.ts"].flatMap((path) => imported(path, `import X, { type Y } from "${sdk}";`));
    expect(users([...two, ...imported("src/c.ts", `import type Z from "${sdk}";`)])).toEqual(["src/a.ts", "src/b.ts"]);
  });

  it("lets one module start processes, and two others the threads that parse and read", () => {
    const starters = (all: readonly rules.Import[], modules: RegExp) =>
      all.filter(({ to }) => modules.test(to)).map(({ from }) => from);
    const processes = /^(node:)?(child_process|cluster)$/;
    const threads = /^(node:)?worker_threads$/;
    expect(starters(imports, processes).sort()).toEqual(["src/cli/install.mjs", "src/workspace/process.ts"]);
    expect(starters(imported("src/a.ts", 'import { spawn } from "child_process";'), processes)).toHaveLength(1);
    // The starters, and what runs in their threads.
    const both = ["apart/collect-apart.ts", "apart/reader.ts", "languages/syntax/parse-worker.ts", "languages/syntax/parser.ts"]; // prettier-ignore
    expect(starters(imports, threads).sort()).toEqual(both.map((path) => `src/proof/${path}`));
    expect(starters(imported("src/a.ts", 'import { Worker } from "node:worker_threads";'), threads)).toHaveLength(1);
  });

  it("lets only cli, tests and examples know the local GitHub", () => {
    const strangers = (all: readonly rules.Import[]) =>
      all
        .filter(({ from, to }) => to.startsWith("src/github-double/") && !/^src\/(github-double|cli)\//.test(from))
        .map(named);
    expect(strangers(imports)).toEqual([]);
    expect(
      strangers(imported("src/app.ts", 'import type { GitHubDouble } from "./github-double/double.ts";')),
    ).toHaveLength(1);
  });

  it("goes in no circle", () => {
    expect(rules.cycles(imports)).toEqual([]);
    const ring = [
      ...imported("src/a.ts", 'import { b } from "./b.ts";'),
      ...imported("src/b.ts", 'export { c } from "./c.ts";'),
      ...imported("src/c.ts", 'import { a } from "./a.ts"; import { type D } from "./d.ts";'),
      ...imported("src/d.ts", 'import { c } from "./c.ts";'),
    ];
    expect(rules.cycles(ring)).toEqual(["src/a.ts → src/b.ts → src/c.ts → src/a.ts", "src/c.ts → src/d.ts → src/c.ts"]);
  });

  it("finds every imported file", () => {
    const lost = (all: readonly rules.Import[]) =>
      all.filter(({ to }) => rules.packageOf(to) === null && !existsSync(to)).map(named);
    expect(lost(imports)).toEqual([]);
    expect(lost(imported("src/core/a.ts", 'import { b } from "./nowhere.ts";'))).toHaveLength(1);
  });
});

type Rule = readonly [
  name: string,
  over: readonly rules.Source[],
  rule: (source: rules.Source) => string[],
  bad: string[],
];
const exempt = (...paths: string[]) => product.filter(({ path }) => !paths.some((one) => path.startsWith(one)));
const long = "\n".repeat(rules.FILE_LINES_MAX);
const body = "\n".repeat(rules.FUNCTION_LINES_MAX);
const RULES: readonly Rule[] = [
  ["no file is too long", [...sources, ...globSync("test/**/*.ts").map(read)], rules.longFile, [`a;${long}b;`]],
  [
    "no function is too long",
    product,
    rules.longFunctions,
    [`function f() {${body}}`, `const f = () => {${body}};`, `class A { m() {${body}} }`],
  ],
  [
    "there are no default exports",
    product,
    rules.defaultExports,
    ["export default 1;", "export default function f() {}", "export { a as default };"],
  ],
  [
    "nobody but config.ts reads the environment",
    exempt("src/config.ts", "src/cli/install.mjs"),
    (source) => rules.usesOf(source, "process", "env"),
    ["process.env.KEY;", 'process["env"];', "const { A } = process.env;"],
  ],
  [
    "nothing prints outside of cli",
    exempt("src/cli/"),
    (source) => rules.usesOf(source, "console"),
    ["console.log(1);", "console['error'](1);"],
  ],
  [
    "caps have names",
    exempt("src/github-double/"),
    rules.namelessCaps,
    ["z.string().max(300);", "said.slice(0, 1_000);", "output.slice(-4000);"],
  ],
  ["nothing is left for later", texts, rules.leftovers, ["// TODO: later", "/* FIXME */", " * XXX", "f(); // HACK it"]],
  [
    "no test is left out",
    tests,
    rules.skippedTests,
    ['it.only("a", f);', 'describe.skip("a", f);', 'xit("a", f);', 'it.only.each([])("a", f);', 'it.todo("a");'],
  ],
  [
    "no section is cited by a number that no document has",
    texts,
    rules.numberedSections,
    ["// stays text (SECURITY 23)", "/** The flow of DESIGN 4. */", "see SECURITY.md section 12"],
  ],
  ["no path of one machine is named", texts, rules.machinePaths, ["see /root/main/a", '"/home/jo/x"', "(/Users/jo/x)"]],
];

describe("the house's rules", () => {
  it.each(RULES)("%s", (_name, over, rule, bad) => {
    expect(over.length).toBeGreaterThan(0);
    expect(over.flatMap(rule)).toEqual([]);
    for (const text of bad) expect([text, rule({ path: "src/bad.ts", text }).length > 0]).toEqual([text, true]);
    expect(
      rule({
        path: "src/good.ts",
        text: '// Says process.env, console.log and export default.\nexport const a = "b";\n',
      }),
    ).toEqual([]);
  });

  it("nothing is exported that nobody imports", () => {
    const everybody = globSync("{src,test}/**/*.ts").map(read);
    const isProduct = (path: string) => product.some((one) => one.path === path);
    expect(unusedExports(everybody, isProduct)).toEqual([]);
    const lone = {
      path: "src/a.ts",
      text: "export const a = 1;\nexport type B = 1;\nexport type C = B;\nexport function d(c: C) {}",
    };
    const other = { path: "src/b.ts", text: 'import { d } from "./a.ts";' };
    expect(unusedExports([lone, other], () => true)).toEqual(["src/a.ts: a"]);
    expect(unusedExports([lone], () => true)).toEqual(["src/a.ts: a", "src/a.ts: d"]);
  });

  it("no file is a drawer", () => {
    const drawers = (paths: readonly string[]) =>
      paths.filter((path) => /(^|[/-])(utils?|helpers?|common|manager|service|misc|lib)s?(\.[a-z]+)+$/.test(path));
    expect(drawers(globSync("{src,test}/**/*.{ts,mjs}"))).toEqual([]);
    expect(drawers(["src/utils.ts", "src/core/string-helpers.ts", "test/common.test.ts"])).toHaveLength(3);
  });

  it("ports carry their contract", () => {
    expect(product.filter(({ path }) => PORTS.includes(path)).flatMap(rules.undocumented)).toEqual([]);
    const port = "/** A. */\nexport type A = { a(): void };\nexport type B = { b(): void };";
    expect(rules.undocumented({ path: "src/a.ts", text: port })).toEqual(["src/a.ts:3"]);
  });

  it("migrations are numbered without gaps", () => {
    const names = globSync("migrations/*.sql").map((path) => path.replace("migrations/", ""));
    expect(names.length).toBeGreaterThan(0);
    expect(rules.gaps(names)).toEqual([]);
    for (const bad of [["0002_b.sql"], ["0001_a.sql", "0003_c.sql"], ["0001_a.sql", "0001_b.sql"], ["a.sql"]])
      expect(rules.gaps(bad)).not.toEqual([]);
  });

  it("links in the documents lead somewhere", () => {
    const broken = (source: rules.Source) =>
      rules
        .linksOf(source)
        .filter(({ to }) => !existsSync(to))
        .map(({ link }) => `${source.path} → ${link}`);
    expect(globSync("{*,docs/**/*}.md").map(read).flatMap(broken)).toEqual([]);
    const text = "[a](../package.json) [b](gone.md#x) [c](https://a.b) [d](#e) `[f](g.md)`\n```\n[h](i.md)\n```\n";
    expect(broken({ path: "docs/x.md", text })).toEqual(["docs/x.md → gone.md#x"]);
  });
});
