import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { probedJavascript } from "./probed-javascript.ts";

/** Really run: a small product, and a script on the test side that asks it and says what it heard, once as it stands and once for each probe. */
const read = readerOfTests();
const folder = mkdtempSync(join(tmpdir(), "probes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PRODUCT = `
export class Cart {
  items = [];
  total = 0;
  add(name, price) { this.items.push({ name, price }); this.total += price; }
  get sum() { return this.total; }
  name = "x";
  rename(to) { this.name = to; return this; }
  drop() { this.items.pop(); }
}
export class Locked { #left = 1; name = "a"; left() { return this.#left; } static made() { return new Locked(); } }
export const half = (n) => n / 2;
export const next = (n) => n + 1;
export const big = () => 9007199254740993n;
export const is = (a) => a === 1;
export const text = ({ of = "x" } = {}) => "a " + of;
export const none = () => null;
export function list() { return [{ a: 1 }, { a: 2 }, { a: 2 }]; }
export function nested() { return Object.freeze({ rows: [1, 2], at: new Date(0), by: new Map([["k", 1]]), of: new Set([1, 2]) }); }
export function wrong() { throw new RangeError("no"); }
export async function later(a) { await null; return { a }; }
export async function never() { await null; throw new TypeError("never"); }
export const soon = async (log) => { log.push(1); };
export function bytes() { return Buffer.from("abc"); }
export const add = (rows, row) => { rows.push(row); };
export const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
export const hostile = () => new Proxy({}, { ownKeys() { throw new Error("mine"); }, get() { throw new Error("mine"); } });
export const touchy = () => ({ get a() { throw new Error("mine"); } });
let one;
export const renew = () => { one = new (class Flag { on = true; seen = []; })(); };
export const shared = () => one;
export const counter = () => { let n = 0; return { more() { n += 1; return n > 2 ? 2 : n; } }; };
`;

const ASKING = `
import * as p from "../src/product.mjs";
import { inspect } from "node:util";
import { passOn } from "../node_modules/far/test/ask.mjs";
const said = async (ask) => { try { return inspect(await ask(), { depth: 5, breakLength: Infinity }); } catch (error) { return error.name + ": " + error.message; } };
const ASKED = {
  add: () => { const cart = new p.Cart(); cart.add("a", 2); return cart; },
  drop: () => { const cart = new p.Cart(); cart.items.push(1, 2); cart.drop(); return cart; },
  sum: () => new p.Cart().sum, renamed: () => new p.Cart().rename("b").name, same: () => { const cart = new p.Cart(); return cart === cart.rename("b"); },
  locked: () => p.Locked.made().name, left: () => p.Locked.made().left(),
  half: () => p.half(3), mapped: () => [1, 2].map(p.next), big: () => p.big(), is: () => p.is(1), text: () => p.text(), none: () => p.none(),
  list: () => p.list(), nested: () => p.nested(), wrong: () => p.wrong(), later: () => p.later(1), never: () => p.never(),
  soon: async () => { const log = []; await p.soon(log); return log; }, bytes: () => p.bytes(),
  pushed: () => { const rows = [1]; p.add(rows, 2); return rows; }, fib: () => p.fib(5),
  shared: () => { p.renew(); p.shared(); return p.shared().on; }, far: () => passOn(p.next),
  more: () => { const { more } = p.counter(); return [1, 2, 3, 4].map(() => more()); },
  loose: async () => {
    const heard = [];
    const hear = ({ message }) => heard.push(message);
    process.on("unhandledRejection", hear);
    const late = p.never();
    void p.never();
    for (let at = 0; at < 4; at++) await null;
    late.catch(() => {});
    p.never().catch(() => {});
    await new Promise(setImmediate);
    process.off("unhandledRejection", hear);
    return heard;
  },
  ticks: async () => { let n = 0; const mine = p.later(2).then(() => n); const count = async () => { for (; n < 9; n++) await null; }; await count(); return mine; },
  hostile: () => typeof p.hostile(), touchy: () => Object.keys(p.touchy()), names: () => [p.half.name, p.half.length, p.later.name, p.later.length],
};
const all = {};
for (const probe of JSON.parse(process.argv[2])) {
  process.env.COOP_PROBE = probe;
  delete globalThis[Symbol.for("coop.probes")];
  all[probe] = {};
  for (const [name, ask] of Object.entries(ASKED)) all[probe][name] = await said(ask);
}
console.log(JSON.stringify(all));
`;

type Line = { of: string; key: string; gave: string; from: string[]; variants: string[] };
type Heard = Record<string, Record<string, string>>;

async function setUp(isProbed: boolean): Promise<void> {
  for (const name of ["src", "test", "node_modules/far/test"]) mkdirSync(join(folder, name), { recursive: true });
  const { root, language } = await read("src/product.mjs", PRODUCT);
  const made = isProbed ? probedJavascript("src/product.mjs", PRODUCT, root, language)?.text : PRODUCT;
  writeFileSync(join(folder, "src/product.mjs"), made ?? "");
  writeFileSync(join(folder, "test/ask.mjs"), ASKING);
  writeFileSync(
    join(folder, "node_modules/far/test/ask.mjs"),
    `${"\n".repeat(98)}export const passOn = (f) => f(7);\n`,
  );
}

function run(probes: readonly string[]): { heard: Heard; lines: Line[] } {
  mkdirSync("/tmp/coop-reports", { recursive: true });
  const env = { COOP_PROBE_TESTS: '["test/ask.mjs"]', COOP_PROBE_CODE: '["src/product.mjs"]' };
  const made = spawnSync(process.execPath, ["test/ask.mjs", JSON.stringify(probes)], { cwd: folder, env, encoding: "utf8" }); // prettier-ignore
  expect(made.stderr).toBe("");
  const report = `/tmp/coop-reports/coop-calls-${made.pid}.jsonl`;
  const lines = probes.includes("record") ? readFileSync(report, "utf8").trim().split("\n") : [];
  rmSync(report, { force: true });
  return { heard: JSON.parse(made.stdout) as Heard, lines: lines.map((line) => JSON.parse(line) as Line) };
}

describe("the runtime", () => {
  it("changes nothing where no probe is asked for or calls are recorded, and each variant only what it says", async () => {
    await setUp(false);
    const plain = run([""]).heard[""];
    await setUp(true);
    const { heard, lines } = run(["", "record"]);
    expect(heard[""]).toEqual(plain);
    expect(heard["record"]).toEqual(plain);

    const short = lines.map(({ of, variants }) => `${of.replace("src/product.mjs::", "")}: ${variants.join(" ")}`);
    expect(short).toMatchInlineSnapshot(`
     [
       "Cart.add: skip effect:0.d5b3 effect:1.ebb5 effect:2.4aff twice",
       "Cart.drop: skip effect:0.ac39 twice",
       "Cart.sum: plus",
       "Cart.rename: skip:self effect:0.cba6",
       "Locked.made: leaf:0.082f",
       "Locked.left: plus",
       "half: near:1e-6 near:0.001 near:0.04 near:0.4 near:4",
       "next: plus",
       "next: plus",
       "big: plus",
       "is: not",
       "text: append prepend case",
       "none: something",
       "list: leaf:0.ab60 leaf:1.a860 drop order extra leaf:2.91d3",
       "nested: leaf:0.40b8 leaf:1.3e05 drop list-drop.37a5 list-order.37a5 list-extra.37a5 leaf:2.8b83 leaf:3.36af leaf:4.7e04 leaf:5.0343",
       "wrong: swallow other-kind other-words cut-words",
       "later: leaf:0.bd28 drop",
       "never: swallow other-kind other-words cut-words",
       "soon: skip effect:0.d849 twice",
       "bytes: leaf:0.2d4f leaf:1.3fda drop leaf:2.ce35",
       "add: skip effect:0.29d4 twice",
       "fib: plus",
       "renew: skip twice",
       "shared: leaf:0.29b4 list-extra.199a",
       "next: plus",
       "counter: drop",
       "counter.more: plus",
       "counter.more: plus",
       "never: swallow other-kind other-words cut-words",
       "never: swallow other-kind other-words cut-words",
       "never: swallow other-kind other-words cut-words",
       "later: leaf:0.bd28 drop",
       "hostile: ",
       "touchy: drop",
     ]
    `);
    expect(lines.every(({ key, gave }) => [key, gave].every((one) => /^[0-9a-f]{16}$/.test(one)))).toBe(true);
    expect(lines.some(({ from }) => from.includes("test/ask.mjs:99"))).toBe(false);
    const more = lines.filter(({ of }) => of.endsWith("counter.more"));
    expect([new Set(more.map(({ key }) => key)).size, new Set(more.map(({ gave }) => gave)).size]).toEqual([1, 2]);
    expect(new Set(lines.flatMap(({ from }) => from.map((one) => one.replace(/\d+$/, ""))))).toEqual(new Set(["test/ask.mjs:"])); // prettier-ignore

    const all = lines.flatMap(({ of, key, variants }) => variants.map((variant) => `${of}|${key}|${variant}`));
    const probes = [...new Set(all)];
    const changed = run(probes).heard;
    const told = probes.map((probe) => {
      const [of = "", , variant] = probe.split("|");
      const others = Object.entries(changed[probe] ?? {}).filter(([name, said]) => said !== plain?.[name]);
      return [of.replace("src/product.mjs::", ""), variant, ...others.map(([name, said]) => `${name}: ${said}`)];
    });
    expect(told.map((one) => one.join(" | "))).toMatchInlineSnapshot(`
     [
       "Cart.add | skip | add: Cart { items: [], total: 0, name: 'x' }",
       "Cart.add | effect:0.d5b3 | add: Cart { items: [ { name: 'a~', price: 2 } ], total: 2, name: 'x' }",
       "Cart.add | effect:1.ebb5 | add: Cart { items: [ { name: 'a', price: 3 } ], total: 2, name: 'x' }",
       "Cart.add | effect:2.4aff | add: Cart { items: [ { name: 'a', price: 2 } ], total: 3, name: 'x' }",
       "Cart.add | twice | add: Cart { items: [ { name: 'a', price: 2 }, { name: 'a', price: 2 } ], total: 4, name: 'x' }",
       "Cart.drop | skip | drop: Cart { items: [ 1, 2 ], total: 0, name: 'x' }",
       "Cart.drop | effect:0.ac39 | drop: Cart { items: [ 1, 2 ], total: 0, name: 'x' }",
       "Cart.drop | twice | drop: Cart { items: [], total: 0, name: 'x' }",
       "Cart.sum | plus | sum: 1",
       "Cart.rename | skip:self | renamed: 'x'",
       "Cart.rename | effect:0.cba6 | renamed: 'b~'",
       "Locked.made | leaf:0.082f | locked: 'a~'",
       "Locked.left | plus | left: 2",
       "half | near:1e-6 | half: 1.500001",
       "half | near:0.001 | half: 1.501",
       "half | near:0.04 | half: 1.54",
       "half | near:0.4 | half: 1.9",
       "half | near:4 | half: 5.5",
       "next | plus | mapped: [ 3, 3 ]",
       "next | plus | mapped: [ 2, 4 ]",
       "big | plus | big: 9007199254740994n",
       "is | not | is: false",
       "text | append | text: 'a x~'",
       "text | prepend | text: '~a x'",
       "text | case | text: 'A X'",
       "none | something | none: 'something'",
       "list | leaf:0.ab60 | list: [ { a: 2 }, { a: 2 }, { a: 2 } ]",
       "list | leaf:1.a860 | list: [ { a: 1 }, { a: 3 }, { a: 2 } ]",
       "list | drop | list: [ { a: 1 }, { a: 2 } ]",
       "list | order | list: [ { a: 2 }, { a: 1 }, { a: 2 } ]",
       "list | extra | list: [ { a: 1 }, { a: 2 }, { a: 2 }, { a: 2 } ]",
       "list | leaf:2.91d3 | list: [ { a: 1 }, { a: 2 }, { a: 3 } ]",
       "nested | leaf:0.40b8 | nested: { rows: [ 2, 2 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 2 } }",
       "nested | leaf:1.3e05 | nested: { rows: [ 1, 3 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 2 } }",
       "nested | drop | nested: { rows: [ 1, 2 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 } }",
       "nested | list-drop.37a5 | nested: { rows: [ 1 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 2 } }",
       "nested | list-order.37a5 | nested: { rows: [ 2, 1 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 2 } }",
       "nested | list-extra.37a5 | nested: { rows: [ 1, 2, 2 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 2 } }",
       "nested | leaf:2.8b83 | nested: { rows: [ 1, 2 ], at: 1970-01-01T00:00:01.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 2 } }",
       "nested | leaf:3.36af | nested: { rows: [ 1, 2 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 2 }, of: Set(2) { 1, 2 } }",
       "nested | leaf:4.7e04 | nested: { rows: [ 1, 2 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(1) { 2 } }",
       "nested | leaf:5.0343 | nested: { rows: [ 1, 2 ], at: 1970-01-01T00:00:00.000Z, by: Map(1) { 'k' => 1 }, of: Set(2) { 1, 3 } }",
       "wrong | swallow | wrong: undefined",
       "wrong | other-kind | wrong: TypeError: no",
       "wrong | other-words | wrong: RangeError: coop: another error",
       "wrong | cut-words | wrong: RangeError: o",
       "later | leaf:0.bd28 | later: { a: 2 }",
       "later | drop | later: {}",
       "never | swallow | never: undefined | loose: []",
       "never | other-kind | never: RangeError: never",
       "never | other-words | never: TypeError: coop: another error | loose: [ 'coop: another error' ]",
       "never | cut-words | never: TypeError: ever | loose: [ 'ever' ]",
       "soon | skip | soon: []",
       "soon | effect:0.d849 | soon: [ 2 ]",
       "soon | twice | soon: [ 1, 1 ]",
       "bytes | leaf:0.2d4f | bytes: <Buffer 62 62 63>",
       "bytes | leaf:1.3fda | bytes: <Buffer 61 63 63>",
       "bytes | drop | bytes: <Buffer 61 62>",
       "bytes | leaf:2.ce35 | bytes: <Buffer 61 62 64>",
       "add | skip | pushed: [ 1 ]",
       "add | effect:0.29d4 | pushed: [ 1, 3 ]",
       "add | twice | pushed: [ 1, 2, 2 ]",
       "fib | plus | fib: 6",
       "renew | skip",
       "renew | twice",
       "shared | leaf:0.29b4 | shared: false",
       "shared | list-extra.199a",
       "next | plus | far: 9",
       "counter | drop | more: TypeError: more is not a function",
       "counter.more | plus | more: [ 2, 3, 3, 3 ]",
       "later | leaf:0.bd28 | ticks: 2",
       "later | drop | ticks: 2",
       "touchy | drop | touchy: []",
     ]
    `);
  });
});
