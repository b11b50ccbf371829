import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { extract } from "tar";
import { parse } from "yaml";
import type { Script, ScriptEntry } from "../../src/models/script.ts";
import { fakeProviders } from "../crash/fake-providers.ts";
import { gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";
import { GREETER, ISSUE, LOUD, loudStory, PASS, REVIEWS_ONLY } from "../support/stories.ts";

/**
 * The package as people install it: packed by npm, unpacked below a `node_modules` of an empty folder, where Node strips no
 * types. Its dependencies are those of this checkout.
 */
let folder = "";
let coop = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "coop-package-"));
  const PATH = [resolve("node_modules/.bin"), process.env["PATH"]].join(delimiter);
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { encoding: "utf8", env: { ...process.env, PATH } }); // prettier-ignore
  const to = join(folder, "node_modules/cooperations");
  mkdirSync(to, { recursive: true });
  await extract({ file: join(folder, packed.trim().split("\n").at(-1) ?? ""), cwd: to, strip: 1 });
  for (const name of readdirSync("node_modules"))
    if (name !== "cooperations") symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
  coop = join(to, "bin/coop.mjs");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(standUp);

type Ran = { readonly code: number; readonly out: string; readonly err: string };

function run(cwd: string, file: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((done) => {
    const given = { PATH: process.env["PATH"] ?? "", HOME: folder, ...env };
    execFile(file, args, { cwd, env: given, encoding: "utf8" }, (error, out, err) => {
      done({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err });
    });
  });
}
const installed = (cwd: string, ...args: string[]) => run(cwd, process.execPath, [coop, ...args]);

/** Both vendors on this machine; what they say comes from a script. */
async function withModels(script: Script, work: (env: Record<string, string>) => Promise<void>): Promise<void> {
  const providers = await fakeProviders(script, () => true);
  const config = join(folder, "server.yml");
  writeFileSync(config, "sandbox: { driver: none }\n");
  try {
    await work({
      ...{ COOP_CONFIG: config },
      ...{ ANTHROPIC_API_KEY: "sk-ant-a-key-for-tests", ANTHROPIC_BASE_URL: providers.url },
      ...{ OPENAI_API_KEY: "sk-a-key-for-tests", OPENAI_BASE_URL: `${providers.url}/v1` },
    });
  } finally {
    await providers.close();
  }
}

/** npm takes the bare path of a file for a program of that name: only with `-p` is it a package. */
it("is called by the README's first command as it is printed, with a package of the same name", async () => {
  const [, line = ""] = /\n(npx .*?) +# or:/.exec(readFileSync("README.md", "utf8")) ?? [];
  const home = mkdtempSync(join(folder, "home-"));
  const echo = { name: "cooperations", version: "0.1.0", bin: { coop: "coop.mjs", cooperations: "coop.mjs" } };
  const own = { "package.json": JSON.stringify(echo), "coop.mjs": "#!/usr/bin/env node\nconsole.log(process.argv.slice(2).join(' '));\n" }; // prettier-ignore
  const clone = join(home, "cooperations");
  mkdirSync(clone);
  writeIn(clone, own);
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, npm_config_yes: "true", npm_config_offline: "true" };
  const packed = await run(clone, "npm", ["pack", "--silent"], env);
  expect([packed.code, line]).toEqual([0, expect.stringMatching(/^npx .*~\/cooperations\/.* run ticket\.md$/)]);
  expect(await run(home, "bash", ["-c", line], env)).toMatchObject({ code: 0, out: "run ticket.md\n" });
}, 60_000);

describe("the installed package", () => {
  it("says its version, its commands and its examples", async () => {
    expect(await installed(folder, "--version")).toEqual({ code: 0, out: "0.1.0\n", err: "" });
    const { out } = await installed(folder, "run", "--help");
    expect(out).toContain("coop run ticket.md");
    const completion = await installed(folder, "completion", "bash");
    expect(completion.out).toMatch(/run\) words=".*--merge-into/);
    expect((await run(folder, "bash", ["-n", "-c", completion.out])).code).toBe(0);
  });

  it("ends with one sentence where there is nothing to work with", async () => {
    const outside = await installed(folder, "run", "--title", "Add a flag");
    expect([outside.code, outside.err.trim().split("\n")]).toEqual([
      2,
      [expect.stringMatching(/in no git repository/)],
    ]);
    const keyless = await installed(repositoryWith(GREETER), "run", "--title", "Add a flag");
    expect([keyless.code, keyless.err]).toEqual([
      78,
      expect.stringMatching(/ANTHROPIC_API_KEY, or OPENAI_API_KEY .*COOP_CONFIG/),
    ]);
    const occupied = repositoryWith({ ".github": "a file\n" });
    const crowded = await installed(occupied, "init");
    expect([crowded.code, crowded.err]).toEqual([
      69,
      expect.stringMatching(/^\S+\.github cannot be used \(there is a file of that name\)\. .*\n$/),
    ]);
    const bare = { PATH: join(folder, "without-git") };
    mkdirSync(bare.PATH);
    symlinkSync("/bin/sh", join(bare.PATH, "sh"));
    for (const args of [["hook", "install"], ["init"], ["proof", "--base", "HEAD"], ["run", "--list"]]) {
      const gitless = await run(occupied, process.execPath, [coop, ...args], bare);
      expect([gitless.code, gitless.err]).toEqual([2, expect.stringMatching(/^There is no git on the PATH/)]);
    }
  });

  it("works on a ticket in somebody's repository, and its reports fit a CI", async () => {
    await withModels(loudStory(), async (models) => {
      const repository = repositoryWith({ ...GREETER, ...REVIEWS_ONLY });
      writeIn(repository, { "ticket.md": `# ${ISSUE.title}\n\n${ISSUE.body}\n` });
      const env = {
        ...{ ...models, COOP_REPORTS: join(folder, "reports") },
        COOP_COMMAND: `'${process.execPath}' '${coop}'`,
      };
      const script = join(folder, "node_modules/cooperations/ci/coop.sh");
      const ran = await run(repository, "sh", [script, "run", "ticket.md"], env);
      expect([ran.err, ran.code]).toEqual(["", 0]);
      expect(ran.out).toMatch(
        /^Done: coop\/1 at [0-9a-f]{7} is proven and approved\. Where you want it, run `git merge coop\/1`\.$/m,
      );
      const same = await run(repository, process.execPath, [coop, "review"], env);
      expect([same.code, same.err]).toEqual([2, expect.stringMatching(/^There is nothing to review: HEAD adds nothing to main\./)]); // prettier-ignore
      expect(gitIn(repository, "show", "coop/1:src/greet.js")).toBe(LOUD.trim());
      expect(readFileSync(join(folder, "reports/run.junit.xml"), "utf8")).toContain('tests="1" failures="0"');
    });
  });
});

/** Code blocks of a language in the recipes. */
function recipe(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g");
  return [...readFileSync("docs/ci.md", "utf8").matchAll(found)].map((match) => match[1] ?? "").join("\n---\n");
}

/** A change that adds a placeholder, on a branch of its own: the proof refutes it without running anything. */
function refuted(): { repository: string; base: string } {
  const repository = repositoryWith(GREETER);
  const base = gitIn(repository, "rev-parse", "HEAD");
  writeIn(repository, { "src/greet.js": "export function greet(name) {\n  throw new Error('not implemented');\n}\n" });
  gitIn(repository, "commit", "-qam", "stub");
  return { repository, base };
}

const env = () => ({
  COOP_COMMAND: `'${process.execPath}' '${coop}'`,
  PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
});
/** What the recipes install is there already; npm only says where. */
beforeAll(() => {
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/npm"), `#!/bin/sh\n[ "$1" != root ] || echo '${join(folder, "node_modules")}'\n`, {
    mode: 0o755,
  });
});

type Job = { readonly mode: string; readonly base?: string; readonly args: string };
/** Plays both steps of the action. */
async function action(repository: string, { mode, base = "", args }: Job, models: Record<string, string> = {}) {
  const { runs } = parse(readFileSync("action.yml", "utf8")) as { runs: { steps: { run: string }[] } };
  const files = {
    GITHUB_STEP_SUMMARY: join(folder, `summary-${mode}.md`),
    GITHUB_OUTPUT: join(folder, `output-${mode}`),
    GITHUB_ENV: join(folder, "env"),
  };
  const given = { ...env(), ...files, ...models, GITHUB_ACTIONS: "true", GITHUB_ACTION_PATH: resolve("."), RUNNER_TEMP: folder, COOP_MODE: mode, COOP_BASE: base, COOP_ARGS: args, COOP_REPORTS: join(folder, `actions-${mode}`) }; // prettier-ignore
  const ended: Ran[] = [];
  for (const step of runs.steps) ended.push(await run(repository, "bash", ["-e", "-c", step.run], given));
  const [summary, output] = [files.GITHUB_STEP_SUMMARY, files.GITHUB_OUTPUT].map((path) => readFileSync(path, "utf8"));
  return { codes: ended.map(({ code }) => code), out: ended[1]?.out ?? "", summary, output };
}

describe("the recipes", () => {
  it("of GitHub Actions annotates the change and fills the job's summary", async () => {
    const { repository, base } = refuted();
    const { codes, out, summary, output } = await action(repository, { mode: "proof", base, args: "--type feature" });
    expect(codes).toEqual([0, 1]);
    expect(out).toMatch(/^::error title=coop proof%3A completeness,file=src\/greet\.js,line=2::/m);
    expect(summary).toMatch(/### coop proof: block .*\n[\s\S]*\| error \| src\/greet\.js:2 \|/);
    expect(output).toContain("exit-code=1\n");
    expect(parse(recipe("yaml").split("\n---\n")[0] ?? "")).toMatchObject({
      jobs: { proof: { steps: expect.any(Array) } },
    });
  }, 60_000);

  it("of GitLab and of any shell end with the command's exit code and write JUnit", async () => {
    const { repository, base } = refuted();
    const gitlab = parse(recipe("yaml").split("\n---\n")[1] ?? "") as { coop: { script: string[] } };
    const given = { ...env(), CI_MERGE_REQUEST_DIFF_BASE_SHA: base, BASE: base };
    const there = await run(repository, "bash", ["-e", "-c", gitlab.coop.script.join("\n")], given);
    expect([there.code, there.out]).toEqual([1, expect.stringMatching(/^coop proof: block/)]);
    expect(readFileSync(join(repository, "coop-reports/proof.junit.xml"), "utf8")).toMatch(/<failure message=/);
    mkdirSync(join(repository, ".coop-ci"));
    symlinkSync(join(folder, "node_modules"), join(repository, ".coop-ci/node_modules"));
    const here = await run(repository, "sh", ["-e", "-c", recipe("sh")], given);
    expect([here.code, here.out]).toEqual([1, expect.stringMatching(/^coop proof: block/)]);
  }, 60_000);
});

describe("the recipes with models", () => {
  const BLOCKER = { severity: "blocker", kind: "implementation", title: "Nobody is greeted", path: "src/greet.js", line: 2, quote: "throw new Error('not implemented');", problem: "greet throws.", instruction: "Greet in src/greet.js." }; // prettier-ignore
  const looks = (role: "reviewer" | "adversary", findings: unknown[]): ScriptEntry => ({ role, turns: [{ answer: { ...PASS, done: [], findings } }] }); // prettier-ignore

  it("of GitHub Actions reviews a change: findings on its lines, exit code 1 with a blocker and 0 without", async () => {
    await withModels([looks("reviewer", [BLOCKER]), looks("adversary", [])], async (models) => {
      const { repository, base } = refuted();
      const { codes, out, summary, output } = await action(
        repository,
        { mode: "review", base, args: "--max-usd 2" },
        models,
      );
      expect({ codes, output }).toEqual({ codes: [0, 1], output: expect.stringContaining("exit-code=1\n") });
      expect(out).toMatch(/^::error title=coop review%3A [^,]+,file=src\/greet\.js,line=2::/m);
      expect(summary).toMatch(/\| error \| src\/greet\.js:2 \|/);
    });
    await withModels([looks("reviewer", []), looks("adversary", [])], async (models) => {
      const { repository, base } = refuted();
      expect(await action(repository, { mode: "review", base, args: "" }, models)).toMatchObject({ codes: [0, 0] });
    });
  }, 120_000);

  it("of GitHub Actions works on a ticket, and says in the summary which branch it became", async () => {
    await withModels(loudStory(), async (models) => {
      const repository = repositoryWith({ ...GREETER, ...REVIEWS_ONLY });
      writeIn(repository, { "ticket.md": `# ${ISSUE.title}\n\n${ISSUE.body}\n` });
      const { codes, summary } = await action(repository, { mode: "run", args: "ticket.md" }, models);
      expect({ codes, summary }).toEqual({ codes: [0, 0], summary: expect.stringContaining("coop/1") });
      expect(gitIn(repository, "show", "coop/1:src/greet.js")).toBe(LOUD.trim());
    });
  }, 120_000);

  it("of GitLab and of any shell review in the place of the proof", async () => {
    const recipes = { gitlab: (parse(recipe("yaml").split("\n---\n")[1] ?? "") as { coop: { script: string[] } }).coop.script.join("\n"), shell: recipe("sh") }; // prettier-ignore
    for (const [name, script] of Object.entries(recipes))
      await withModels([looks("reviewer", []), looks("adversary", [BLOCKER])], async (models) => {
        const { repository, base } = refuted();
        mkdirSync(join(repository, ".coop-ci"));
        symlinkSync(join(folder, "node_modules"), join(repository, ".coop-ci/node_modules"));
        const given = { ...env(), ...models, CI_MERGE_REQUEST_DIFF_BASE_SHA: base, BASE: base };
        const shell = name === "shell" ? "sh" : "bash";
        const ran = await run(repository, shell, ["-e", "-c", script.replace(" proof ", " review ")], given);
        expect([name, ran.code, ran.out]).toEqual([name, 1, expect.stringContaining("Nobody is greeted")]);
        expect(readFileSync(join(repository, "coop-reports/review.junit.xml"), "utf8")).toMatch(/<failure message=/);
        expect(JSON.parse(readFileSync(join(repository, "coop-reports/review.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" }); // prettier-ignore
      });
  }, 120_000);
});

describe("the pre-push hook", () => {
  it("holds back what is refuted, keeps the hook that was there, and lets the rest go", async () => {
    const { repository, base } = refuted();
    const remote = join(mkdtempSync(join(folder, "remote-")), "r.git");
    gitIn(folder, "clone", "-q", "--bare", repository, remote);
    gitIn(remote, "update-ref", "refs/heads/main", base);
    gitIn(repository, "remote", "add", "origin", remote);
    writeFileSync(join(repository, ".git/hooks/pre-push"), "#!/bin/sh\necho earlier >&2\n", { mode: 0o755 });
    const install = (...more: string[]) => installed(repository, "hook", "install", ...more);
    for (let times = 0; times < 2; times++) expect((await install()).out).not.toMatch(/Until now/);
    expect((await install("--with", "both", "--strict")).out).toMatch(/^Until now each push ran coop proof\. That is replaced\.$/m); // prettier-ignore
    expect((await install()).out).toMatch(/^Until now each push ran coop proof and coop review, and holds .*\. That is replaced\.$/m); // prettier-ignore
    const push = () => run(repository, "git", ["push", "-q", "origin", "main"]);
    const held = await push();
    expect([held.code, held.err]).toEqual([1, expect.stringMatching(/^earlier\n/)]);
    expect(gitIn(remote, "rev-parse", "main")).toBe(base);
    writeIn(repository, { "src/greet.js": GREETER["src/greet.js"], "README.md": "# greeter\n\nSays hello, twice.\n" });
    gitIn(repository, "commit", "-qam", "text");
    expect((await push()).code).toBe(0);
    expect(gitIn(remote, "rev-parse", "main")).toBe(gitIn(repository, "rev-parse", "main"));
  }, 60_000);
});
