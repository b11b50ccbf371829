import { afterAll, describe, expect, it } from "@jest/globals";
import { OUTLINE_DEPTH, outlineOf } from "./outline.ts";
import { openSyntax } from "./parser.ts";

const syntax = openSyntax({ keep: false, depth: OUTLINE_DEPTH });
afterAll(() => syntax.close());

/** What a file exports, by its text. */
const CASES: readonly (readonly [path: string, text: string, names: string])[] = [
  ["a.js", "export function f() { function inner() {} }\nexport class C { m() {} }\nfunction hidden() {}", "f C"],
  ["a.js", "export const a = 1, b = () => 2;\nexport async function* g() {}", "a b g"],
  ["a.js", "const a = 1; const b = 2;\nexport { a, b as c };\nexport * from './d.js';", "a c"],
  ["a.js", "export { f, g as h } from './d.js';\nexport default () => 1;", "f h default"],
  ["a.js", "export default function main() {}", "main"],
  ["a.js", "export const { a, b: c, d } = make();", "a c d"],
  ["a.cjs", "function f() {}\nmodule.exports = { f, g: 1, h() {}, ...others };", "f g h"],
  ["a.cjs", "exports.a = 1;\nmodule.exports.b = () => 2;\nconst c = 3;", "a b"],
  ["a.cjs", "class A {}\nmodule.exports = A;", "A"],
  ["run.js", "const a = 1;\nfunction main() {}\nmain();", "a main"],
  ["a.js", 'export { a as "x, y\\nz" };', ""],
  ["a.ts", "export type T = 1;\nexport interface I { a: 1 }\nexport enum E { A }\nexport abstract class C {}", "T I E C"],
  ["a.ts", "export function f(a: 1): void;\nexport function f(a: unknown) {}\nexport namespace N {}\ntype H = 1;", "f N"],
  ["a.ts", "export declare const a: number;", "a"],
  ["a.tsx", "export const View = () => <p>a</p>;", "View"],
  ["a.py", "def f():\n    def g(): pass\n\nclass C:\n    def m(self): pass\n\ndef _own(): pass\nLIMIT = 3\n_x = 1", "f C LIMIT"],
  ["a.py", "@cached\nasync def f(): pass\n\n@dataclass\nclass D: pass", "f D"],
  ["a.py", "__all__ = ['a', \"b\"]\ndef a(): pass\ndef b(): pass\ndef c(): pass", "a b"],
  ["a.py", "try:\n    import x\nexcept ImportError:\n    def f(): pass\nif A:\n    def g(): pass\nelse:\n    def h(): pass", "f g h"],
  ["a.py", "_a = 1\ndef _b(): pass", "_a _b"],
  ["a.go", "package a\n\nfunc F() {}\nfunc g() {}\ntype T struct{ A int }\nfunc (t *T) M() {}\nfunc (t T) m() {}", "F T T.M"],
  ["a.go", "package a\n\nconst (\n\tA = 1\n\tb = 2\n)\n\nvar C, D = 1, 2\n\ntype (\n\tE int\n\tF = E\n)", "A C D E F"],
  ["a.go", "package a\n\ntype L[T any] struct{}\n\nfunc (l *L[T]) Add(t T) {}\nfunc Map[T any](t T) {}", "L L.Add Map"],
  ["main.go", "package main\n\nfunc main() { run() }\nfunc run() {}", "main run"],
  ["a.rs", "pub fn f() {}\nfn g() {}\npub struct S;\npub(crate) enum E { A }\npub trait T { fn x(); }\npub const C: u8 = 1;", "f S E T C"],
  ["a.rs", "pub struct S<T>(T);\nimpl<T> S<T> { pub fn new() {} fn own() {} }\nimpl Drop for S<u8> { fn drop(&mut self) {} }", "S S::new"],
  ["main.rs", "fn main() {}\nstruct A;", "main A"],
  ["A.java", "package a;\npublic class A { void m() {} }\ninterface B {}\nenum C { X }", "A B C"],
  ["a.cs", "namespace N { public class A {} public interface IB {} }", "A IB"],
  ["a.rb", "module M\n  class A\n    def m; end\n  end\nend\ndef top?; end", "M A top?"],
  ["a.php", "<?php\nnamespace N;\nfunction f() {}\nclass A {}\ninterface B {}", "f A B"],
  ["a.cpp", "namespace n {\nclass A {};\nint *f(int a) { return 0; }\n}\nint A::m() { return 1; }", "A f A::m"],
  ["broken.js", "export function f() {}\nexport const = ;;; {{{", "f"],
  ["empty.py", "", ""],
]; // prettier-ignore

describe("the outline of a source file", () => {
  it.each(CASES)("%s: %j", async (path, text, names) => {
    const parsed = await syntax.parse(path, text);
    if (parsed.outcome !== "parsed") throw new Error(parsed.why);
    expect(outlineOf(parsed.root, parsed.language).join(" ")).toBe(names);
  });

  it("leaves out what lies deeper than any name, and reads the rest alike", async () => {
    const deep = `export function f() { return ${"(".repeat(2_000)}1${")".repeat(2_000)}; }\nexport const last = 1;`;
    const parsed = await syntax.parse("a.js", deep);
    if (parsed.outcome !== "parsed") throw new Error(parsed.why);
    expect(outlineOf(parsed.root, parsed.language)).toEqual(["f", "last"]);
  });
});
