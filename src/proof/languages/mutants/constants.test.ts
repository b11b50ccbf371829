import { describe, expect, it } from "@jest/globals";
import { functionReaderOfTests } from "../../../../test/support/parsed-texts.ts";
import { alwaysFailing } from "./always-failing.ts";
import { answering, constantsFor, guessesFor } from "./constants.ts";

/** What a function could always answer instead, and how that is written in its language. */
const first = functionReaderOfTests();

describe("a constant answer", () => {
  const TRUTH = ["true", "false"];
  const NUMBER = ["0", "7"];
  const TEXT = ['""', '"?"'];
  it.each<[string, readonly string[]]>([
    ["!a", TRUTH],
    ["a instanceof B", TRUTH],
    ["a in b", TRUTH],
    ["a !== b", TRUTH],
    ["a.every(b)", TRUTH],
    ["-a", NUMBER],
    ["a * b", NUMBER],
    ["a.length", NUMBER],
    ["a.size", NUMBER],
    ["Math.max(a, b)", NUMBER],
    ['a + "b"', TEXT],
    ["a.trim()", TEXT],
    ["a.map(b)", ["[]", "[0]"]],
    ["({ a })", ["{}"]],
    ["a + b", []],
    ["a.b", []],
    ["a(b)", []],
  ])("for `return %s`", async (answer, found) => {
    const { one, language } = await first("a.js", `function f(a, b) { return ${answer}; }`);
    expect(constantsFor(one, language)).toEqual(found);
  });

  it.each<[string, string, string, string]>([
    ["a.js", "function f(a) { return !a; }", "true", "function f(a) { if (true) return true; return !a; }"],
    ["a.js", "const f = (a) => !a;", "true", "const f = (a) => (true);"],
    ["a.ts", "const f = (a: A) => !a;", "true", "const f = (a: A) => (true as never);"],
    ["a.ts", "function f() { return !a; }", "true", "function f() { if (true as boolean) return true as never; return !a; }"],
    ["a.py", "def f(a):\n    return not a\n", "True", "def f(a):\n    return True\n    return not a\n"],
    ["a.py", "def f(a): return not a\n", "True", "def f(a): return True; return not a\n"],
    ["a.py", "class A:\n  def f(a):\n\treturn not a\n", "True", "class A:\n  def f(a):\n\treturn True\n\treturn not a\n"],
    ["a.go", "package a\n\nfunc F(a bool) bool { return !a }", "true", "package a\n\nfunc F(a bool) bool { if true { return true }; return !a }"],
  ])("in %s: %s", async (path, text, value, expected) => {
    const { one, language } = await first(path, text);
    expect(answering(text, one, language, value)).toBe(expected);
  }); // prettier-ignore

  it("is guessed only of what answers something of a kind that nobody knows", async () => {
    const guesses = async (path: string, text: string) => {
      const { one, language } = await first(path, text);
      return guessesFor(one, language);
    };
    expect(await guesses("a.js", "function f(a) { return a.b; }")).toEqual(["7", '"?"']);
    expect(await guesses("a.js", "function f(a) { [1].map((b) => { return b.c; }); }")).toEqual([]);
  });
});

describe("in Go, a function that fails whatever it is given", () => {
  const failing = async (body: string, recovers = false) => {
    const text = `package a\n\nfunc F(a int) (int, error) {\n${body}\n}\n`;
    const { one, language } = await first("a.go", text);
    const found = alwaysFailing(text, one, language, recovers);
    return found && [text.slice(0, found.at) + found.code + text.slice(found.at), found.shown];
  };
  const at = (code: string, body: string) => `package a\n\nfunc F(a int) (int, error) { ${code}\n${body}\n}\n`;
  const DEFECT = "if true { var coop map[int]int; coop[0] = 1 };";

  it("fails as it does itself", async () => {
    const body = "\tif a < 0 {\n\t\treturn 0, ErrLow\n\t}\n\treturn a, nil";
    expect(await failing(body)).toEqual([at("if true { return 0, ErrLow };", body), "return 0, ErrLow"]);
    expect(await failing(body, true)).toEqual([at("if true { return 0, ErrLow };", body), "return 0, ErrLow"]);
  });

  it("fails as from a defect where code of the same file catches that, and it does not itself", async () => {
    expect(await failing("\treturn a, nil")).toBeNull();
    expect(await failing("\treturn a, nil", true)).toEqual([at(DEFECT, "\treturn a, nil"), "panics at once"]);
    expect(await failing("\tdefer close(a)\n\treturn a, nil", true)).toBeNull();
  });
});
