import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { choose, functionTexts, type Mutant, mutantsOf } from "./mutants.ts";
import { openSyntax } from "../syntax/parser.ts";
import { processorTime } from "../../../../test/support/processor-time.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function added(path: string, text: string): FileDiff {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const counts = { added: addedLines.length, removed: 0, addedLines, hunks: [] };
  return { path, action: "change", ...modes, kind: "text", before: "", after: text, ...counts };
}
const mutants = async (path: string, text: string, before: string[] = []) =>
  mutantsOf(added(path, text), await syntax.parse(path, text), new Set(before));
const ofKind = async (path: string, text: string, kind: Mutant["kind"]) =>
  (await mutants(path, text)).filter((one) => one.kind === kind);

describe("a try that fails at once", () => {
  it.each([
    ["a.js", "function f(a) { try { return g(a); } catch { return []; } }", 1],
    ["a.js", "function f(a) { try { return g(a); } catch { return a ? [a] : []; } }", 1],
    ["a.py", "def f(a):\n    try:\n        return g(a)\n    except Exception:\n        return a\n", 1],
    ["a.js", "function f(a) { try { return g(a); } catch { return other(a); } }", 0],
    ["a.js", "function f(a) { try { return g(a); } catch (error) { throw new Error(a, { cause: error }); } }", 0],
    ["a.js", "function f(a) { try { g(a); } catch { return []; } }", 0],
  ])("%s: %s", async (path, text, tried) => expect(await ofKind(path, text, "fallback")).toHaveLength(tried));
});

describe("in Go", () => {
  const go = (code: string) => `package a\n\n${code}\n`;
  it.each([
    ["func (e *TooHeavy) Unwrap() error { return ErrTooHeavy }", "fallback", 0],
    ["func (e *TooHeavy) Unwrap() error {\n\tif e.err != nil {\n\t\treturn e.err\n\t}\n\treturn ErrTooHeavy\n}", "fallback", 1],
    ["func Equal(t *testing.T, a, b int) {\n\tif a != b {\n\t\tt.Errorf(\"%d\", a)\n\t}\n}", "emptied", 0],
    ["func Equal(t *tests.Run, a, b int) {\n\tif a != b {\n\t\tt.Errorf(\"%d\", a)\n\t}\n}", "emptied", 1],
  ] as const)("%s: %s", async (code, kind, tried) =>
    expect(await ofKind("a.go", go(code), kind)).toHaveLength(tried),
  ); // prettier-ignore
});

describe("the one thing that an answer adds", () => {
  it.each([
    ["a.js", "function f(a) { return { ...a, rest: a.all.join() }; }", ["rest: a.all.join()"]],
    ["a.ts", "function f(a: A) { const total = g(a); return { ...a, total }; }", ["total"]],
    ["a.py", 'def f(a):\n    return {**a, "rest": g(a)}\n', ['"rest": g(a)']],
    ["a.js", "function f(a) { return { ...a, rest: g(a), more: g(1) }; }", []],
    ["a.js", "function f(a) { return { rest: g(a), more: g(1) }; }", []],
    ["a.js", "function f(a) { return { ...a, timeout: 500 }; }", []],
    ["a.js", "function f(a) { send({ ...a, rest: g(a) }); }", []],
  ])("%s: %s", async (path, text, expected) =>
    expect((await ofKind(path, text, "added")).map((one) => one.from)).toEqual(expected),
  );
});

describe("a function that only fails", () => {
  const throws = "if (a < 0) throw new RangeError(`no: ${a}`);";
  it.each([
    ["a.js", `function f(a) { ${throws} return a * 2; }`, ["throw new RangeError(`no: ${a}`);"]],
    ["a.ts", `class A { f(a: number) { ${throws} return a; } }`, ["throw new RangeError(`no: ${a}`);"]],
    ["a.py", "def f(a):\n    if a < 0:\n        raise ValueError(a)\n    return a\n", ["raise ValueError(a)"]],
    ["a.go", 'package a\nfunc F(a int) int {\n\tif a < 0 {\n\t\tpanic("no")\n\t}\n\treturn a\n}', ['panic("no")']],
    [
      "a.go",
      "package a\nfunc F(a int) (int, error) {\n\tif a < 0 {\n\t\treturn 0, ErrLow\n\t}\n\treturn a, nil\n}",
      ["return 0, ErrLow"],
    ],
    ["a.js", "function fail(a) { throw new Error(a); }", []],
    ["a.js", "function f(a) { const b = g(a); if (!b) throw new Error(b); return b; }", []],
    ["a.js", "function f(a) { return a * 2; }", []],
  ])("%s: %s", async (path, text, expected) =>
    expect((await ofKind(path, text, "fallback")).map((one) => one.to)).toEqual(expected),
  );
});

describe("where a program begins", () => {
  it.each([
    ["a.go", "package main\nfunc main() { if run() != nil { os.Exit(1) } }", []],
    ["a.go", "package a\nfunc _() { if x[Done-1] != y { panic(1) } }", []],
    ["a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import Cart\n", []],
    ["a.go", "package main\nfunc run() error { if more() != nil { return nil }; return next() }", ["!="]],
    ["a.py", "if __name__ == '__main__':\n    if run() != 0:\n        sys.exit(1)\n", []],
    ["a.js", "if (import.meta.main) { if (run() !== 0) process.exit(1); }", []],
  ])("%s: %s", async (path, text, telling) =>
    expect((await ofKind(path, text, "telling")).map((one) => one.from)).toEqual(telling),
  );
});

describe("an emptied function", () => {
  it.each([
    ["a.js", "function f(a) { return a; }", "function f(a) { if (true) return undefined; return a; }"],
    ["a.js", "const f = (a) => a * 2;", "const f = (a) => (undefined);"],
    ["a.ts", "const f = (a: number) => a;", "const f = (a: number) => (undefined as never);"],
    [
      "a.ts",
      "class A { m(): string { return x; } }",
      "class A { m(): string { if (true as boolean) return undefined as never; return x; } }",
    ],
    ["a.py", "def f(a):\n    return a\n", "def f(a):\n    return None\n    return a\n"],
    ["a.py", "def f(a): return a\n", "def f(a): return None; return a\n"],
    [
      "a.go",
      "package a\nfunc F(a int) int { return a }",
      "package a\nfunc F(a int) int { if true { var coop0 int; return coop0 }; return a }",
    ],
    [
      "a.go",
      "package a\nfunc (s *S) F() (int, error) { return g() }",
      "package a\nfunc (s *S) F() (int, error) { if true { var coop0 int; var coop1 error; return coop0, coop1 }; return g() }",
    ],
    [
      "a.go",
      "package a\nfunc F() (n int) { return 1 }",
      "package a\nfunc F() (n int) { if true { return }; return 1 }",
    ],
  ])("%s: %s", async (path, text, expected) =>
    expect((await ofKind(path, text, "emptied")).map((one) => one.text())).toEqual([expected]),
  );

  it.each([
    ["a.js", "items.map((one) => one.id);"],
    ["a.js", "class A { constructor() { this.a = 1; } }"],
    ["a.go", "package main\nfunc main() { run() }"],
    ["a.js", "// only a comment"],
  ])("is nothing to try in %s: %s", async (path, text) => expect(await ofKind(path, text, "emptied")).toEqual([]));

  it("leaves alone a function that only moved", async () => {
    const text = "function f(a) {\n  return a;\n}";
    const before = functionTexts(await syntax.parse("b.js", `export ${text}\n`));
    expect(await mutants("a.js", text, before)).toEqual([]);
    const next = (await mutants("a.js", `${text}\nconst g = (a) => a + 2;`, before)).map(({ line }) => line);
    expect([next.length > 2, new Set(next)]).toEqual([true, new Set([4])]);
  });

  it.each([
    ["a.js", "function noop() {}"],
    ["a.py", "class A(ABC):\n    @abstractmethod\n    def f(self):\n        raise NotImplementedError\n"],
    ["a.py", "class A:\n    def f(self):\n        raise NotImplementedError\n\n\nclass B(A):\n    pass\n"],
    ["a.ts", "abstract class A { abstract f(): void; }"],
  ])("is not what does nothing anyway in %s: %s", async (path, text) =>
    expect(await ofKind(path, text, "emptied")).toEqual([]),
  );

  it("is only told of a private function that hands on to another", async () => {
    const text =
      "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\nexport const nap = () => sleep(5);";
    expect((await mutants("a.js", text)).map((one) => [one.from, one.kind])).toContainEqual(["sleep()", "wrapper"]);
    expect((await mutants("a.js", text)).map((one) => [one.from, one.kind])).toContainEqual(["nap()", "emptied"]);
  });

  it("is found in each function that has a changed line of its own", async () => {
    const text = "function f() {\n  const g = () => {\n    return 1;\n  };\n  return g;\n}\nfunction h() { return 2; }";
    const names = async (...changed: number[]) => {
      const file = { ...added("a.js", text), addedLines: changed.map((line) => ({ line, text: "" })) };
      const all = mutantsOf(file, await syntax.parse("a.js", text), new Set());
      return all.filter((one) => one.kind === "emptied").map((one) => one.from);
    };
    expect(await names(3)).toEqual(["g()"]);
    expect(await names(5)).toEqual(["f()"]);
    expect(await names(3, 5, 7)).toEqual(["f()", "g()", "h()"]);
  });
});

describe("a constant", () => {
  it.each([
    ["a.js", "const f = (a) => a > 2;", ["true", "false"]],
    ["a.js", "function f(a) { return a - 2; }", ["0", "7"]],
    ["a.js", "const f = (a) => `${a}`;", ['""', '"?"']],
    ["a.py", "def f(a):\n    return [a]\n", ["[]", "[0]"]],
    ["a.py", "def f(a):\n    return a.b\n", []],
    ["a.go", "package a\nfunc F(a int) bool { return a > 2 }", ["true"]],
  ])("answers in place of a function in %s: %s", async (path, text, expected) =>
    expect((await ofKind(path, text, "constant")).filter((one) => !one.guess).map((one) => one.to)).toEqual(expected),
  );

  it.each([
    ["a.py", "def f(a):\n    return a.b\n", ["7", '"?"']],
    ["a.js", "const f = (a) => a.b;", ["7", '"?"']],
    ["a.js", "function f(a) { return a - 2; }", []],
    ["a.js", "function f(a) { g(a); }", []],
    ["a.go", "package a\nfunc F(a T) U { return a.b }", []],
  ])("is guessed in %s: %s", async (path, text, expected) =>
    expect((await ofKind(path, text, "constant")).filter((one) => one.guess).map((one) => one.to)).toEqual(expected),
  );

  it("takes the place of a table", async () =>
    expect((await ofKind("a.js", 'export const A = ["x", "y"];', "data")).map((one) => one.text())).toEqual([
      "export const A = [];",
    ]));
});

describe("small changes", () => {
  const swaps = async (path: string, text: string, kind: Mutant["kind"] = "telling") =>
    (await ofKind(path, text, kind)).map((one) => `${one.from} → ${one.to}`);
  it.each([
    ["a.js", "if (a === 1) go();", ["=== → !=="]],
    ["a.js", "if (ok) go();", ["(ok) → (!(ok))"]],
    ["a.js", "x = a + b;", ["+ → -"]],
    ["a.js", 'x = "a" + b;', []],
    ["a.py", "if ok:\n    go()", ["ok → (not (ok))"]],
    ["a.go", "package a\nfunc f() { if ok { go1() } }", ["ok → !(ok)"]],
    ["a.js", 'log("a === b + 1"); // a === b', []],
    ["a.ts", "const f: (a: 1) => Map<string, 2> = g;", []],
    ["a.js", "throw new Error(`at ${a + b}`);", []],
  ])("%s: %s", async (path, text, expected) => expect(await swaps(path, text)).toEqual(expected));

  it("drop a rounding", async () =>
    expect(await swaps("a.js", "x = Math.round(a);", "dropped")).toEqual(["Math.round(a) → (a)"]));

  const dropped = async (before: string, after: string) => {
    const [was, is] = [await syntax.parse("a.js", before), await syntax.parse("a.js", after)];
    const all = mutantsOf({ ...added("a.js", after), before }, is, new Set(), was);
    return all.filter(({ kind }) => kind === "dropped").map(({ from }) => from);
  };
  it.each([
    ["x = Math.round(sum * percent) / 100;", "x = Math.max(0, Math.round(sum * percent) / 100);", []],
    ["function f(a) { return Math.round(a / 10); }", "function f(a) { return Math.round(a / 5); }", []],
    ["function f(a) { return Math.round(a / 10); }", "function f(a) { return g(a); }\nfunction g(a) { return Math.round(a / 10); }", []], // prettier-ignore
    ["// Math.round(a / 10)", "// Math.round(a / 10)\nfunction f(a) { return Math.round(a / 10); }", ["Math.round(a / 10)"]], // prettier-ignore
    ["function g(a) { return Math.round(a / 10); }", "function g(a) { return Math.round(a / 10); }\nfunction f(a) { return 3 * Math.round(a / 10); }", ["Math.round(a / 10)"]], // prettier-ignore
    ["h = around(2);", "h = around(2);\nfunction f(a) { return round(a / 10); }", ["round(a / 10)"]],
  ])("leave a rounding alone that was there: %s", async (before, after, want) => {
    expect(await dropped(before, after)).toEqual(want);
  });

  it("know the innermost function in which they stand", async () => {
    const text = "x = a + b;\nfunction f(a) {\n  const g = () => a * 2;\n  return a - g();\n}";
    const fine = (await mutants("a.js", text)).filter((one) => one.kind === "telling");
    expect(fine.map((one) => [one.from, one.within])).toEqual([
      ["+", null],
      ["*", 3],
      ["-", 2],
    ]);
  });

  it.each([
    ["if (a === b) return 0;", true],
    ["if (a === b) { return 0; }", true],
    ["if (a === b) { send(a); return 0; }", false],
    ["if (a === b) return 0; else send(a);", false],
    ["if (a === b) send(a);", false],
    ["const c = a === b;", false],
  ])("know a way out early: %s", async (line, isShortcut) => {
    const all = await mutants("a.js", `function f(a, b) {\n  ${line}\n  return g(a);\n}`);
    expect(all.filter(({ from }) => from === "===").map(({ shortcut }) => shortcut === true)).toEqual([isShortcut]);
  });

  it("a word said once is none that decides", async () => {
    const text = "let said = false;\nexport function f(say) {\n  if (!said) say(1);\n  said = true;\n  return 3;\n}\n";
    expect((await mutants("a.js", text)).filter((one) => one.from === "(!said)").map((one) => one.kind)).toEqual([
      "subtle",
    ]);
    const other = text.replace("  said = true;\n", "");
    expect((await mutants("a.js", other)).filter((one) => one.from === "(!said)").map((one) => one.kind)).toEqual([
      "telling",
    ]);
  });

  it("are chosen alike each time, the telling ones first", async () => {
    const all = (await mutants("a.js", "x = a + 2;\ny = b - 3;\nif (c < 4) d();")).filter(
      (one) => one.kind !== "emptied",
    );
    const chosen = choose(all, 3);
    expect(chosen.map((one) => one.kind)).toEqual(["telling", "telling", "telling"]);
    expect(new Set(chosen.map((one) => one.line)).size).toBe(3);
    expect(choose([...all].reverse(), 3)).toEqual(chosen);
    expect(choose([], 3)).toEqual([]);
  });
});

describe("a minified line", () => {
  it("of one sum with twelve thousand parts is read once, not once for each part", async () => {
    const text = `const all = 1${Array.from({ length: 12_000 }, (_, at) => `+x${at}.y(${at})`).join("")};\n`;
    const taken = processorTime();
    expect((await mutants("dist/a.js", text)).length).toBeGreaterThan(20_000);
    // It takes a quarter of a second; climbing for each part took twenty, and more than two minutes where texts were looked for.
    expect(taken.ms()).toBeLessThan(10_000);
  });
});

it("tries no fixed answer that the function gives anyway", async () => {
  expect((await ofKind("a.ts", "const row = { offered: () => true };", "constant")).map(({ to }) => to)).toEqual([
    "false",
  ]);
});
