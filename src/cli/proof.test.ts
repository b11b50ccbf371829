import { execFile } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../../test/support/desk.ts";
import { nothingToProve } from "./proof/nothing.ts";
import { excusedInVain } from "./proof/excused.ts";
import { FORMATS } from "./proof/report.ts";
import { sameReason } from "./same-reason.ts";
import { readSides } from "./proof/source.ts";

afterEach(standUp);

const FILES = { "src/a.js": "export const a = 1;\n", "test/a.test.js": 'test("one", () => {});\n' };
const PATH = process.env["PATH"] ?? "";
const sides = (folder: string, base: string, head = "HEAD") =>
  readSides({ base, head }, { folder, searchPath: PATH, temporary: tmpdir() });

function changed(): string {
  const folder = repositoryWith(FILES);
  writeIn(folder, { "src/a.js": "export const a = 2;\n" });
  gitIn(folder, "commit", "-qam", "two");
  return folder;
}

describe("what coop proof compares", () => {
  it("says which name is no commit", async () => {
    await expect(sides(changed(), "nowhere")).rejects.toMatchObject({
      exitCode: 2,
      message: '--base "nowhere" is no commit and no folder here: name a commit, a branch or a folder that exists.',
    });
    await expect(sides(changed(), "HEAD~1", "--upload-pack=x")).rejects.toMatchObject({ exitCode: 2 });
  });

  it("says what a shallow clone lacks", async () => {
    const folder = changed();
    const clone = join(emptyFolder(), "clone");
    gitIn(folder, "clone", "-q", "--depth=1", `file://${folder}`, clone);
    const base = gitIn(folder, "rev-parse", "HEAD~1");
    await expect(sides(clone, base)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("this is a shallow clone: `git fetch --unshallow`, then try again."),
    });
  });

  it("leaves uncommitted changes out, and says so", async () => {
    const folder = changed();
    writeIn(folder, { "src/a.js": "export const a = 3;\n" });
    const { head, notes } = await sides(folder, "HEAD~1");
    expect(notes).toEqual([
      `Uncommitted changes are no part of this proof; it is of commit ${head.commitSha.slice(0, 7)}.`,
    ]);
  });

  it("does not begin with a change of 5,000 files", async () => {
    const folder = changed();
    writeIn(folder, Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`many/${at}.js`, `${at}\n`])));
    gitIn(folder, "add", "-A");
    gitIn(folder, "commit", "-qm", "many");
    await expect(sides(folder, "HEAD~1")).rejects.toMatchObject({
      exitCode: 2,
      message: "5000 files differ and at most 3000 are compared: is --base right?",
    });
  });

  it.each<[how: string, files: number]>([
    ["ours", 1],
    ["recursive", 0],
  ])("names what a merge by %s left out of what came from the base", async (how, files) => {
    const folder = changed();
    gitIn(folder, "checkout", "-qb", "work", "HEAD~1");
    writeIn(folder, { "src/b.js": "export const b = 1;\n" });
    gitIn(folder, "add", "-A");
    gitIn(folder, "commit", "-qm", "work");
    gitIn(folder, "merge", "-q", "-s", how, "-m", "take main in", "-");
    const { notes } = await sides(folder, "@{-1}");
    const sha = gitIn(folder, "rev-parse", "HEAD").slice(0, 7);
    const said = `The merge ${sha} leaves out what one of its sides had changed in \`src/a.js\`, though the other had not: look whether this is meant.`;
    expect(notes).toEqual(files > 0 ? [said] : []);
  });

  it("says where no repository is", async () => {
    await expect(sides(emptyFolder(), "HEAD~1")).rejects.toMatchObject({
      exitCode: 2,
      message: /in no git repository/,
    });
  });
});

describe("a plan that excuses tests", () => {
  const change = (file: string, test: string | null) => [{ file, test, change: "update" as const, to: null, why: "w" }];

  it.each([
    ["test/a.test.js", "one", null],
    ["test/a.test.js", "group > one", null],
    ["test/a.test.js", null, null],
    ["test/a.test.js", "group two", /no such test/],
    ["test/a.test.js", "two", /no such test: name it as its runner does/],
    ["test/b.test.js", null, /no such file/],
  ])("%s %s", async (file, test, why) => {
    const said = await excusedInVain(change(file, test), await sides(changed(), "HEAD~1"));
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });

  it.each([
    ["a.py", "def test_half(self): pass", "PriceTest.test_half"],
    ["a.py", "@pytest.mark.parametrize('x', [1])\ndef test_a(x): pass", "test_a[1]"],
    ["a_test.go", "func TestA(t *testing.T) {}", "TestA/row_1"],
    ["a.test.js", 'describe("a cart", () => { it("is empty at first", () => {}) })', "a cart is empty at first"],
    ["a.test.js", "for (const x of all) test(`reads ${x}`, () => {})", "reads 10s"],
  ])("finds the name in %s: %s", async (path, text, test) => {
    const folder = repositoryWith({ [path]: text });
    expect(await excusedInVain(change(path, test), await sides(folder, "HEAD"))).toBeNull();
  });

  it("ends the command with 2", async () => {
    const folder = changed();
    writeIn(folder, {
      "plan.json": JSON.stringify({ files: ["src/a.js"], testChanges: change("test/a.test.js", "nobody wrote this") }),
    });
    const ran = await proof(folder, "--base", "HEAD~1", "--plan", "plan.json");
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('The plan lets the test "nobody wrote this"') });
  });
});

describe("no change at all", () => {
  it.each([
    ["the same commit", ["--base", "main", "--head", "HEAD"], /HEAD \([0-9a-f]{7}\) adds nothing to main\. Commit/],
    [
      "a head that the base has",
      ["--base", "main", "--head", "main~1"],
      /main~1 \([0-9a-f]{7}\) adds nothing to main\./,
    ],
    ["two folders of the same files", ["--base", "src/", "--head", "./src"], /src\/ and \.\/src have the same files\./],
  ])(
    "is no yes: %s",
    async (_what, args, words) => {
      const folder = changed();
      const ran = await proof(folder, ...args);
      expect(ran).toMatchObject({ code: 2, out: expect.stringMatching(/^There is nothing to prove: .*\n$/) });
      expect(ran.out).toMatch(words);
      const { verdict, driver, items } = JSON.parse((await proof(folder, ...args, "--format", "json")).out) as Report;
      expect([verdict, driver, items.length]).toEqual(["unknown", null, 11]);
      expect(items.filter(({ required }) => required)).toMatchObject([{ item: "verification", state: "unknown", code: "nothing-to-prove" }]); // prettier-ignore
    },
    30_000,
  );

  it("but a commit that changes no file is one", async () => {
    const folder = changed();
    gitIn(folder, "commit", "-q", "--allow-empty", "-m", "three");
    const { base, head, notes } = await sides(folder, "HEAD~1");
    expect([nothingToProve({ base: "HEAD~1", head: "HEAD" }, { base, head }), notes]).toEqual([
      null,
      ["No file was changed: all that can be shown is how the tests of this commit end."],
    ]);
  });
});

it("says once why no code is run where neither bwrap nor unshare is found, by links too, and what stays unknown", async () => {
  const folder = changed();
  const bin = emptyFolder();
  for (const name of ["sh", "git", "prlimit"]) {
    const found = PATH.split(":").find((place) => existsSync(join(place, name)));
    symlinkSync(join(found ?? "/usr/bin", name), join(bin, name));
  }
  const { code, out } = await proof(folder, "--base", "HEAD~1", { PATH: bin });
  expect(code).toBe(2);
  expect(out.match(/Bubblewrap \(`bwrap`\) is not installed on this machine\./g)).toHaveLength(1);
  expect(out).toMatch(/`unshare` and `setpriv` of the package util-linux are not installed/);
  expect(out).toMatch(/^\? verification: No repository code is run on this machine: /m);
  for (const item of ["pass-to-pass", "mutation"]) expect(out).toContain(`? ${item}: as for verification.\n`);
  expect(out).toMatch(/Not decided: .*\n$/);
});

it("tells no secret of the environment in any form, whatever has its name", async () => {
  const secret = "t0ken-0f-Mona-8Zr5vN1c";
  const folder = changed();
  writeIn(folder, { [`src/${secret}.js`]: "export function half() {\n  throw new Error('TODO: half');\n}\n" });
  gitIn(folder, "add", "-A");
  gitIn(folder, "commit", "-qm", "three");
  for (const format of FORMATS) {
    const { out, err } = await proof(folder, "--base", "HEAD~1", "--format", format, { GITHUB_TOKEN: secret });
    expect([format, out.length > 100, `${out}${err}`.includes(secret)]).toEqual([format, true, false]);
    if (format === "sarif") expect(out).toContain("%5Bredacted%5D");
  }
}, 120_000);

it("names together what is missing for one reason", () => {
  const lines = [
    "checks: unknown — None.",
    "done: unknown — Not run: a: b.",
    "mutation: unknown — None.",
    "F-1 is open",
  ];
  expect(sameReason(lines)).toEqual([
    "checks, mutation: unknown — None.",
    "done: unknown — Not run: a: b.",
    "F-1 is open",
  ]);
});

type Report = {
  readonly verdict: string;
  readonly driver: string | null;
  readonly items: readonly { readonly required: boolean }[];
};

function proof(
  folder: string,
  ...given: (string | Record<string, string>)[]
): Promise<{ code: unknown; out: string; err: string }> {
  const args = given.filter((one) => typeof one === "string");
  const env = Object.assign({ PATH, HOME: folder }, ...given.filter((one) => typeof one !== "string")) as Record<string, string>; // prettier-ignore
  const command = [resolve("src/cli/coop.ts"), "proof", ...args];
  return new Promise((done) =>
    execFile(process.execPath, command, { cwd: folder, env }, (error, out, err) =>
      done({ code: error?.code ?? 0, out, err }),
    ),
  );
}
