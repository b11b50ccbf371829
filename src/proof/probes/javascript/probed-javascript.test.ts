import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { within } from "../../languages/syntax/syntax.ts";
import { probedJavascript } from "./probed-javascript.ts";

const read = readerOfTests();
const HEAD = "/* eslint-disable */ // @ts-nocheck\n";

/** The instrumented text without what stands before and behind each; null where there is nothing to probe. */
async function probed(path: string, text: string) {
  const { root, language } = await read(path, text);
  const made = probedJavascript(path, text, root, language);
  if (made === null) return null;
  const again = await read(path, made.text);
  expect([...within(again.root)].filter(({ type }) => type === "ERROR").map((one) => one.text)).toEqual([]);
  expect(made.beside).toEqual([]);
  return made.text.replace(HEAD, "").replace(/\n\/\* c8 ignore start[\s\S]*$/, "");
}

describe("an instrumented file", () => {
  it.each<[string, string, string]>([
    ["a.js", "function f(a) { return a; }", 'function f(a) { return coopProbe("a.js::f", undefined, arguments, new.target, false, () => { return a; }); }'],
    ["a.js", "const f = a => a;", 'const f = a => coopProbe("a.js::f", undefined, [a], undefined, false, () => a);'],
    ["a.js", "const f = () => ({ a });", 'const f = () => coopProbe("a.js::f", undefined, [], undefined, false, () => ({ a }));'],
    ["a.js", "const f = ({ a, b: { c = 1 } }, [d], ...e) => a;", 'const f = ({ a, b: { c = 1 } }, [d], ...e) => coopProbe("a.js::f", undefined, [a, c, d, e], undefined, false, () => a);'],
    ["a.js", "const f = async (a) => await a;", 'const f =  (a) => coopProbe("a.js::f", undefined, [a], undefined, true, async () => await a);'],
    ["a.js", "async function f({ a }) { return a; }", 'async function f({ a }) { return coopProbe("a.js::f", undefined, arguments, new.target, true, async () => { return a; }); }'],
    ["a.js", "class A { async [b]() { return 1; } }", 'class A { async [b]() { return coopProbe("a.js::A.[b]", undefined, arguments, undefined, true, async () => { return 1; }); } }'],
    ["a.js", "const AsyncFunction = g; async function f() {}", 'const AsyncFunction = g; async function f() { return coopProbe("a.js::f", undefined, arguments, new.target, true, async () => {}); }'],
    ["a.js", "function f() { 'use strict'\n a(); }", `function f() { 'use strict'; return coopProbe("a.js::f", undefined, arguments, new.target, false, () => {\n a(); }); }`],
    ["a.js", "class A { get x() { return this.y; } static s() {} }", 'class A { get x() { return coopProbe("a.js::A.x", this, arguments, undefined, false, () => { return this.y; }); } static s() { return coopProbe("a.js::A.s", undefined, arguments, undefined, false, () => {}); } }'],
    ["a.ts", "class A { private b = (c: D): E => this.f; }", 'class A { private b = (c: D): E => coopProbe("a.ts::A.b", this, [c], undefined, false, () => this.f); }'],
    ["a.tsx", "export default <T,>(a?: T) => <b>{a}</b>;", 'export default <T,>(a?: T) => coopProbe("a.tsx::default", undefined, [a], undefined, false, () => <b>{a}</b>);'],
    ["a.ts", "class A { @e() async b() {} }", 'class A { @e() async b() { return coopProbe("a.ts::A.b", undefined, arguments, undefined, true, async () => {}); } }'],
    ["a.js", 'function f() { "a"; // b\n } // c\nlet d;', 'function f() { "a"; return coopProbe("a.js::f", undefined, arguments, new.target, false, () => {; // b\n }); } // c\nlet d;'],
    ["a.ts", "const f = (() => 1) satisfies G;", 'const f = (() => coopProbe("a.ts::f", undefined, [], undefined, false, () => 1)) satisfies G;'],
    ["a.ts", "@d class A { @e() b(@f c: number) { return c; } }", '@d class A { @e() b(@f c: number) { return coopProbe("a.ts::A.b", undefined, arguments, undefined, false, () => { return c; }); } }'],
  ])("%s: %s", async (path, text, made) => expect(await probed(path, text)).toBe(made)); // prettier-ignore

  it.each<[string, readonly string[]]>([
    ["function f() {} const g = { h() {}, i: { j: () => 1 }, 'k l': () => 2 };", ["f", "g.h", "g.i.j", "g.k l"]],
    ["function f() { return { g() {} }; } class A { b() {} } const B = class { c() {} };", ["f", "f.g", "A.b", "B.c"]],
    ["if (a) { function f() {} } else { function f() {} }", ["f", "f#2"]],
    ["module.exports = function () {}; exports.a = () => 1; module.exports.b = () => 2;", ["exports", "a", "b"]],
    ["A.prototype.b = function () {}; this.c = () => 1; d = () => 2;", ["A.b", "c", "d"]],
    ["export default function () {}", ["default"]],
    ["export default { data() {}, methods: { go() {} } };", ["default.data", "default.methods.go"]],
    ["export default class { a() {} }", ["default.a"]],
  ])("names the functions of %s", async (text, names) => {
    const made = (await probed("a.js", text)) ?? "";
    expect([...made.matchAll(/coopProbe\("a\.js::([^"]*)"/g)].map(([, name]) => name)).toEqual(names);
  });

  it.each([
    ["a.js", "class A { constructor() {} set b(c) {} *d() {} async *e() {} #f() {} }"],
    ["a.js", "function* f() {}\nrun(() => 1, function () {});"],
    ["a.js", "function f(a) { var a = a || 1; return a; }"],
    ["a.js", "function f(a) { if (b) { for (var { a } of c) g(a); } }"],
    ["a.js", "function f(a) { var arguments = 1; }"],
    ["a.ts", "function f(a: string): string;\ndeclare function g(): void;\nabstract class A { abstract b(): void }"],
    ["a.ts", "function f(a): asserts a is B { }\nfunction g(): never { throw h; }\nconst i = async (): Promise<never> => g();"],
    ["a.d.ts", "function f() {}"],
    ["jest.config.js", "function f() {}"],
    ["a.js", "function f( {"],
    ["a.js", "function f() {} page.evaluate(f);"],
    ["a.js", `function f() {}${" ".repeat(100_000)}`],
  ])("leaves alone what cannot be wrapped safely: %s: %s", async (path, text) => {
    expect(await probed(path, text)).toBeNull();
  }); // prettier-ignore

  it("begins behind the line that names its program, and keeps every other line where it was", async () => {
    const { root, language } = await read("a.ts", "#!/usr/bin/env node\n\nconst f = () => 1;\n");
    const made = probedJavascript("a.ts", "#!/usr/bin/env node\n\nconst f = () => 1;\n", root, language);
    expect(made?.text.split("\n").slice(0, 4)).toEqual([
      "#!/usr/bin/env node",
      HEAD.trim(),
      "",
      'const f = () => coopProbe("a.ts::f", undefined, [], undefined, false, () => 1);',
    ]);
  });
});
