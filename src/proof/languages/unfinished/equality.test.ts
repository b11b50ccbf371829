import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { stubsIn } from "./stubs.ts";

const read = readerOfTests();

async function isStub(path: string, code: string): Promise<boolean> {
  const parsed = await read(path, code);
  const lines = new Set(code.split("\n").map((_, at) => at + 1));
  return stubsIn(parsed.root, parsed.language, lines).some((one) => one.certain);
}

const py = (head: string, body: string, more = "") => `class P${more}:\n    def ${head}:\n        return ${body}\n`;
const STATE = "class P:\n    def __init__(self, x):\n        self.x = x\n\n";

describe("an equality that looks at both", () => {
  it.each([
    ["a.py", py("__eq__(self, other: object) -> bool", "isinstance(other, P) and self.x == other.x")],
    ["a.py", py("__eq__(self, other)", "isinstance(other, P)", "(Option)")],
    ["a.js", "class P {\n  static equals(a, b) {\n    return a.x === b.x;\n  }\n}\n"],
    ["a.js", "const byId = {\n  equals(a, b) {\n    return a.id === b.id;\n  },\n};\n"],
    ["a.js", "function isEqual(a, b, eps = EPS) {\n  return Math.abs(a - b) < eps;\n}\n"],
    ["a.js", "function equals({ x }, { x: y }) {\n  return x === y;\n}\n"],
    ["a.ts", "function equals<T>(a: T, b: T, by: Comparer = same): boolean {\n  return by(a, b);\n}\n"],
    ["a.ts", "class None {\n  equals(other: unknown): boolean {\n    return other instanceof None;\n  }\n}\n"],
    [
      "a.go",
      "package a\n\ntype None struct{}\n\nfunc (n None) Equal(o Option) bool {\n\t_, ok := o.(None)\n\treturn ok\n}\n",
    ],
    ["a.go", "package a\n\nfunc (by Order) Equal(a, b T) bool {\n\treturn a.x == b.x\n}\n"],
  ])("in %s: %s", async (path, code) => expect(await isStub(path, code)).toBe(false));
});

describe("an equality that looks at one", () => {
  it.each([
    ["a.py", py("__eq__(self, other)", "isinstance(other, str)", "(str)")],
    ["a.py", `${STATE}    def __eq__(self, other):\n        return isinstance(other, P)\n`],
    ["a.py", py("__eq__(self, other: object = 3)", "self.x == object")],
    ["a.js", "class P {\n  static equals(a, b) {\n    return a.x > 0;\n  }\n}\n"],
    ["a.ts", "class P {\n  #x = 1;\n  equals(other: P): boolean {\n    return other instanceof P;\n  }\n}\n"],
    [
      "a.go",
      "package a\n\ntype P struct{ x int }\n\nfunc (p P) Equal(o Option) bool {\n\t_, ok := o.(P)\n\treturn ok\n}\n",
    ],
  ])("in %s: %s", async (path, code) => expect(await isStub(path, code)).toBe(true));
});
