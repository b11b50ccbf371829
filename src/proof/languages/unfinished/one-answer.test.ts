import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { stubsIn } from "./stubs.ts";

const read = readerOfTests();

async function isStub(path: string, code: string): Promise<boolean> {
  const parsed = await read(path, code);
  const lines = new Set(code.split("\n").map((_, at) => at + 1));
  return stubsIn(parsed.root, parsed.language, lines).some((one) => one.certain);
}

const js = (body: string) => `function f(a) {\n  if (!a) throw new Error("none");\n  ${body}\n}\n`;
const go = (body: string) => `package a\n\nfunc (s *S) F() (int, error) {\n\tif s.n == 0 {\n\t\treturn 0, ErrNone\n\t}\n${body}\n}\n`; // prettier-ignore

describe("one answer for whatever is not refused", () => {
  it.each([
    ["a.js", js("return 95;")],
    ["a.js", js("const minutes = 95;\n  return minutes;")],
    ["a.ts", js('return "95 minutes";')],
    ["a.go", go("\treturn 8, nil")],
    ["a.py", "def f(a):\n    if a < 0:\n        raise ValueError(a)\n    return 84\n"],
    ["a.js", "const p = new Proxy({}, { get: () => () => 12 });"],
    ["a.js", "const all = { get(_a, _b) { return () => 60; } };\nexport const p = () => new Proxy({}, all);"],
    ["a.py", "class A:\n    def __getattr__(self, name):\n        return lambda *a: 12\n"],
    ["a.py", "class A:\n    def __getattr__(self, name):\n        return 12\n"],
    ["a.js", "const p = new Proxy({}, { get: () => (12) });"],
    ["a.js", "const p = new Proxy({}, { get() { return () => true; } });"],
    ["a.ts", "const p = new Proxy({}, { get: () => 12 } as Handler);"],
    ["a.js", "function f(a) {\n  // Looks first.\n  if (!isFinite(a)) throw new Error('none');\n  return 95;\n}\n"],
    [
      "a.js",
      "function f(a) {\n  if (a < 0) { throw new Error('none'); } else if (a > 9) { throw new Error('much'); }\n  return 95;\n}\n",
    ],
    ["a.js", "function f(a) {\n  if (!a) return 95;\n  return 95;\n}\n"],
    ["a.go", go("\tn := 8\n\treturn n, nil")],
  ])("in %s is none: %s", async (path, code) => expect(await isStub(path, code)).toBe(true));

  it.each([
    ["a.js", js("return a.length;")],
    ["a.js", js("return true;")],
    ["a.js", "const p = new Proxy({}, { get: () => undefined });"],
    ["a.js", "const p = new Proxy({}, { get: () => true });"],
    ["a.js", "const p = new Proxy({}, { get: () => () => 0 });"],
    ["a.js", "const p = new Proxy({}, { get: (of, name) => of[name] });"],
    ["a.js", "const p = new Proxy({}, { set: () => 12 });"],
    ["a.js", "const p = new Proxy({});"],
    ["a.js", "const p = new Other({}, { get: () => 12 });"],
    ["a.js", "const p = new Proxy({}, { get() { count++; return 12; } });"],
    ["a.js", js("return -1;")],
    ["a.js", js("return [];")],
    ["a.js", js("const b = a;\n  return b;")],
    ["a.js", "function f(a) {\n  return 95;\n}\n".replace("(a)", "(_a)").replace("95", "g(95)")],
    ["a.js", "function f(a) {\n  if (!(await load(a))) throw new Error('none');\n  return 95;\n}\n"],
    ["a.js", js('return "open";')],
    ["a.js", js("if (a > 9) return 12;\n  return 95;")],
    ["a.js", js("count++;\n  return 95;")],
    ["a.js", "function f(a) {\n  if (a) return 0;\n  return 12;\n}\n"],
    ["a.go", go("\treturn s.n, nil")],
    [
      "a.js",
      "function f(items) {\n  if (!items) return 204;\n  for (const one of items) one.done = true;\n  return 204;\n}\n",
    ],
    [
      "a.py",
      "def f(path):\n    if not path:\n        raise ValueError(path)\n    with open(path) as out:\n        mode = 1\n        out.write(mode)\n    return 84\n",
    ],
    ["a.go", go("\ts.closed = true\n\treturn 8, nil")],
    // The guard's question does the work.
    [
      "a.js",
      "async function f(id) {\n  if (!(await db.remove(id))) throw new NotFound(id);\n  return { status: 204 };\n}\n",
    ],
    [
      "a.py",
      'def f(id):\n    if not store.delete(id):\n        raise HTTPException(404)\n    return {"status": "deleted"}\n',
    ],
    [
      "a.go",
      'package a\n\nfunc F(a App) (string, error) {\n\tif err := deploy(a); err != nil {\n\t\treturn "", err\n\t}\n\treturn "deployed to production", nil\n}\n',
    ],
    ["a.go", go("\tif s.n > 2 {\n\t\treturn 4, nil\n\t}\n\treturn 8, nil")],
    ["a.js", "const nothing = () => undefined;\nconst p = new Proxy({}, { get: () => nothing });"],
    ["a.js", "const p = new Proxy({}, { get: () => () => undefined });"],
    ["a.js", "const p = new Proxy(all, { get: (target, name) => target[name] ?? 12 });"],
    ["a.py", "class A:\n    def __getattr__(self, name):\n        return getattr(self.inner, name)\n"],
  ])("in %s may be meant: %s", async (path, code) => expect(await isStub(path, code)).toBe(false));
});
