import { afterAll, describe, expect, it } from "@jest/globals";
import { openSyntax } from "../syntax/parser.ts";
import { rewrittenIn } from "./rewritten-alike.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const of = async (path: string, before: string, after: string) => [
  ...rewrittenIn(await syntax.parse(path, before), await syntax.parse(path, after)).values(),
];

describe("what became of an old function", () => {
  it.each<[what: string, path: string, before: string, after: string, words: string[]]>([
    ["types", "a.py", "def f(a, b=1):\n    return a\n", "def f(a: int, b: int = 1) -> int:\n    return a\n", []],
    ["its text", "a.py", "def f(a):\n    return a\n", 'def f(a):\n    """Says a."""\n    return a  # a\n', []],
    ["quotes and commas", "a.js", "function f() { return g('a', 1) }", 'function f() {\n  return g("a", 1,);\n}', []],
    ["a promise to types", "a.py", "def f(a):\n    return a\n", "@override\ndef f(a):\n    return a\n", []],
    ["bytes", "a.py", "def f(a):\n    return b'x'\n", "def f(a):\n    return 'x'\n", ["b'x' → \"x\""]],
    ["one of one", "a.py", "def f(a):\n    return (a,)\n", "def f(a):\n    return (a)\n", [", → "]],
    ["types of TypeScript", "a.ts", "function f(a) { return a }", "function f<T>(a: T): T { return a }", []],
    ["a name", "a.js", "function f(a) { return g(a) }", "function f(a) { return h(a) }", ["g → h"]],
    ["a field", "a.py", 'def f(a):\n    return a["at"]\n', "def f(a):\n    return a.at\n", ['[ "at" ] → . at']],
    [
      "one thing more",
      "a.go",
      "package a\n\nfunc f() { g(1) }\n",
      "package a\n\nfunc f() { g(1, ctx) }\n",
      [" → , ctx"],
    ],
  ])("is told: %s", async (_, path, before, after, words) => expect(await of(path, before, after)).toEqual([words]));

  it.each<[what: string, path: string, before: string, after: string]>([
    ["an operator", "a.js", "function f(a) { return a < 2 }", "function f(a) { return a <= 2 }"],
    ["where it returns", "a.js", "function f(a) { return a }", "function f(a) { return\na }"],
    ["a decorator", "a.py", "def f(a):\n    return a\n", "@cache\ndef f(a):\n    return a\n"],
    ["a number", "a.py", "def f(a):\n    return a[1]\n", "def f(a):\n    return a[2]\n"],
    [
      "a truth",
      "a.go",
      "package a\n\nfunc f() bool { return true }\n",
      "package a\n\nfunc f() bool { return false }\n",
    ],
    [
      "another depth",
      "a.py",
      "def f(a):\n    if a:\n        b()\n        c()\n",
      "def f(a):\n    if a:\n        b()\n    c()\n",
    ],
    [
      "an end in a loop",
      "a.py",
      "def f(a):\n    for b in a:\n        g(b)\n        return b\n",
      "def f(a):\n    for b in a:\n        g(b)\n    return b\n",
    ],
    ["an early end", "a.js", "function f(a) { g(a) }", "function f(a) { return; g(a) }"],
    ["another name", "a.js", "function f(a) { g(a) }", "function h(a) { g(a) }"],
    ["two of one name", "a.py", "def f():\n    g()\ndef f():\n    h()\n", "def f():\n    h()\ndef f():\n    h()\n"],
  ])("is nobody's knowledge after %s", async (_, path, before, after) =>
    expect(await of(path, before, after)).toEqual([]),
  );
});
