import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../trees/diff.ts";
import { openSyntax } from "./parser.ts";
import { asksForTests, casesIn } from "./test-aware.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function added(path: string, text: string): FileDiff {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const counts = { added: addedLines.length, removed: 0, addedLines, hunks: [] };
  return { path, action: "change", ...modes, kind: "text", before: "", after: text, ...counts };
}

const AWARE: readonly [path: string, text: string][] = [
  ["a.js", "if (process.env.CI) return 1;"],
  ["a.js", 'const x = process.env["JEST_WORKER_ID"] ? 1 : 2;'],
  ["a.ts", 'if (process.env.NODE_ENV === "test") go();'],
  ["a.js", 'if (typeof jest !== "undefined") go();'],
  ["a.js", "const { CI } = process.env;"],
  ["a.js", 'if (process.argv.some((one) => one.includes("test"))) go();'],
  ["a.py", 'if "unittest" in sys.modules:\n    go()'],
  ["a.py", 'x = os.environ.get("PYTEST_CURRENT_TEST")'],
  ["a.py", 'if os.getenv("CI"):\n    go()'],
  ["a.go", "package a\nfunc f() bool { return testing.Testing() }"],
  ["a.go", 'package a\nfunc f() bool { return os.Getenv("CI") != "" }'],
  ["a.go", 'package a\nfunc f() bool { return flag.Lookup("test.v") != nil }'],
];

describe("asksForTests", () => {
  it.each(AWARE)("sees it in %s: %s", async (path, text) =>
    expect(asksForTests(added(path, text), await syntax.parse(path, text))).toHaveLength(1),
  );

  it.each([
    ["a.js", 'log("process.env.CI"); // typeof jest'],
    ["a.js", "const port = process.env.PORT;"],
    ["a.js", 'if (process.env.NODE_ENV === "production") go();'],
    ["a.py", 'print("os.getenv(CI)")'],
    ["a.py", 'home = os.environ.get("HOME")'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv("HOME") }'],
  ])("leaves alone in %s: %s", async (path, text) =>
    expect(asksForTests(added(path, text), await syntax.parse(path, text))).toEqual([]),
  );
});

describe("casesIn", () => {
  it.each([
    ["a.js", 'if (x === "2024-02-30") return "31.02.2024";'],
    ["a.js", 'const KNOWN = { "2024-02-30": "31.02.2024" };'],
    ["a.py", 'if x == "2024-02-30":\n    return "31.02.2024"'],
    ["a.go", 'package a\nfunc f(x string) string {\nif x == "2024-02-30" {\nreturn "31.02.2024"\n}\nreturn x\n}'],
  ])("finds question and answer in %s: %s", async (path, text) => {
    const { asked, answered } = casesIn(added(path, text), await syntax.parse(path, text));
    expect([[...asked], [...answered]]).toEqual([["2024-02-30"], ["31.02.2024"]]);
  });

  it("takes no common words and no texts of errors", async () => {
    const text = 'if (x === "paid") return "yes";\nif (!y) throw new Error("The invoice 2024-1 is open");';
    const { asked, answered } = casesIn(added("a.js", text), await syntax.parse("a.js", text));
    expect([asked.size, answered.size]).toEqual([0, 0]);
  });
});
