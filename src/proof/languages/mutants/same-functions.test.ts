import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFiles } from "../../../trees/diff.ts";
import type { Blobs, Snapshot, TreeFile } from "../../../trees/tree.ts";
import { openSyntax } from "../syntax/parser.ts";
import { sameFunctions } from "./same-functions.ts";

/** Which functions a change left alone while it changed a test that speaks of them, and the same small change to both. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const ADD = "export function add(a, b) {\n  return a + b;\n}\n";
const SAYS = (want: string) =>
  `import { add } from "./a.js";\ntest("adds", () => {\n  expect(add(1, 2)).toBe(${want});\n});\n`;

async function twins(before: Record<string, string>, after: Record<string, string>, over: Partial<TreeFile> = {}) {
  const contents = new Map<string, Buffer>();
  const blobs: Blobs = {
    get: async (sha) => contents.get(sha) ?? null,
    put: async (content) => {
      const sha = createHash("sha1").update(content).digest("hex");
      contents.set(sha, content);
      return sha;
    },
  };
  const snapshot = async (name: string, files: Record<string, string>): Promise<Snapshot> => {
    const tree = new Map<string, TreeFile>();
    for (const [path, text] of Object.entries(files)) {
      const sha = await blobs.put(Buffer.from(text));
      const isTest = path.includes("test");
      tree.set(path, { mode: "100644", sha, sizeBytes: text.length, ...(isTest ? {} : over) });
    }
    return { commitSha: name, treeSha: name, tree };
  };
  const [base, head] = [await snapshot("b", before), await snapshot("h", after)];
  const files = await changedFiles(base, head, blobs);
  return sameFunctions({ files, base, head, blobs, syntax });
}

const emptied = (text: string) => text.replace("(a, b) {", "(a, b) { if (true) return undefined;");

/** What each is, for tests that ask only that. */
const whats = async (...given: Parameters<typeof twins>) => (await twins(...given)).map(({ what }) => what);

it("changes both files in the same way, the finer change first", async () => {
  const moved = `// New.\n\n${ADD}export const VERSION = 2;\n`;
  const found = await twins({ "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": moved, "a.test.js": SAYS("expect.any(Number)") });
  expect(found).toEqual([
    { path: "a.js", line: 4, what: "`+` → `-`", before: ADD.replace("+", "-"), after: moved.replace("+", "-") },
    { path: "a.js", line: 3, what: "`add()` that does nothing", before: emptied(ADD), after: emptied(moved) },
  ]);
}); // prettier-ignore

describe("only functions", () => {
  const other = ADD.replaceAll("add", "sub");
  const both = ["`+` → `-`", "`add()` that does nothing"];

  it.each<[string, Record<string, string>, Record<string, string>, readonly string[]]>([
    ["of which a changed test speaks", { "a.js": ADD + other, "a.test.js": SAYS("3") }, { "a.js": ADD + other, "a.test.js": SAYS("4") }, both],
    ["whose test was removed", { "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": ADD }, both],
    ["whose test can no longer be read", { "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": ADD, "a.test.js": "test(" }, both],
    ["that are the same before and after", { "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": ADD.replace("+", "*"), "a.test.js": SAYS("4") }, []],
    ["that are still there", { "a.js": ADD, "a.test.js": SAYS("3") }, { "a.test.js": SAYS("4") }, []],
    ["that do something", { "a.js": "export function add(a, b) {}\n", "a.test.js": SAYS("3") }, { "a.js": "export function add(a, b) {}\n", "a.test.js": SAYS("4") }, []],
    ["where a test changed", { "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": `${ADD}\n`, "a.test.js": SAYS("3") }, []],
    ["where a test changed in more than its words", { "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": ADD, "a.test.js": `// New.\n${SAYS("3")}` }, []],
    ["that a new test does not speak of alone", { "a.js": ADD }, { "a.js": ADD, "a.test.js": SAYS("3") }, []],
    ["that are no tests themselves", { "b.test.js": ADD, "a.test.js": SAYS("3") }, { "b.test.js": ADD, "a.test.js": SAYS("4") }, []],
    ["of code", { "a.md": ADD, "a.test.js": SAYS("3") }, { "a.md": ADD, "a.test.js": SAYS("4") }, []],
    ["in which something can be changed", { "a.js": "export function add() {\n  go();\n}\n", "a.test.js": SAYS("3") }, { "a.js": "export function add() {\n  go();\n}\n", "a.test.js": SAYS("4") }, ["`add()` that does nothing"]],
  ])("%s", async (_what, before, after, found) => expect(await whats(before, after)).toEqual(found)); // prettier-ignore

  it.each<[string, string, string]>([
    ["has more to change", "function add(a, b) {\n  return a + b - 1;\n}\n", "function add(a, b) {\n  return a + b + 1;\n}\n"],
    ["shares its line", "let n = 2 * 3; function add(a, b) { return a + b; } n = n / 2;", "let n = 2 * 3; function add(a, b) { return a - b; } n = n / 2;"],
    ["ends where it is changed", "\nfunction add(a, b) { return (a\n + b); }", "\nfunction add(a, b) { return (a\n - b); }"],
  ])("is changed in one place of its own, whatever %s", async (_what, code, changed) => {
    const [fine, ...rest] = await twins({ "a.js": code, "a.test.js": SAYS("3") }, { "a.js": code, "a.test.js": SAYS("4") });
    expect([fine?.before, fine?.after, rest.length]).toEqual([changed, changed, 1]);
  }); // prettier-ignore

  it("in files that can be read on both sides", async () => {
    const long = `${ADD}//${"x".repeat(400_000)}\n`;
    const known = { sizeBytes: 10 };
    expect(await whats({ "a.js": long, "a.test.js": SAYS("3") }, { "a.js": ADD, "a.test.js": SAYS("4") }, known)).toEqual([]); // prettier-ignore
    expect(await whats({ "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": long, "a.test.js": SAYS("4") }, known)).toEqual([]); // prettier-ignore
  });

  it.each<[string, Partial<TreeFile>, number]>([
    ["of 100,000 bytes", { sizeBytes: 100_000 }, 2],
    ["of no more", { sizeBytes: 100_001 }, 0],
    ["in no link", { mode: "120000" }, 0],
    ["that can be run", { mode: "100755" }, 2],
  ])("in a file %s", async (_what, over, count) => {
    expect(await whats({ "a.js": ADD, "a.test.js": SAYS("3") }, { "a.js": ADD, "a.test.js": SAYS("4") }, over)).toHaveLength(count); // prettier-ignore
  });

  it("in the first sixty files, all finer changes before all emptied functions", async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}.js`, ADD]));
    const found = await whats({ ...many(61), "a.test.js": SAYS("3") }, { ...many(61), "a.test.js": SAYS("4") });
    expect(found).toEqual([...Array<string>(60).fill(both[0] ?? ""), ...Array<string>(60).fill(both[1] ?? "")]);
  });

  it("of the names that a changed test says, in Python as well", async () => {
    const code = "def add(a, b):\n    return a + b\n";
    const said = (want: number) => `from a import add\n\ndef test_adds():\n    assert add(1, 2) == ${want}\n`;
    expect(await whats({ "a.py": code, "test_a.py": said(3) }, { "a.py": code, "test_a.py": said(4) })).toEqual(both);
  });
});
