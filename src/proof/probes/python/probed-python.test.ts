import { afterAll, describe, expect, it } from "@jest/globals";
import { processorTime } from "../../../../test/support/processor-time.ts";
import { openSyntax } from "../../languages/syntax/parser.ts";
import { within } from "../../languages/syntax/syntax.ts";
import { probedPython } from "./probed-python.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

async function probed(text: string, path = "src/shop/cart.py"): Promise<string | null> {
  const parsed = await syntax.parse(path, text);
  if (parsed.outcome === "cannot") throw new Error(parsed.why);
  const made = probedPython(path, text, parsed.root, parsed.language);
  if (made === null) return null;
  const again = await syntax.parse(path, made.text);
  if (again.outcome === "cannot") throw new Error(again.why);
  expect([...within(again.root)].filter(({ type }) => type === "ERROR")).toEqual([]);
  return made.text;
}

const ADDED = /^[ \t]*@_coop_probe\("src\/shop\/cart\.py::(.*?)"(, True)?\)\r?\n|(?<=^\uFEFF?)exec\(".*"\)\r?\n/gm;
const told = async (text: string) =>
  [...((await probed(text)) ?? "").matchAll(ADDED)].flatMap(([, name, gives]) =>
    name ? [name + (gives ? "=" : "")] : [],
  );

const FUNCTIONS: readonly (readonly [text: string, ...names: string[]])[] = [
  ["def f(a):\n    return a\n", "f="],
  ["def f(a): return a", "f="],
  ["def f(a):\n    a.x = 1\n    return\n", "f"],
  ["def f(a):\n    print(a)\n    return None\n", "f"],
  ["def f(a):\n    def g(): return a\n    g()\n", "f"],
  ["async def f(a):\n    return await a\n", "f="],
  ["class A:\n\tclass B:\n\t\tdef f(self):\n\t\t\treturn 1\n", "A.B.f="],
  ["class A:\n    @staticmethod\n    def f(a): return a\n    @classmethod\n    def g(cls): return 1\n", "A.f=", "A.g="],
  ["class A:\n    @property\n    def f(self): return 1\n    @f.setter\n    def f(self, to): self.to = to\n", "A.f="],
  ["if x:\n    def f(): return 1\nelse:\n    def f(): return 2\n", "f=", "f#2="],
  ["try:\n    import a\nexcept ImportError:\n    def f(): return 1\n", "f="],
  ["@lru_cache(maxsize=None)\n# why\ndef f(): return 1\n", "f="],
  ["def f[T](a: T) -> T: return a\n", "f="],
  ["def f(a):\n    yield a\n", "f"],
  [
    "class A:\n    def __len__(self): return 1\n    def __radd__(self, other): return other\n",
    "A.__len__=",
    "A.__radd__=",
  ],
  // Left alone.
  ["class A:\n    def __init__(self):\n        self.a = 1\n    def __hash__(self): return 1\n"],
  ["class A(Enum):\n    def _missing_(cls, value): return 1\n"],
  ["async def f(a):\n    async for b in a: yield b\n"],
  ["def f(a):\n    for b in (lambda: (yield))(): pass\n", "f"],
  ["@overload\ndef f(a: int) -> int: ...\n@typing.overload\ndef f(a: str) -> str: ...\ndef f(a): return a\n", "f="],
  ["class A(Protocol):\n    def f(self) -> int:\n        '''What it does.'''\n        ...\n    def g(self): pass\n"],
  ["@numba.njit\ndef f(a): return a\n@jit(nopython=True)\ndef g(a): return a\n@pytest.fixture\ndef h(): return 1\n"],
  ["def f() -> NoReturn:\n    raise SystemExit(1)\n"],
  ["def f():\n    warnings.warn('old', stacklevel=2)\n    return 1\ndef g(): return 1\n", "g="],
  ["def f():\n    warnings.warn('old', stacklevel=3)\n    return 1\ndef g(): return 1\n"],
  ["def f():\n    return sys._getframe(2).f_code\ndef g(): return f()\n"],
  ["def f(a b): return 1\ndef g(): return 1\n"],
  ["def f(): return 1\nprint >>sys.stderr, f()\n"],
  ["# -*- coding: latin-1 -*-\ndef f(): return 1\n"],
  ["# -*- coding: utf-8 -*-\ndef f(): return 1\n", "f="],
  [`def f(): return "${"x".repeat(100_000)}"\n`],
  ["A = 1\n"],
  [""],
];

it.each(FUNCTIONS)("%j tells of %j", async (text, ...names) => expect(await told(text)).toEqual(names));

describe("what is added", () => {
  it.each([
    ["def f(): return 1\n", 0],
    ["#!/usr/bin/env python\n# A licence.\n\ndef f(): return 1\n", 3],
    ['"""A cart."""\ndef f(): return 1\n', 1],
    [
      '"""A\ncart."""\n\nfrom __future__ import (\n    annotations,\n)\nfrom __future__ import division\nx = 1\ndef f(): return 1\n',
      7,
    ],
    ["'''A.''' # so\r\nx = 1\r\ndef f(): return 1\r\n", 1],
    ["\uFEFFdef f(): return 1\n", -1],
    ["\uFEFFx = 1\ndef f(): return 1\n", 0],
    ["x = 1\n\n\n@a\ndef f():\n\n    return 1", 0],
  ])("stands on lines of its own in %j, the first on line %i", async (text, line) => {
    const made = (await probed(text)) ?? "";
    if (line < 0) return expect(made).toBe("");
    expect(made.replace(ADDED, "")).toBe(text);
    expect(made.split(/\r?\n/).findIndex((one) => /^\uFEFF?exec\(/.test(one))).toBe(line);
    expect(/(?<!\r)\n/.test(made)).toBe(!text.includes("\r\n"));
  });

  it("is nothing where a statement shares the line of the docstring", async () =>
    expect(await probed('"""A."""; x = 1\ndef f(): return 1\n')).toBeNull());

  it("stays linear in the file", async () => {
    const text = "class A:\n" + "    def f(self, a):\n        return a\n".repeat(2_000);
    const parsed = await syntax.parse("a.py", text);
    if (parsed.outcome === "cannot") throw new Error(parsed.why);
    const took = processorTime();
    expect(probedPython("a.py", text, parsed.root, "python")?.text).toContain("A.f#2000");
    expect(took.ms()).toBeLessThan(2_000);
  });
});
