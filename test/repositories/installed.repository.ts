import { execFileSync, spawn } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { environment } from "../../src/config.ts";
import type { Script } from "../../src/models/script.ts";
import { sandboxHere } from "../contracts/sandbox-fixture.ts";
import { fakeProviders } from "../crash/fake-providers.ts";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";
import { aPlan, finish, PASS, write } from "../support/stories.ts";

/**
 * The program as a stranger has it: the tarball of `npm pack`, installed by npm into an empty folder, on a repository whose tests
 * need packages of the registry. Its process is killed while it prepares, in a fix round, at the gate and in the proof.
 */
afterEach(standUp);

const PATH = [dirname(process.execPath), environment().PATH ?? ""].join(delimiter);

const MANIFEST = {
  ...{ name: "tally", version: "1.0.0", private: true, scripts: { test: "jest" } },
  ...{ dependencies: { ms: "2.1.3" }, devDependencies: { jest: "29.7.0" } },
};
const TALLY = {
  "package.json": `${JSON.stringify(MANIFEST, null, 2)}\n`,
  ".gitignore": "node_modules\n",
  ".github/coop.yml": "planGate: always\nproof: { mutationsMax: 0 }\n",
  "src/span.js":
    'const ms = require("ms");\n\nfunction span(text) {\n  return ms(text);\n}\n\nmodule.exports = { span };\n',
  "test/span.test.js":
    'const { span } = require("../src/span");\n\ntest("reads hours", () => {\n  expect(span("2h")).toBe(7200000);\n});\n',
};
const spanIn = (unit: string) =>
  `const ms = require("ms");\n\nfunction span(text, { unit = "ms" } = {}) {\n  return ms(text) / ms(${unit});\n}\n\nmodule.exports = { span };\n`;
const TESTS =
  'const { span } = require("../src/span");\n\ntest("reads hours in minutes", () => {\n  expect(span("2h", { unit: "m" })).toBe(120);\n});\n';
const PINS = "test/unit.test.js: reads hours in minutes";

/** What is written first divides by the milliseconds of nothing, which the repository's own runner has to find out. */
const STORY: Script = [
  {
    role: "architect",
    when: { task: "plan" },
    turns: [
      {
        answer: aPlan({
          goal: "span takes a unit option.",
          chunks: [
            {
              title: "Add the unit option",
              files: [
                { path: "src/span.js", action: "change", intent: "Divide by the unit." },
                { path: "test/unit.test.js", action: "create", intent: "Pin hours in minutes." },
              ],
              tests: [PINS],
            },
          ],
          definitionOfDone: [
            { id: "D1", statement: "span takes a unit.", evidence: { kind: "test", reference: PINS } },
            { id: "D2", statement: "All tests pass.", evidence: { kind: "command", reference: "npm test" } },
          ],
        }),
      },
    ],
  },
  {
    role: "implementer",
    when: { task: "implement" },
    turns: [write("src/span.js", spanIn("unit")), write("test/unit.test.js", TESTS), finish(), finish(), finish()],
  },
  {
    role: "implementer",
    when: { task: "fix" },
    turns: [write("src/span.js", spanIn("`1${unit}`")), finish(), finish()],
  },
  { role: "reviewer", turns: [{ answer: PASS }] },
  { role: "adversary", turns: [{ answer: PASS }] },
];

type Line = { readonly event: string; readonly step?: string; readonly phase?: string; readonly exitCode?: number };
type Ran = { readonly lines: readonly Line[]; readonly code: number | null };

// Without one nothing of the repository is run; `proveKinds` says so aloud.
const isReal = (await sandboxHere()) !== null;
(isReal ? it : it.skip)(
  "the installed tarball takes a ticket to its branch, killed five times, and pays for nothing twice",
  async () => {
    const home = emptyFolder();
    const npm = (cwd: string, ...args: string[]) =>
      execFileSync("npm", args, { cwd, encoding: "utf8", env: { ...process.env, PATH } }).trim();
    const tarball = npm(resolve("."), "pack", "--silent", "--pack-destination", home).split("\n").at(-1) ?? "";
    npm(home, "install", "--silent", "--no-audit", "--no-fund", join(home, tarball));
    const repository = repositoryWith(TALLY);
    npm(repository, "install", "--silent", "--package-lock-only", "--no-audit", "--no-fund");
    gitIn(repository, "add", "-A");
    gitIn(repository, "commit", "-qm", "lock");
    writeIn(home, { "ticket.md": '# Add a unit option to span\n\n`span("2h", { unit: "m" })` answers 120.\n' });

    let kill: (() => void) | null = null;
    let isKilledInFix = false;
    const providers = await fakeProviders(STORY, ({ task, turn }) => {
      if (isKilledInFix || task !== "fix" || turn !== 2) return true;
      isKilledInFix = true;
      kill?.();
      return false;
    });
    const env = {
      ...{ PATH, HOME: homedir(), COOP_DATA_DIR: join(home, "data") },
      ...{ ANTHROPIC_API_KEY: "sk-ant-a-key-for-tests", ANTHROPIC_BASE_URL: providers.url },
      ...{ OPENAI_API_KEY: "sk-a-key-for-tests", OPENAI_BASE_URL: `${providers.url}/v1` },
    };
    const coop = (killsAt: (line: Line) => boolean, ...args: string[]) =>
      new Promise<Ran>((done) => {
        const child = spawn(join(home, "node_modules/.bin/coop"), [...args, "--json"], { cwd: repository, env, stdio: ["ignore", "pipe", "inherit"] }); // prettier-ignore
        kill = () => void child.kill("SIGKILL");
        const lines: Line[] = [];
        let rest = "";
        child.stdout.on("data", (chunk: Buffer) => {
          const whole = `${rest}${chunk.toString("utf8")}`.split("\n");
          rest = whole.pop() ?? "";
          for (const text of whole) {
            const line = JSON.parse(text) as Line;
            lines.push(line);
            if (killsAt(line)) child.kill("SIGKILL");
          }
        });
        child.once("close", (code) => done({ lines, code }));
      });
    const never = () => false;
    try {
      const preparing = await coop(({ event }) => event === "preparing", "run", join(home, "ticket.md"));
      expect(preparing.code).toBeNull();
      const planned = await coop(({ event }) => event === "end", "resume");
      expect(planned.lines.at(-1)).toMatchObject({ event: "end", phase: "plan-approval" });
      const fixing = await coop(never, "resume", "1", "--yes", "plan");
      expect([fixing.code, isKilledInFix]).toEqual([null, true]);
      const proving = await coop(({ event, step }) => event === "step" && step === "prove", "resume", "1");
      expect(proving.code).toBeNull();
      const ready = await coop(({ event }) => event === "end", "resume", "1");
      expect(ready.lines.at(-1)).toMatchObject({ event: "end", phase: "ready" });
      const done = await coop(never, "resume", "1", "--yes", "merge");
      expect([done.code, done.lines.at(-1)]).toEqual([
        0,
        expect.objectContaining({ phase: "merged", branch: "coop/1" }),
      ]);
      expect(gitIn(repository, "show", "coop/1:src/span.js")).toBe(spanIn("`1${unit}`").trim());
      expect(gitIn(repository, "status", "--porcelain")).toBe("");
      const bodies = providers.answered.map(({ body }) => body);
      expect(new Set(bodies).size).toBe(bodies.length);
    } finally {
      await providers.close();
    }
  },
);
