import { afterAll, describe, expect, it } from "@jest/globals";
import { openSyntax } from "../languages/syntax/parser.ts";
import { declaredTwins } from "./declared.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

async function twins(path: string, was: string, is: string, ...names: readonly string[]) {
  const [before, after] = [await syntax.parse(path, was), await syntax.parse(path, is)];
  if (before.outcome === "cannot" || after.outcome === "cannot") throw new Error("not parsed");
  return declaredTwins({ text: was, root: before.root }, { text: is, root: after.root }, new Set(names));
}
const changes = (found: Awaited<ReturnType<typeof twins>>) =>
  found.twins.map(({ name, from, to }) => `${name}: ${from} → ${to}`);

describe("what tests see without asking a function", () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ["a.js", 'export const LIMIT = 5;\nconst KIND = "a", OTHER = 1;\n', ["LIMIT", "KIND"], ["LIMIT: 5 → 6", 'KIND: "a" → "a~"']],
    ["a.ts", "export const ON: boolean = true;\nconst f = () => 3;\n", ["ON", "f"], ["ON: true → false"]],
    ["a.js", "class Cart {\n  items = 0;\n  constructor() { this.on = false; }\n  add() { return 4; }\n}\n", ["Cart"], ["Cart: 0 → 1", "Cart: false → true"]],
    ["a.py", 'RATE = 0.5\nclass Cart:\n    kind = "c"\n    def __init__(self):\n        self.n = 0\n    def add(self):\n        return 4\n', ["RATE", "Cart"], ["RATE: 0.5 → 0.51", 'Cart: "c" → "c~"', "Cart: 0 → 1"]],
    ["a.go", 'package a\n\nconst Limit = 5\n\nvar Names = []string{"a"}\n', ["Limit", "Names"], ["Limit: 5 → 6", 'Names: "a" → "a~"']],
  ])("in %s", async (path, text, names, wanted) => {
    expect(changes(await twins(path, text, text, ...names)).sort()).toEqual([...wanted].sort());
  }); // prettier-ignore

  it("is changed at its own place on both sides, and nothing else", async () => {
    const { twins: found } = await twins(
      "a.js",
      "const A = 1;\nconst B = 1;\n",
      "// new\nconst A = 9;\nconst B = 1;\n",
      "B",
    );
    expect(found).toMatchObject([
      { line: 3, before: "const A = 1;\nconst B = 2;\n", after: "// new\nconst A = 9;\nconst B = 2;\n" },
    ]);
  });

  it("is named where it is another one now", async () => {
    const found = await twins("a.js", "const A = 1;\n", "const A = 2;\n", "A");
    expect(found).toEqual({ twins: [], open: ["A"] });
  });

  it.each<[string, string, readonly string[]]>([
    ["a.js", "const total = once((rows) => rows.length);\nconst S = new Set([1]);\nconst R = make(S);\n", ["total", "R"]],
    ["a.js", "class A {\n  constructor(n) { this.n = n; }\n}\nclass B {\n  constructor(n) { this.n = n * 2; }\n}\n", ["B"]],
    ["a.js", "class A extends B {\n  constructor(n) { super(n); this.on = true; }\n}\n", []],
    ["a.py", "class A:\n    def __init__(self, n):\n        self.n = n\nclass B:\n    def __init__(self, n):\n        self.n = sum(n)\n", ["B"]],
    ["a.go", 'package a\n\nvar ErrFull = errors.New("full")\n\nvar T = build(ErrFull)\n', ["T"]],
  ])("is not known by its literals where something is worked out: %s %s", async (path, text, open) => {
    expect((await twins(path, text, text, "total", "S", "R", "A", "B", "ErrFull", "T")).open).toEqual(open);
  }); // prettier-ignore
});
