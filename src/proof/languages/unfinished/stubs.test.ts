import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { hollowIn, stubsIn } from "./stubs.ts";
import { unfinished } from "./unfinished.ts";

/** Functions that have a form and no content: which are, which only look so, and which may be meant. */
const read = readerOfTests();
async function stubs(path: string, code: string): Promise<string[]> {
  const { root, language } = await read(path, code);
  const lines = new Set(code.split("\n").map((_, at) => at + 1));
  return stubsIn(root, language, lines).map((one) => `${one.name} ${one.what}${one.certain ? "" : "?"}`);
}
const OPEN = "f says that it is not written";
const LOG = "package a\ntype Log interface{ f(a string) }\n";
const SAYS_SO = "f only says that it is not implemented";
const SAME = "f answers the same whatever it is given";

describe("a function without content", () => {
  it.each<[string, string, readonly string[]]>([
    ["a.js", "function f(a) { throw new Error('no'); }", ["f only throws?"]],
    ["a.js", "function f(a) { throw new Error(a); }", []],
    ["a.js", "function f(a) { throw new NotImplementedError(); }", [OPEN]],
    ["a.js", "function f(a) { throw new errors.NotImplementedError(); }", [OPEN]],
    ["a.py", "def f(a):\n    raise NotImplementedError\n", [OPEN]],
    ["a.py", "def f(a):\n    raise NotImplementedError('kind')\n", [OPEN]],
    ["a.go", 'package a\nfunc f(a int) int { panic("no") }', ["f only throws"]],
    ["a.go", 'package a\nfunc f(a int) { panic("no") }', ["f only throws?"]],
    ["a.go", 'package a\nfunc f() int { panic("no") }', ["f only throws?"]],
    ["a.go", 'package a\nfunc unreachable(a int) int { panic("no") }', ["unreachable only throws?"]],
    ["a.go", '//go:build js\n\npackage a\n\nfunc f(a int) int { panic("no") }', ["f only throws?"]],
    ["a.go", "package a\nfunc f(a int) int { print(1) }", []],
    ["a.go", 'package a\nfunc (s *S) f(a int) (int, error) { return 0, errors.New("f: not implemented") }', [SAYS_SO]],
    ["a_js.go", '//go:build js\n\npackage a\nfunc (s *S) f() error { return errors.New("not implemented") }', []],
    ["a.js", "function f(a) { console.warn('f is not implemented yet'); }", [SAYS_SO]],
    ["a.py", "def f(a):\n    logger.warning('f is not yet implemented.')\n    return a\n", [SAYS_SO]],
    ["a.js", "function f(a) { console.warn(`${a}: the peer says that this is not yet implemented`); }", []],
    ["a.ts", "let f = (a: number) => {};\nf = f;\n", ["f is empty"]],
    ["a.js", "function f(a) { return 7; }", [SAME]],
    ["a.js", "function f(a) { return undefined; }", [SAME]],
    ["a.js", "function f(a) { return other; }", []],
    ["a.js", "function f(a) { return new Error('no'); }", [SAME]],
    ["a.js", "function f(a) { return new Error(word); }", []],
    ["a.js", "function f(a) { return new Map(); }", []],
    ["a.go", 'package a\nfunc f(a int) error { return errors.New("no") }', [SAME]],
    ["a.go", "package a\nfunc f(a int) error { return nil }", [SAME]],
    ["a.js", "function f() { return 7; }", []],
    ["a.js", "function f(_a) { return 7; }", [`${SAME}?`]],
    ["a.js", "class A { f(a) { return 7; } }", [`${SAME}?`]],
    ["a.go", "package a\nfunc (s *S) f(a int) int { return 7 }", [`${SAME}?`]],
    ["a.py", "def f(self):\n    return 7\n", []],
    ["a.py", "def f(cls, a):\n    return 7\n", [SAME]],
    ["a.js", "function f({ a }) { return 7; }", [SAME]],
    ["a.js", "const f = a => 7;", []],
    ["a.js", "const f = a => { return 7; };", [SAME]],
    ["a.js", "function f(a) { }", ["f is empty"]],
    ["a.js", "function f(a) { ; }", ["f is empty"]],
    ["a.py", "def f(a):\n    pass\n", ["f is empty"]],
    ["a.py", 'def f(a):\n    """Says."""\n', []],
    ["a.py", 'def f(a):\n    """Says."""\n    pass\n', ["f is empty"]],
    ["a.py", "def f(a):\n    # Says.\n    pass\n", ["f is empty"]],
    ["a.py", "def f(a):\n    go()\n", []],
    ["a.js", "class Null { f() {} }", []],
    ["a.js", "class A { f() {} }", ["f is empty"]],
    ["a.js", "class A extends B { f() {} }", []],
    ["a.py", "class A(B):\n    def f(self):\n        ...\n", ["f is empty"]],
    ["a.js", "const log = { f: () => {}, g: () => {} };", []],
    ["a.js", "const log = { f: () => {}, g: () => { go(); } };", ["f is empty"]],
    ["a.go", "package a\nfunc (S) f(int) {}", []],
    ["a.go", "package a\nfunc (s S) f(int) {}", ["f is empty"]],
    ["a.go", "package a\nfunc (S) f(a int) {}", ["f is empty"]],
    ["a.go", "package a\nfunc (_ S) f(_ int) {}", []],
    ["a.go", "package a\nfunc (Nop) f(a string) { _ = a }", []],
    ["a.go", "package a\nfunc (n *nopLogger) f(a string, b int) { _, _ = a, b }", []],
    ["a.go", `${LOG}type Quiet struct{}\nfunc (Quiet) f(a string) { _ = a }`, []],
    ["a.go", `${LOG}type Quiet struct{}\nfunc (*Quiet) f(a string) {}`, []],
    ["a.go", `${LOG}type Disk struct{}\nfunc (d *Disk) f(a string) { _ = a }`, ["f is empty"]],
    ["a.go", `${LOG}type Disk struct{ path string }\nfunc (Disk) f(a string) { _ = a }`, ["f is empty"]],
    ["a.go", `${LOG}type Disk struct{}\nfunc (Disk) g(a string) { _ = a }`, ["g is empty"]],
    ["a.js", "const silent = { f(a) { void a; } };", []],
    ["a.js", "const nullLog = { f: (a) => { void a; }, g(a) {} };", []],
    ["a.js", "const logs = { noop: { f(a) { void a; } } };", []],
    ["a.js", "const store = { f(a) { void a; } };", ["f is empty"]],
    ["a.js", "const silenced = { f(a) { void a; } };", ["f is empty"]],
    ["a.ts", "abstract class A { abstract f(): void; stop(): void {} }\nconst end = (all: A[]) => all.map((one) => one.stop());", []],
    ["a.ts", "abstract class A { abstract f(): void; async stop(): Promise<void> {} }\nconst end = (one: A) => one.stop();", []],
    ["a.ts", "abstract class A { abstract f(): void; stop(): void {} }", ["stop is empty"]],
    ["a.ts", "abstract class A { abstract f(): void; stop(): void {} }\nconst end = (one: Till) => one.stop();", ["stop is empty"]],
    ["a.ts", "abstract class A { abstract f(): void; stop(): void {} run(): void { this.f(); this.stop(); } }", []],
    ["a.ts", "import { createContext } from 'react';\nconst C = createContext({ set: (to: string) => {} });", []],
    ["a.ts", "import { createContext } from './context.js';\nconst C = createContext({ set: (to: string) => {} });", ["set is empty"]],
    ["a.ts", "function createContext<T>(of: T): T { return of; }\nconst C = createContext({ set: (to: string) => {} });", ["set is empty"]],
    ["a.js", "const React = require('react');\nconst C = React.createContext({ set: (to) => {} });", []],
    ["a.ts", "const C = createContext({ theme: 'light', set: (to: string) => {}, reset: () => {} });", []],
    ["a.ts", "const C = React.createContext<Value>({ theme: 'light', set: () => {} });", []],
    ["a.ts", "const C = createStore({ theme: 'light', set: (to: string) => {} });", ["set is empty"]],
    ["a.ts", "const C = createContext({ theme: 'light' });\nfunction set(to: string) {}", ["set is empty"]],
    ["a.js", "let done = () => {};\nconst promise = new Promise((yes) => {\n  done = yes;\n});", []],
    ["a.js", "let done = () => {};\nconst f = () => {\n  done = (a) => go(a);\n};", []],
    ["a.js", "let done = () => {};\nconst f = () => {\n  done = () => {};\n};", ["done is empty", "done is empty"]],
    ["a.js", "let done = () => {};\nconst f = () => done();", ["done is empty"]],
    ["a.js", "const done = () => {};\nother = yes;", ["done is empty"]],
    ["a.ts", "abstract class A { stop(): void {} }\nconst end = (one: A) => one.stop();", ["stop is empty"]],
    ["a.ts", "abstract class A { abstract f(): void; count(): number {} }\nconst end = (one: A) => one.count();", ["count is empty"]],
    ["a.ts", "class A { stop(): void {} }\nconst end = (one: A) => one.stop();", ["stop is empty"]],
    ["a.py", "class NopLog:\n    def f(self, a):\n        del a\n", []],
    ["a.py", "class Log:\n    def f(self, a):\n        del a\n", ["f is empty"]],
    ["a.js", "function f(a) { if (!a) return 0; throw new NotImplementedError(); }", [OPEN]],
    ["a.js", "function f(a) { if (!a) return g(); throw new NotImplementedError(); }", []],
    ["a.js", "function f(a) { if (!a) return 0; if (a > 2) return 1; throw new NotImplementedError(); }", []],
    ["a.js", "function f(a) { if (!a) return 0; throw new NotImplementedError(a); }", []],
  ])("in %s: %s", async (path, code, found) => expect(await stubs(path, code)).toEqual(found)); // prettier-ignore

  it.each<[string, string, readonly string[]]>([
    ["a.js", "const p = { set: () => false, get: (a) => false, f: () => g() };", ["set"]],
    ["a.js", "const set = () => false;", []],
    ["a.ts", "abstract class A { abstract f(): void; g(): void {} }", ["g"]],
    ["a.py", "class A(Protocol):\n    def f(self): ...\n    def g(self):\n        return go()\n", ["f"]],
    ["a.py", "class A:\n    @overload\n    def f(self): ...\n    @property\n    def g(self):\n        return go()\n", ["f"]],
    ["a.py", "class A:\n    def f(self):\n        raise NotImplementedError\n", []],
    ["a.py", "class A:\n    def f(self):\n        raise NotImplementedError\n\n\nclass B(A[int]):\n    pass\n", ["f"]],
  ])("cannot do less than it does in %s: %s", async (path, code, names) => {
    const { root, language } = await read(path, code);
    const found = [...hollowIn(root, language)].map((node) => /(\w+)(?=\s*[(:])/.exec((node.parent?.type === "pair" ? node.parent : node).text.replace(/^\w+ (?=\w+\()/, ""))?.[1]);
    expect(found).toEqual(names);
  }); // prettier-ignore
});

describe("an empty function in a language that no grammar reads here", () => {
  const found = (path: string, after: string) => {
    const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
    return unfinished({ ...changedFile(path, "", after), addedLines }).map(({ line, what }) => `${line} ${what}`);
  };
  const F = ["1 the empty function `save`"];
  it.each<[string, string, readonly string[]]>([
    ["a.rs", "pub fn save(day: u8) {}", F],
    ["a.rs", "fn save(day: u8) {\n}", F],
    ["a.rs", "fn save(day: u8) {\n    write();\n}", []],
    ["a.rs", "fn save(day: u8) {\n\n}", []],
    ["a.rs", "fn noop() {}", []],
    ["a.swift", "  func save(day: Int) {\n  }", F],
    ["a.php", "function save($day) {}", F],
    ["a.php", "function save($day) {\n}", F],
    ["a.php", "interface Days {}\nfunction save($day) {}", []],
    ["a.py", "def save(day):\n    pass", F],
    ["a.py", "def save(day): pass", F],
    ["a.py", "def save(day):\n    pass\n\nrest()", F],
    ["a.py", "def save(day):\n    pass\nrest()", F],
    ["a.py", "  def save(day):\n    ...\n  def read(day):\n    go()", F],
    ["a.py", "def save(day):\n    pass\n    go()", []],
    ["a.py", "def save(day):\n    go()", []],
    ["a.py", "def save(day):\n    raise NotImplementedError('x')", F],
    ["a.rs", `fn save(${"a".repeat(400)}) {}`, []],
  ])("in %s: %s", (path, text, what) => expect(found(path, text)).toEqual(what));

  it("is looked for in long lines as far as code is parsed", () => {
    const line = (chars: number) => `${"x".repeat(chars)} dbg!(x);`;
    expect(found("a.rs", line(400_000))).toEqual(["1 debugging output"]);
    expect(found("a.rs", line(430_000))).toEqual([]);
  });

  it("is not looked for line by line where the file was read", async () => {
    const text = "// const a = 1;\n// const b = 2;\n// f(a, b);\nfunction save() {}";
    const addedLines = text.split("\n").map((one, at) => ({ line: at + 1, text: one }));
    const file = { ...changedFile("a.js", "", text), addedLines };
    expect(unfinished(file, await read("a.js", text))).toEqual([
      { path: "a.js", line: 4, what: "the function `save` that is empty" },
      { path: "a.js", line: 1, what: "3 lines of commented-out code" },
    ]);
  });
});
