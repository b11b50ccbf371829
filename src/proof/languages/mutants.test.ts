import { describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../trees/diff.ts";
import { choose, mutantsOf } from "./mutants.ts";

function added(path: string, ...texts: string[]): FileDiff {
  const addedLines = texts.map((text, index) => ({ line: index + 1, text }));
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const counts = { added: texts.length, removed: 0, addedLines, hunks: [] };
  return { path, action: "change", ...modes, kind: "text", before: "", after: texts.join("\n"), ...counts };
}
const edits = (path: string, text: string) => mutantsOf(added(path, text)).map((one) => one.text);

describe("mutantsOf", () => {
  it.each([
    ["a.js", "if (a === 1) go();", ["if (a !== 1) go();", "if (a === 2) go();"]],
    ["a.js", "while (i < n && ok) i++;", ["while (i <= n && ok) i++;", "while (i < n || ok) i++;"]],
    ["a.js", "  return total;", ["  return undefined;"]],
    ["a.py", "    return a and not b", ["    return a or not b", "    return None"]],
    ["a.js", 'log("a < b && true 7"); // 1 + 1', []],
    ["a.ts", "const f = (x: Map<string, number>): boolean => g(x);", []],
    ["a.js", 'import { one } from "./1.js";', []],
    ["a.js", "  return build(", []],
    ["a.js", "x.replace(/a + 1/g, y)", []],
    ["a.js", "const sum = a + b;", ["const sum = a - b;"]],
    ["test/a.test.js", "if (a === 1) go();", []],
    ["notes.md", "1 + 1", []],
  ])("changes %s: %s", (path, text, expected) => expect(edits(path, text)).toEqual(expected));
});

describe("choose", () => {
  const all = [added("a.js", "x = 1;", "y = 2 + 3;", "z = true;"), added("b.js", "w = 4;")].flatMap(mutantsOf);

  it("takes turns between files, spreads over lines, and always chooses the same", () => {
    const chosen = choose(all, 4);
    expect(new Set(chosen.map((one) => `${one.path}:${one.line}`)).size).toBe(4);
    expect(
      chosen
        .slice(0, 2)
        .map((one) => one.path)
        .sort(),
    ).toEqual(["a.js", "b.js"]);
    expect(choose([...all].reverse(), 4)).toEqual(chosen);
    expect(choose(all, 40)).toHaveLength(all.length);
    expect(choose([], 4)).toEqual([]);
  });
});
