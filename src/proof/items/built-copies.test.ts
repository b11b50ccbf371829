import { afterAll, describe, expect, it } from "@jest/globals";
import { minifySync, transformSync } from "@swc/core";
import ts from "typescript";
import { builtPlaces } from "../languages/mutants/built-places.ts";
import type { Mutant } from "../languages/mutants/mutants.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { withoutBuilt } from "./built-copies.ts";
import type { Fate, Tried } from "./try-mutants.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const SOURCE = `import { check, Kind } from "./check.ts";
const DAY_MS = 24 * 60 * 60 * 1000;
export class Meter {
  #sum = 0;
  readonly seen: number[] = [];
  add(amount: number, at: Date, kind?: Kind): string {
    check(amount, "an amount");
    if (amount < 0 || kind?.name === "gone") throw new RangeError(\`\${amount} is no “amount”\`);
    const days = Math.floor(at.getTime() / DAY_MS);
    this.#sum += amount;
    this.seen.push(...[days]);
    for (const one of this.seen) if (one > days) return "later" as string;
    return [this.#sum, days].map((one) => one.toFixed(2)).join("/");
  }
}
`;
/** One thing each that a copy may lack. */
const LESS: readonly (readonly [what: string, from: string, to: string])[] = [
  ["a call of a function", 'check(amount, "an amount");', ""],
  ["a call of a method", "this.seen.push(...[days]);", ""],
  ["a sum", "this.#sum += amount;", ""],
  ["an error", /if \(amount < 0.*\n/.exec(SOURCE)?.[0] ?? "", ""],
  ["half of a condition", ' || kind?.name === "gone"', ""],
  ["a text", '"later"', '"soon"'],
  ["a loop", /for \(const one of.*\n/.exec(SOURCE)?.[0] ?? "", ""],
  ["a rounding", "Math.floor(at.getTime() / DAY_MS)", "at.getTime() / DAY_MS"],
  ["digits", "toFixed(2)", "toFixed(0)"],
];

const swc = (target: "es5" | "es2022", type: "commonjs" | "es6") => (source: string) =>
  transformSync(source, { jsc: { parser: { syntax: "typescript" }, target }, module: { type } }).code;
const typescript = (target: ts.ScriptTarget, module: ts.ModuleKind) => (source: string) =>
  ts.transpileModule(source, { compilerOptions: { target, module } }).outputText;
const plain = swc("es2022", "es6");
const BUILDS: readonly (readonly [string, (source: string) => string])[] = [
  ["types taken away", plain],
  ["CommonJS", swc("es2022", "commonjs")],
  ["an older language by swc", swc("es5", "commonjs")],
  ["an older language by TypeScript", typescript(ts.ScriptTarget.ES2015, ts.ModuleKind.CommonJS)],
  ["today's by TypeScript", typescript(ts.ScriptTarget.ESNext, ts.ModuleKind.ESNext)],
  ["a bundle", (source) => `(() => {\n${plain(source).replace(/^import.*$|^export /gm, "")}\n})();\n`],
  ["minified", (source) => minifySync(plain(source), { compress: true, mangle: true, module: true }).code],
  ["minified and older", (source) => minifySync(swc("es5", "commonjs")(source), { compress: true, mangle: { toplevel: true } }).code], // prettier-ignore
];

const copied = async (built: string, path = "dist/meter.js", source = SOURCE) => {
  const files = [{ path: "src/meter.ts", text: source }, { path, text: built }]; // prettier-ignore
  const parsed = files.map(async ({ path, text }) => ({ file: { path }, parsed: await syntax.parse(path, text) }));
  const found = builtPlaces(await Promise.all(parsed));
  return [...(found.get("src/meter.ts:6") ?? [])].filter((one) => / (.*\.)?(add|value)$/.test(one)).length > 0;
};

describe("a function that was built from one of the sources", () => {
  it.each(BUILDS)("is recognised as %s", async (_name, build) => expect(await copied(build(SOURCE))).toBe(true));

  // Among the helpers of an older language, which a minifier renames too, one call more or less is not seen.
  const isUnseen = (build: string, what: string) => build === "minified and older" && what === "a call of a function";
  it.each(
    BUILDS.flatMap(([name, build]) =>
      LESS.filter(([what]) => !isUnseen(name, what)).map(([what, from, to]) => [name, what, build, from, to] as const),
    ),
  )("is none as %s without %s", async (_name, _what, build, from, to) => {
    expect(SOURCE).toContain(from);
    expect(await copied(build(SOURCE.replace(from, to)))).toBe(false);
  });

  it("has to lie where builds put things", async () => {
    expect(await copied(plain(SOURCE), "src/build/meter.js")).toBe(false);
    expect(await copied(plain(SOURCE), "packages/a/build/meter.js")).toBe(true);
  });

  it("is none by its name alone", async () => {
    const source = SOURCE.replace(/(add\(.*\{\n)[^]*?\n {2}\}/, "$1    return undefined as never;\n  }");
    expect(await copied("export class Meter { add() { return 7; } }", "dist/meter.js", source)).toBe(false);
  });
});

describe("a survivor in a function whose built copy exists", () => {
  const tried = (path: string, kind: Mutant["kind"], fate: Fate, from = "add()"): Tried => {
    return { fate, by: [], mutant: { path, line: 1, kind, within: 1, from, to: "nothing", text: () => "" } };
  };
  const survivors = [tried("src/a.ts", "emptied", "survived"), tried("src/a.ts", "telling", "survived", "+")];
  const built = new Map([["src/a.ts:1", new Set(["dist/a.js:1 add"])]]);

  it.each<[string, readonly Tried[], typeof built, Fate]>([
    ["need not be noticed where the copy's is", [tried("dist/a.js", "emptied", "noticed")], built, "not-needed"],
    ["has to where nobody notices the copy", [tried("dist/a.js", "emptied", "survived")], built, "survived"],
    ["has to where only a neighbour on the same line is noticed", [tried("dist/a.js", "emptied", "noticed", "b()")], built, "survived"], // prettier-ignore
    ["has to where the copy is none", [tried("dist/a.js", "emptied", "noticed")], new Map(), "survived"],
  ])("%s", (_what, more, places, fate) => {
    const all = withoutBuilt([...survivors, ...more], places);
    expect(all.slice(0, 2).map((one) => one.fate)).toEqual([fate, fate]);
  });
});
