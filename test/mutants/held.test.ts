import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { brokenText } from "./broken.ts";
import { CHECKOUT } from "./copy.ts";
import { heldFiles } from "./held-files.ts";

it("each file of the flow and the steps that does something names the scenario that holds it", () => {
  const files = heldFiles(CHECKOUT).filter(
    ({ path }) => brokenText(path, readFileSync(join(CHECKOUT, path), "utf8")) !== null,
  );
  expect(files.length).toBeGreaterThan(70);
  // `npm run held` breaks the file and wants that scenario to go red.
  expect(files.filter(({ scenario }) => !scenario || !existsSync(join(CHECKOUT, scenario)))).toEqual([]);
});

describe("a file that is broken on purpose", () => {
  const FAILS = 'if (true as boolean) throw new Error("broken on purpose");';
  it.each([
    ["a function", "export function a() { return 1; }", `export function a() { ${FAILS} return 1; }`],
    [
      "a record",
      "export const a = { run: async () => { b(); } };",
      `export const a = { run: async () => { ${FAILS} b(); } };`,
    ],
    ["a method", "export class A { b() { return 1; } }", `export class A { b() { ${FAILS} return 1; } }`],
    [
      "an answer",
      "export const a = (b: B) => b || c();",
      'export const a = (b: B) => ((() => { throw new Error("broken on purpose"); })(), b || c());',
    ],
    [
      "what is given to a function",
      "export const a = once(() => { b(); });",
      `export const a = once(() => { ${FAILS} b(); });`,
    ],
    ["what only the file uses", "function a() { return 1; }", null],
    ["types and numbers", "export type A = 1;\nexport const B = 2;", null],
  ])("%s", (_, text, broken) => {
    expect(brokenText("a.ts", text)).toBe(broken);
  });
});
