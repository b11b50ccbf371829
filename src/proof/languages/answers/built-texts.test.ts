import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { within } from "../syntax/syntax.ts";
import { tablesIn } from "../mutants/tables.ts";
import { BUILT, builtText, givenOnce } from "./built-texts.ts";

/** What a text comes to that is put together, and which names have one value. */
const read = readerOfTests();
async function built(path: string, text: string) {
  const code = path === "a.go" ? `package a\n\nvar P = "JEST"\nvar Q = "W"\nvar l = []string{"A", "b"}\nvar it = ${text}\n` : `${path === "a.py" ? "" : "let "}P = "JEST"\n${path === "a.py" ? "" : "let "}Q = "W"\n${path === "a.py" ? "" : "let "}l = ["A", "b"]\nq = more\nit(${text})\n`; // prettier-ignore
  const { root } = await read(path, code);
  const given = givenOnce(root);
  const place = path === "a.go" ? given.get("it") : [...within(root)].find((one) => one.child("function")?.text === "it")?.child("arguments")?.parts[0]; // prettier-ignore
  return place ? builtText(place, given) : undefined;
}

describe("a text that is put together", () => {
  it.each<[string, string, string | typeof BUILT | null]>([
    ["a.js", '"a" + "b"', "ab"],
    ["a.js", '"a" + "b" + P + Q', "abJESTW"],
    ["a.js", '("a" + "b")', "ab"],
    ["a.js", "`${P}_${Q}!`", "JEST_W!"],
    ["a.js", '"a" + 7', "a7"],
    ["a.js", '"a" - "b"', null],
    ["a.js", '"a" + other', null],
    ["a.js", '["a", P].join("_")', "a_JEST"],
    ["a.js", '["a", P].join()', "a,JEST"],
    ["a.js", 'l.join("")', "Ab"],
    ["a.js", '["a", other].join("")', null],
    ["a.js", 'String("a")', "a"],
    ["a.js", '"a".toString()', "a"],
    ["a.js", '"a".concat("b", P)', "abJEST"],
    ["a.js", '"aB".toUpperCase()', "AB"],
    ["a.js", '"aB".toLowerCase()', "ab"],
    ["a.js", '"axa".replaceAll("x", "y")', "aya"],
    ["a.js", '"axa".replace("x", other)', null],
    ["a.js", 'atob("Q0k=")', "CI"],
    ["a.js", '"a".trim()', null],
    ["a.js", 'String.fromCharCode(..."67,73".split(","))', BUILT],
    ["a.js", 'Buffer.from("4349", "hex").toString()', BUILT],
    ["a.js", '"IC".split("").reverse().join("")', BUILT],
    ["a.js", "Buffer.from(other).toString()", null],
    ["a.js", 'decode("4349")', null],
    ["a.py", '"a" "b"', "ab"],
    ["a.py", 'f"{P}_x"', "JEST_x"],
    ["a.py", '"%s_%s" % (P, Q)', "JEST_W"],
    ["a.py", '"%s_x" % P', "JEST_x"],
    ["a.py", '"%s_%s" % P', null],
    ["a.py", '"{}_{}".format(P, Q)', "JEST_W"],
    ["a.py", '"IC"[::-1]', "CI"],
    ["a.py", '"IC"[0]', null],
    ["a.py", '"_".join(["a", P])', "a_JEST"],
    ["a.py", '"_".join(("a", P))', "a_JEST"],
    ["a.py", '"_".join(l)', "A_b"],
    ["a.py", "str(P)", "JEST"],
    ["a.py", '"aB".upper()', "AB"],
    ["a.py", 'bytes.fromhex("4349").decode()', BUILT],
    ["a.go", '"a" + P', "aJEST"],
    ["a.go", 'strings.Join([]string{"a", P}, "_")', "a_JEST"],
    ["a.go", 'strings.Join(l, "_")', "A_b"],
    ["a.go", 'fmt.Sprintf("%s_%s", P, Q)', "JEST_W"],
    ["a.go", 'strings.ToUpper("aB")', "AB"],
    ["a.go", 'strings.ReplaceAll("axa", "x", "y")', "aya"],
    ["a.js", `"${"a".repeat(2_000)}"`, null],
  ])("in %s: %s", async (path, text, value) => expect(await built(path, text)).toBe(value));

  it("is told by names in names, as far as anybody reads", async () => {
    const chain = async (names: number) => {
      const code = `const a0 = "x";\n${Array.from({ length: names }, (_, at) => `const a${at + 1} = a${at};\n`).join("")}`;
      const given = givenOnce((await read("a.js", code)).root);
      const last = given.get(`a${names}`);
      return last ? builtText(last, given) : undefined;
    };
    expect([await chain(8), await chain(9)]).toEqual(["x", null]);
  });

  it.each([
    ["a.js", 'const a = "x";\n', ["a"]],
    ["a.js", 'let a = "x";\na = "y";\n', []],
    ["a.js", 'const a = "x";\nfunction f(a) {}\n', []],
    ["a.js", 'const a = "x";\nf((a) => 1);\n', []],
    ["a.js", 'const a = "x";\nf(a => 1);\n', []],
    ["a.js", 'const { a } = "x";\n', []],
    ["a.py", 'a = "x"\ndef f(b): pass\n', ["a"]],
    ["a.py", 'a = "x"\nf(lambda a: 1)\n', []],
    ["a.go", 'package a\n\nvar a = "x"\n', ["a"]],
    ["a.go", 'package a\n\nfunc f() {\n\ta := "x"\n\tb, c := g()\n}\n', ["a"]],
  ])("only names count that have one value, in %s: %s", async (path, text, names) => {
    expect([...givenOnce((await read(path, text)).root).keys()]).toEqual(names);
  });
});

describe("a table outside of functions", () => {
  it.each<[string, string, readonly string[]]>([
    ["a.js", "const A = [1, 2];", ["const A = [];"]],
    ["a.js", "export const A = { a: 1 };", ["export const A = {};"]],
    ["a.ts", "const A = [1] as const;", ["const A = [] as const;"]],
    ["a.ts", "const A = { a: 1 } satisfies B;", ["const A = {} satisfies B;"]],
    ["a.ts", "const A = [1], B = [2];", ["const A = [], B = [2];", "const A = [1], B = [];"]],
    ["a.js", "const A = [];", []],
    ["a.js", "const A = f([1]);", []],
    ["a.js", "function f() { const A = [1]; }", []],
    ["a.py", "A = [1]\n", ["A = []\n"]],
    ["a.py", "A = {1: 2}\n", ["A = {}\n"]],
    ["a.py", "A = {1}\n", ["A = set()\n"]],
    ["a.py", "f([1])\n", []],
    ["a.go", "package a\n\nvar A = []int{1}\n", []],
  ])("in %s: %s", async (path, text, emptied) => {
    const { root, language } = await read(path, text);
    const found = tablesIn(root, language).map(({ emptied: [start, end, by] }) => text.slice(0, start) + by + text.slice(end)); // prettier-ignore
    expect(found).toEqual(emptied);
  });
});
