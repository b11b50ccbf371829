import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { within } from "../../languages/syntax/syntax.ts";
import { probedGo } from "./probed-go.ts";

/** What becomes of a function of Go by its text alone; `probed-go.system.ts` compiles and runs it. */
const read = readerOfTests();
const ASKED = / if coopProbeAsked\("[^"]+"\) \{.*?\} \};/g;

async function probed(source: string, path = "shop/cart.go") {
  const { root, language } = await read(path, source);
  return probedGo(path, source, root, language);
}

async function isWhole(text: string): Promise<boolean> {
  const { root } = await read("a.go", text);
  return ![...within(root)].some(({ type }) => type === "ERROR");
}

describe("a function of Go that tells what it is asked", () => {
  it("begins with a deferred call on the line of its body", async () => {
    const one = await probed(
      "package shop\n\nfunc (c *Cart) Total(by int) (float64, error) {\n\treturn c.sum(by)\n}\n",
    );
    const enter =
      '{ if coopProbeAsked("shop/cart.go::Cart.Total") { if coopCall := coopProbeEnter("shop/cart.go::Cart.Total", c, by); ';
    const leave =
      "coopCall.Counts() { if coopCall.Skips() { return }; defer func() { coopCall.Leave(recover(), &coopR0, &coopR1) }() } };";
    const first = `func (c *Cart) Total(by int) (coopR0 float64, coopR1 error) ${enter}${leave}`;
    expect(one?.text).toBe(`package shop\n\n${first}\n\treturn c.sum(by)\n}\n`);
    expect(one?.beside.map(({ path }) => path)).toEqual(["shop/coop_probe.go"]);
    expect(one?.beside[0]?.text).toMatch(/^package shop\n\nimport \(\n/);
    expect(await isWhole(one?.beside[0]?.text ?? "")).toBe(true);
  });

  it.each<[string, string, string, string]>([
    ["one result", "func f() int { return 1 }", "func f() (coopR0 int) { return 1 }", "&coopR0"],
    ["a function as a result", "func f() func(int) int { return g }", "func f() (coopR0 func(int) int) { return g }", "&coopR0"],
    ["named results", "func f() (n int, err error) { return }", "func f() (n int, err error) { return }", "&n, &err"],
    ["two results of one type", "func f() (a, b int) { return }", "func f() (a, b int) { return }", "&a, &b"],
    ["a blank result", "func f() (n int, _ error) { return 1, nil }", "func f() (n int, coopR1 error) { return 1, nil }", "&n, &coopR1"],
    ["results in brackets", "func f() ([]int, map[string]int) { return a, b }", "func f() (coopR0 []int, coopR1 map[string]int) { return a, b }", "&coopR0, &coopR1"],
    ["no result", "func f(a int) { g(a) }", "func f(a int) { g(a) }", "a); coopCall"],
    ["blank and nameless parameters", "func f(_ int, b string) { g(b) }", "func f(_ int, b string) { g(b) }", '", b);'],
    ["many parameters", "func f(a, b int, all ...string) { g() }", "func f(a, b int, all ...string) { g() }", '", a, b, all);'],
    ["type parameters", "func f[T any](a T) []T { return nil }", "func f[T any](a T) (coopR0 []T) { return nil }", "&coopR0"],
    ["a generic receiver", "func (l *List[T]) Len() int { return 1 }", "func (l *List[T]) Len() (coopR0 int) { return 1 }", '::List.Len", l)'],
    ["a receiver without a name", "func (Cart) Len() int { return 1 }", "func (Cart) Len() (coopR0 int) { return 1 }", '::Cart.Len");'],
    ["a harmless comment", "// f is one.\nfunc f() int { return 1 }", "// f is one.\nfunc f() (coopR0 int) { return 1 }", "&coopR0"],
  ])("%s", async (_, source, bare, holds) => {
    const one = await probed(`package shop\n${source}\n`);
    expect(one?.text.replace(ASKED, "")).toBe(`package shop\n${bare}\n`);
    expect(one?.text).toContain(holds);
    expect(await isWhole(one?.text ?? "")).toBe(true);
  }); // prettier-ignore

  it("numbers functions of one name", async () => {
    const one = await probed("package shop\nfunc f() int { return 1 }\nfunc f() int { return 2 }\n");
    expect(one?.text.match(/Asked\("[^"]+"/g)).toEqual(['Asked("shop/cart.go::f"', 'Asked("shop/cart.go::f#2"']);
  });

  it.each<[string, string, string?]>([
    ["main and init", "package main\nfunc main() { run() }\nfunc init() { run() }"],
    ["no body", "package a\nfunc f() int"],
    ["an empty body", "package a\nfunc f() {}"],
    ["a directive", "package a\n// f runs on the signal's stack.\n//go:nosplit\nfunc f() int { return 1 }"],
    ["a test's helper", "package a\nfunc f(t *testing.T) int { return 1 }"],
    ["C", 'package a\nimport "C"\nfunc f() int { return 1 }'],
    ["generated lines", "package a\n//line a.y:3\nfunc f() int { return 1 }"],
    ["a tag", "//go:build ignore\n\npackage main\nfunc f() int { return 1 }"],
    ["an old tag", "// +build tools\n\npackage main\nfunc f() int { return 1 }"],
    ["another system", "package a\nfunc f() int { return 1 }", "a_windows.go"],
    ["a test", "package a\nfunc f() int { return 1 }", "a_test.go"],
    ["other people's code", "package a\nfunc f() int { return 1 }", "vendor/x.org/a/a.go"],
    ["data of tests", "package a\nfunc f() int { return 1 }", "a/testdata/a.go"],
    ["a parameter that hides recover", "package a\nfunc f(recover int) int { return 1 }"],
    ["the standard library", "// Copyright 2011 The Go Authors.\npackage a\nfunc f() int { return 1 }", "src/a/a.go"],
  ])("leaves alone: %s", async (_, source, path = "shop/cart.go") => {
    expect(await probed(`${source}\n`, path)).toBeNull();
  });

  it("leaves alone what others may write to at the same time, and nothing else of that file", async () => {
    const count = "type Count struct {\n\tn int64\n}\n\nfunc (c *Count) Add() int64 { return atomic.AddInt64(&c.n, 1) }\n";
    const rest = "func Sum(all []*Count) int { return 1 }\nfunc New() *Count { return nil }\nfunc Twice(n int) int { return 2 * n }\n";
    const one = await probed(`package a\n${count}${rest}`);
    expect(one?.text.match(/Asked\("[^"]+"/g)).toEqual(['Asked("shop/cart.go::Twice"']);
    const own = await probed(`package a\n${count.replace("&c.n", "&n")}${rest}`);
    expect(own?.text.match(/Asked\(/g)).toHaveLength(4);
  }); // prettier-ignore

  it("looks into files for this system", async () => {
    for (const head of ["//go:build linux", "//go:build !windows && (linux || darwin)", "//go:build !js"])
      expect(await probed(`${head}\n\npackage a\nfunc f() int { return 1 }\n`)).not.toBeNull();
  });
});
