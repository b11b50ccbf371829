import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** Who asked for a part of a text asks for the whole of it now, which has this part; beside it who only seems to. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const JS = (body: string) => `import assert from "node:assert";\ntest("a", async () => {\n${body}\n});\n`;
const VI = (body: string, more = "") =>
  `import { expect, test } from "vitest";\n${more}test("a", async () => {\n${body}\n});\n`;
const PY = (body: string) => `def test_a():\n${body.replace(/^/gm, "    ")}\n`;
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${body}\n}\n`;

const THROWS = 'assert.throws(() => f("x"), /no "="/);';
const LOOKS = "assert.match(f(2), /^crate 1: 1\\.50 kg, packed \\d{4}-\\d\\d-\\d\\d$/);";
const STATUS = "await assert.rejects(f(500), /lamps: 500/);";
const CAUGHT = "try {\n  await f(2);\n} catch (error) {\n  expect(error.message).toMatch(/paid already/);\n}";
const RAISES = 'with raises(Refused) as info:\n    f(101)\nassert "cannot pay 101" in str(info.value)';
const GO_PART = '_, err := F("a,,b")\nif err == nil || !strings.Contains(err.Error(), "part 1") {\n\tt.Error(err)\n}';
const GO_WORDS =
  '_, err := F("")\nif err == nil {\n\tt.Fatal(err)\n}\nif err.Error() != "ring: empty" {\n\tt.Error(err)\n}';
const GO_THREE = "err1 := F(1)\nerr2 := F(2)\nerr3 := F(3)\n";
const GO_NONE = (asks: string) => `if ${asks} {\n\tt.Fatal(1)\n}\n`;
const GO_IS = 'err := F("")\nif !errors.Is(err, ErrEmpty) {\n\tt.Error(err)\n}';
const GO_JOINED = 'got, want := F(2), G(3)\nif strings.Join(got, "|") != strings.Join(want, "|") {\n\tt.Error(got)\n}';
const THREE = 'expect(got.length).toBe(2);\nexpect(got[0].key).toBe("ada");\nexpect(got[1].value).toBe("27");\n';

// prettier-ignore
const ROWS: readonly [what: string, path: string, before: string, same: string, less: string, of: (body: string) => string][] = [
  ["a pattern in words", "a.test.js", THROWS, `assert.throws(() => f("x"), { message: 'no "=" in x' });`, `assert.throws(() => f("x"), 'no "=" in x');`, JS],
  ["a pattern in a new error", "a.test.js", THROWS, `assert.throws(() => f("x"), new SyntaxError('no "=" in x'));`, 'assert.throws(() => f("x"), SyntaxError);\nassert.ok(\'no "=" in x\');', JS],
  ["a pattern of digits", "a.test.js", LOOKS, 'assert.equal(f(2), "crate 1: 1.50 kg, packed 2026-09-14");', 'assert.equal(f(2), "crate 1: 1.50 kg, packed today");', JS],
  ["a pattern of digits, looked at by halves", "a.test.js", LOOKS, 'assert.equal(f(2), "crate 1: 1.50 kg, packed 2026-09-14");', 'const day = "crate 1: 1.50 kg, packed 2026-09-14";\nassert.ok(f(2), day);', JS],
  ["a pattern for each of a list", "a.test.js", STATUS, "for (const status of [500, 404]) await assert.rejects(f(status), { message: `lamps: ${status}` });", "for (const status of [500, 404]) await assert.rejects(f(status), { message: `lamp: ${status}` });", JS],
  ["what comes, by a name in a text", "a.test.js", 'assert.equal(`${f(2).join("\\n")}!`, "a2\\nb!");', 'const got = f(2);\nassert.equal(`${got.join("\\n")}!`, "a2\\nb!");', 'const got = f(2);\nassert.ok(`${got.join("\\n")}!`, "a2\\nb!");', JS],
  ["a caught message", "a.test.js", `expect.assertions(1);\n${CAUGHT}`, 'await expect(f(2)).rejects.toThrow("o1 is paid already");', CAUGHT, VI],
  ["fields in one object", "a.test.js", `${THREE}`, 'expect(got).toEqual([{ key: "ada" }, { value: "27" }]);\nexpect(log).toBeDefined();\nexpect(got).toHaveLength(2);', 'expect({ key: "ada", value: "27", length: 2 }).toEqual({ key: "ada", value: "27", length: 2 });\nexpect(got).toBeDefined();', VI],
  ["a whole message", "tests/test_a.py", RAISES, RAISES.replace(/assert .*/, 'assert str(info.value) == "ann cannot pay 101"'), RAISES.replace(/assert .*/, 'assert str(info.value) != "ann cannot pay 1010"'), PY],
  ["what an error was made of", "tests/test_a.py", RAISES, RAISES.replace(/assert .*/, 'assert info.value.args == ("ann cannot pay 101",)'), RAISES.replace(/assert .*/, 'words = "ann cannot pay 101"\nassert info.value'), PY],
  ["words of an error by a name", "a_test.go", GO_PART, '_, err := F("a,,b")\nif err == nil {\n\tt.Fatal(1)\n}\nif got, want := err.Error(), "ring: part 1 is empty"; got != want {\n\tt.Error(got)\n}', '_, err := F("a,,b")\nif got, want := err.Error(), "ring: part 1 is empty"; got == "" {\n\tt.Error(want)\n}', GO],
  ["a pattern, of a failure that the test makes", "a.test.js", THROWS, `assert.throws(() => f("x"), { message: 'no "=" in x' });`, `assert.throws(() => f("x"), Error);\nassert.throws(() => {\n  throw new Error('no "=" in x');\n}, { message: 'no "=" in x' });`, JS],
  ["a pattern, in a text of the test's own", "a.test.js", LOOKS, 'const got = String(f(2));\nassert.equal(got, "crate 1: 1.50 kg, packed 2026-09-14");', 'const got = f(2);\nassert.ok(got);\nconst said = `crate 1: 1.50 kg, packed ${"2026-09-14"}`;\nassert.equal(said, "crate 1: 1.50 kg, packed 2026-09-14");', JS],
  ["a message, said by the test", "tests/test_a.py", RAISES, RAISES.replace(/assert .*/, 'said = str(info.value)\nassert said == "ann cannot pay 101"'), RAISES.replace(/assert .*/, 'assert info.value\nsaid = "ann cannot pay 101"\nassert said == "ann cannot pay 101"'), PY],
  ["nothing of a message", "tests/test_a.py", RAISES, RAISES.replace(/assert .*/, 'assert info.value.args[0] == "ann cannot pay 101"'), RAISES.replace(/assert .*/, 'assert str(info.value)[:0] == "ann cannot pay 101"[:0]'), PY],
  ["words of an error, where there is none", "a_test.go", GO_PART, GO_PART.replace('!strings.Contains(err.Error(), "part 1")', 'err.Error() != "ring: part 1 is empty"'), GO_PART.replace('|| !strings.Contains(err.Error(), "part 1")', '&& err.Error() != "ring: part 1 is empty"'), GO],
  ["words of an error, where they may be others", "a_test.go", GO_PART, GO_PART.replace('!strings.Contains(err.Error(), "part 1")', 'err.Error() != "ring: part 1 is empty"'), GO_PART.replace('!strings.Contains(err.Error(), "part 1")', 'len(err.Error()) != 20 && err.Error() != "ring: part 1 is empty"'), GO],
  ["a kind for words", "a_test.go", GO_WORDS, '_, err := F("")\nif !errors.Is(err, ErrEmpty) {\n\tt.Error(err)\n}', '_, err := F("")\nif !errors.Is(err, err) {\n\tt.Error(err)\n}', GO],
  ["each of three errors", "a_test.go", `${GO_THREE}${GO_NONE("err1 == nil")}${GO_NONE("err2 == nil")}${GO_NONE("err3 == nil")}`, `${GO_THREE}${GO_NONE("err1 == nil || err2 == nil || err3 == nil")}`, `${GO_THREE}${GO_NONE("err1 == nil")}_, _ = err2, err3`, GO],
  ["which one each of three errors is", "a_test.go", `${GO_THREE}${GO_NONE("!errors.Is(err1, A)")}${GO_NONE("!errors.Is(err2, A)")}`, `${GO_THREE}${GO_NONE("!errors.Is(err2, A)")}${GO_NONE("!errors.Is(err1, A)")}`, `${GO_THREE}${GO_NONE("!errors.Is(err1, A)")}${GO_NONE("err2 == nil")}`, GO],
  ["which one an error is, by its words", "a_test.go", GO_IS, 'err := F("")\nif err == nil {\n\tt.Fatal(1)\n}\nif got, want := err.Error(), "empty"; got != want {\n\tt.Error(got)\n}', 'err := F("")\nif err == nil {\n\tt.Fatal(1)\n}\nif got, want := ErrEmpty.Error(), "empty"; got != want {\n\tt.Error(got)\n}', GO],
  ["which one an error is, by its words at once", "a_test.go", GO_IS, 'err := F("")\nif err == nil || err.Error() != "empty" {\n\tt.Error(err)\n}', 'err := F("")\nif err == nil || ErrEmpty.Error() != "empty" {\n\tt.Error(err)\n}', GO],
  ["which one an error is, of one that the test makes", "a_test.go", GO_IS, 'err := F("")\nif !errors.As(err, &empty) {\n\tt.Error(err)\n}', 'err := F("")\nmade := fmt.Errorf("a: %w", ErrEmpty)\nif err == nil || !errors.Is(made, ErrEmpty) {\n\tt.Error(err)\n}', GO],
  ["a switch over questions", "a_test.go", GO_WORDS, '_, err := F("")\nswitch {\ncase err == nil:\n\tt.Fatal(err)\ncase err.Error() != "ring: empty":\n\tt.Error(err)\n}', '_, err := F("")\nswitch {\ncase err != nil:\ncase err.Error() != "ring: empty":\n\tt.Error(err)\n}', GO],
  ["lists without a sign between", "a_test.go", GO_JOINED, "got, want := F(2), G(3)\nif !slices.Equal(got, want) {\n\tt.Error(got)\n}", 'got, want := F(2), G(3)\nif strings.Join(got[:1], "|") != strings.Join(want[:1], "|") {\n\tt.Error(got)\n}', GO],
];

describe.each(ROWS)("%s", (_what, path, before, same, less, of) => {
  const found = async (after: string) => (await weakenings([file(path, of(before), of(after))], syntax)).map(({ what }) => what); // prettier-ignore
  it("is as much as before", async () => expect(await found(same)).toEqual([]));
  it("is less where it only seems so", async () => expect(await found(less)).not.toEqual([]));
});

const MATCHER = (pass: string) => `expect.extend({\n  toBePaidWith(got, receipt) {\n    const pass = ${pass};\n    return { pass, message: () => \`\${got} \${receipt}\` };\n  },\n});\n`; // prettier-ignore

const whatOf = async (fields: string, matcher: string) => {
  const now = VI('expect(got).toBePaidWith("r-77");\nexpect(got.id).toBe(27);', matcher);
  return (await weakenings([file("a.test.js", VI(fields), now)], syntax)).map(({ what }) => what);
};

it("knows a matcher of the file itself by what it compares", async () => {
  const fields = 'expect(got.state).toBe("paid");\nexpect(got.receipt).toBe("r-77");\nexpect(got.id).toBe(27);';
  const found = (pass: string) => whatOf(fields, MATCHER(pass));
  expect(await found('got.state === "paid" && got.receipt === receipt')).toEqual([]);
  const less = ["compares less exactly"];
  expect(await found('got.state === "paid"')).toEqual(less);
  expect(await found('got.state === "paid" && (got.receipt === receipt || true)')).toEqual(less);
  expect(await found('got.state === "paid" && (receipt === receipt)')).toEqual(less);
  expect(await found('got.state === "paid" && (got.receipt !== receipt)')).toEqual(less);
  expect(await found('got.state === "paid" && (String(got.slice(0, 0)) === receipt)')).toEqual(less);
  const all = 'got.state === "paid" && (got.receipt === receipt)';
  expect(await found(all)).toEqual([]);
  const other = async (from: string, to: string) => {
    const matcher = MATCHER(all);
    return whatOf(fields, matcher.replace(from, to));
  };
  expect(await other("return { pass,", "return { pass: true,")).toEqual(less);
  expect(await other("return { pass,", "if (!got) return { pass: !receipt };\n    return { pass,")).toEqual(less);
  expect(await other("const pass", "got = { receipt };\n    const pass")).toEqual(less);
  expect(await other("const pass", "let pass")).toEqual([]);
  expect(await other("return", "pass = true;\n    return")).toEqual(less);
  expect(await other("(got, receipt)", "(got, receipt = got.receipt)")).toEqual(less);
  expect(await other("return { pass,", "return { ...{}, pass,")).toEqual(less);
});

describe("the table of a Go test that gets errors", () => {
  const TABLE = (asks: string) => `func TestParse(t *testing.T) {\n\tfor _, tt := range []struct{ in, want, wantErr string }{{"a", "<a>", ""}, {"a,,b", "", "part 1 is empty"}} {\n\t\tr, err := Parse(tt.in)\n\t\tif tt.wantErr != "" {\n\t\t\tif ${asks} {\n\t\t\t\tt.Fatal(err)\n\t\t\t}\n\t\t\tcontinue\n\t\t}\n\t\tif r != tt.want {\n\t\t\tt.Error(r)\n\t\t}\n\t}\n}\n`; // prettier-ignore
  const OLD = `package a\n\nfunc TestParsesA(t *testing.T) {\n\tif r, _ := Parse("a"); r != "<a>" {\n\t\tt.Error(r)\n\t}\n}\n\nfunc TestParseEmptyPart(t *testing.T) {\n${GO_PART.replace("F(", "Parse(")}\n}\n`;
  const gone = async (asks: string) => (await weakenings([file("a_test.go", OLD, `package a\n\n${TABLE(asks)}`)], syntax)).filter(({ test }) => test === "TestParseEmptyPart"); // prettier-ignore

  it("holds an old test of an error where it compares its words", async () =>
    expect(await gone("err == nil || err.Error() != tt.wantErr")).toEqual([]));
  it("holds none where it only looks whether there is one", async () =>
    expect(await gone("err == nil")).not.toEqual([]));
});
