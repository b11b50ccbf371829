import { afterAll, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** What seems to ask for as much as before, beside what does. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const VI = (body: string) => `import { expect, test } from "vitest";\ntest("a", () => {\n${body}\n});\n`;
const PY = (body: string) => `def test_a():\n${body.replace(/^/gm, "    ")}\n`;
const TWO = "expect(fee(1)).toBe(4);\nexpect(fee(2)).toBe(8);\nexpect(load(1).n).toBe(1);";
const TRUTHY = "expect(fee(1)).toBeTruthy();\nexpect(fee(2)).toBeTruthy();\nconst got = load(1);\n";

// prettier-ignore
const CHANGES: readonly [what: string, path: string, before: string, after: string, isLess: boolean, of: (body: string) => string][] = [
  ["values of the code in one object", "a.test.ts", TWO, `${TRUTHY}expect({ n: got.n, a: fee(1), b: fee(2) }).toEqual({ n: 1, a: 4, b: 8 });`, false, VI],
  ["values of the test on both sides of one object", "a.test.ts", TWO, `${TRUTHY}expect({ n: got.n, a: 4, b: 8 }).toEqual({ n: 1, a: 4, b: 8 });`, true, VI],
  ["values of the code in one list", "test_a.py", "assert fee(1) == 4\nassert fee(2) == 8\nassert fee(3) == 12", "assert fee(1)\nassert fee(2)\nassert [fee(3), fee(1), fee(2)] == [12, 4, 8]", false, PY],
  ["values of the test on both sides of one list", "test_a.py", "assert fee(1) == 4\nassert fee(2) == 8\nassert fee(3) == 12", "assert fee(1)\nassert fee(2)\nassert [fee(3), 4, 8] == [12, 4, 8]", true, PY],
  ["what a call in a text is given, by a name", "a.test.ts", "expect(fee(3)).toBe(`${money(1250)} EUR`);", "const want = money(1250);\nexpect(fee(3)).toBe(`${want.trim()} EUR`);", false, VI],
  ["what a call in a text is given, by the code", "a.test.ts", "expect(fee(3)).toBe(`${money(1250)} EUR`);", "expect(fee(3)).toBe(`${money(fee.cents(3))} EUR`);", true, VI],
  ["another text for a call in a text", "a.test.ts", 'expect(`${parse("a=1")}`).toBe("1");', 'expect(`${parse("1")}`).toBe("1");', true, VI],
  ["a failure that a helper wants of the code", "a.test.ts", 'expect(() => parse("x")).toThrow(SyntaxError);', 'const refused = (of: string) => expect(() => parse(of)).toThrow(SyntaxError);\nrefused("x");', false, VI],
  ["a failure that a helper wants of the language", "a.test.ts", 'expect(() => parse("x")).toThrow(SyntaxError);', 'const refused = () => expect(() => JSON.parse("{")).toThrow(SyntaxError);\nexpect(() => parse("x")).toThrow();\nrefused();', true, VI],
  ["a failure that is caught", "a.test.ts", 'expect(() => parse("x")).toThrow(RangeError);', 'let error: unknown;\ntry {\n  parse("x");\n} catch (caught) {\n  error = caught;\n}\nexpect(error).toBeInstanceOf(RangeError);', false, VI],
  ["a failure that the test makes", "a.test.ts", 'expect(() => parse("x")).toThrow(RangeError);', 'expect(() => parse("x")).toThrow();\nconst error = new RangeError("x");\nexpect(error).toBeInstanceOf(RangeError);', true, VI],
];

it.each(CHANGES)("%s", async (_what, path, before, after, isLess, of) => {
  const found = await weakenings([file(path, of(before), of(after))], syntax);
  expect(found.length > 0).toBe(isLess);
});
