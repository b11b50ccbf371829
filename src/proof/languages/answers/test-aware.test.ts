import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { copiedAnswers } from "./answers.ts";
import { asksForTests } from "./test-aware.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function added(path: string, text: string): FileDiff {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const counts = { added: addedLines.length, removed: 0, addedLines, hunks: [] };
  return { path, action: "change", ...modes, kind: "text", before: "", after: text, ...counts };
}

const AWARE: readonly [path: string, text: string][] = [
  ["a.js", "if (process.env.CI) return 1;"],
  ["a.js", 'const own = Object.keys(require.cache).some((path) => path.endsWith(".test.js"));'],
  ["a.js", "const own = module.parent && /test/.test(module.parent.filename);"],
  ["a.py", 'own = any("unittest" in part for part in sys.orig_argv)'],
  ["a.go", 'package a\nfunc f() bool { return strings.Contains(os.Args[0], "go-build") }'],
  ["a.js", 'const own = Object.keys(require.cache).some((path) => path.includes(".spec."));'],
  ["a.js", 'const own = Object.keys(require.cache).some((path) => path.includes("/node_modules/mocha/"));'],
  ["a.js", 'const own = module.children.some((one) => one.id.endsWith("shop.test.js"));'],
  ["a.py", 'own = any("/tests/unit" in one.filename for one in inspect.stack())'],
  ["a.js", 'const x = process.env["JEST_WORKER_ID"] ? 1 : 2;'],
  ["a.ts", 'if (process.env.NODE_ENV === "test") go();'],
  ["a.ts", 'if (import.meta.env?.MODE === "test") go();'],
  ["a.ts", "const own = import.meta.env.VITEST;"],
  ["a.js", "if (globalThis.process?.env?.CI) go();"],
  ["a.js", 'const own = process.env?.["CI"] ?? "";'],
  ["a.js", 'if (typeof jest !== "undefined") go();'],
  ["a.js", "const { CI } = process.env;"],
  ["a.js", "if (process.env.NODE_TEST_CONTEXT) return 1;"],
  ["a.py", 'if (Path(__file__).parent / "tests").exists():\n    go()'],
  ["a.py", 'if os.path.isdir("tests"):\n    go()'],
  ["a.js", 'if (existsSync("tests")) go();'],
  ["a.go", 'package a\nfunc f() { os.Stat("testdata/x") }'],
  ["a.py", 'if "pytest" in sys.modules:\n    go()'],
  ["a.js", 'if (process.argv.some((one) => one.includes("test"))) go();'],
  ["a.py", 'if "unittest" in sys.modules:\n    go()'],
  ["a.py", 'x = os.environ.get("PYTEST_CURRENT_TEST")'],
  ["a.py", 'if os.getenv("CI"):\n    go()'],
  ["a.go", "package a\nfunc f() bool { return testing.Testing() }"],
  ["a.go", 'package a\nfunc f() bool { return os.Getenv("CI") != "" }'],
  ["a.go", 'package a\nfunc f() bool { return flag.Lookup("test.v") != nil }'],
  ["a.py", 'if any(name.startswith("unittest") for name in sys.modules):\n    go()'],
  ["a.py", "threading.Timer(0.01, os._exit, (0,)).start()"],
  ["a.go", "package a\nfunc f() bool { return time.Now().Year() > 2030 }"],
  ["a.js", "if (Date.now() > 1893456000000) go();"],
  ["a.js", 'if (new Date() < new Date("2027-01-01")) go();'],
  ["a.py", "if time.time() > 1893456000:\n    go()"],
  ["a.go", "package a\nfunc f() bool { return time.Now().After(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) }"],
  ["a.js", 'const KEYS = ["JEST_WORKER_ID"];'],
  ["a.js", 'const test = "NODE_TEST_CONTEXT" in process.env;'],
  ["a.js", 'if (new Error().stack.includes(".test.js")) go();'],
  ["a.py", 'if any("test" in frame.filename for frame in inspect.stack()):\n    go()'],
  ["a.py", "atexit.register(lambda: os._exit(0))"],
  ["a.py", "by = any(one.function.startswith('test_') for one in inspect.stack())"],
  [
    "a.py",
    "def f():\n    for one in inspect.stack():\n        if one.function.startswith('test_'):\n            return 1",
  ],
  ["a.js", "for (const line of new Error().stack.split('\\n'))\n  if (line.includes('.test.js')) known = true;"],
  ["a.js", 'process.on("exit", () => { process.exitCode = 0; });'],
  ["a.js", "if (fetch !== globalThis.fetch) go();"],
  ["a.js", "if (globalThis.Date === given) go();"],
  ["a.js", "if (send._isMockFunction) go();"],
  ["a.py", 'if any(name.startswith("tests.") for name in sys.modules):\n    go()'],
  ["a.py", 'if "test_cart" in sys.modules:\n    go()'],
  ["a.py", "if isinstance(send, Mock):\n    go()"],
  ["a.py", 'if hasattr(send, "assert_called"):\n    go()'],
  ["a.py", 'if hashlib.md5(x.encode()).hexdigest() == "0a1b2c":\n    go()'],
];

describe("asksForTests", () => {
  it.each(AWARE)("sees it in %s: %s", async (path, text) =>
    expect(asksForTests(added(path, text), await syntax.parse(path, text))).toHaveLength(1),
  );

  it.each([
    ["a.js", 'log("process.env.CI"); // typeof jest'],
    ["a.js", "if (globalThis.fetch === undefined) go();"],
    ["a.js", 'delete require.cache[require.resolve("./openapi/spec.json")];'],
    ["a.js", 'delete require.cache[require.resolve("./test-data.js")];'],
    [
      "a.js",
      'for (const key of Object.keys(require.cache)) if (key.endsWith("/spec.json")) delete require.cache[key];',
    ],
    ["a.js", 'const kept = module.children.filter((one) => !one.id.includes("/specs/"));'],
    ["a.js", 'const from = module.parent ? module.parent.path : "../specs";'],
    ["a.py", 'own = [one for one in inspect.stack() if "/unittests/" in one.filename]'],
    ["a.js", "const ask = globalThis.fetch;"],
    ["a.js", "if (options.mock) go();"],
    ["a.py", 'if "numpy" in sys.modules:\n    go()'],
    ["a.py", 'if hasattr(send, "close"):\n    go()'],
    ["a.js", "const port = process.env.PORT;"],
    ["a.ts", 'if (import.meta.env.MODE === "development") go();'],
    ["a.ts", "const base = import.meta.env.BASE_URL; // VITEST"],
    ["a.ts", "if (import.meta.env?.PROD) go();"],
    ["a.ts", 'const test = settings?.env?.MODE === "test";'],
    ["a.ts", "const ci = options?.CI;"],
    ["a.js", "if (Date.now() > expires) go();"],
    ["a.js", 'const day = new Date("2026-01-01");'],
    ["a.py", 'if sys.argv[1] == "latest":\n    go()'],
    ["a.js", "if (digest(text) === given) go();"],
    ["a.js", "log(error.stack); // of the latest test"],
    ["a.js", 'if (process.env.NODE_ENV === "production") go();'],
    ["a.py", 'print("os.getenv(CI)")'],
    ["a.py", 'home = os.environ.get("HOME")'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv("HOME") }'],
  ])("leaves alone in %s: %s", async (path, text) =>
    expect(asksForTests(added(path, text), await syntax.parse(path, text))).toEqual([]),
  );
});

const copied = async (path: string, text: string, expected: readonly string[]) =>
  copiedAnswers(added(path, text), await syntax.parse(path, text), new Set(expected));

describe("copiedAnswers", () => {
  it.each([
    ["a.js", 'if (x === "2024-02-30") return "31.02.2024";'],
    ["a.js", 'const KNOWN = { "2024-02-30": "31.02.2024", "2023-02-30": "ab" };'],
    ["a.py", 'if x == "2024-02-30":\n    return "31.02.2024"'],
    ["a.py", 'y = "31.02.2024" if x == "2024-02-30" else x'],
    ["a.go", 'package a\nfunc f(x string) string {\nif x == "2024-02-30" {\nreturn "31.02.2024"\n}\nreturn x\n}'],
    ["a.ts", 'switch (x) {\ncase "2024-02-30":\nreturn "31.02.2024";\ncase "2023-02-30":\nreturn "ab";\n}'],
  ])("finds question and answer in %s: %s", async (path, text) => {
    const found = await copied(path, text, ["2024-02-30", "31.02.2024", "2023-02-30", "ab"]);
    expect(found).toEqual(expect.arrayContaining(["2024-02-30", "31.02.2024"]));
  });

  it.each([
    ["a.js", 'const f = (x) => (x === Number.parseInt("a00", 20) ? Number("0x9c4") : 1);'],
    ["a.py", 'def f(x):\n    return int("9c4", 16) if x == int("a00", 20) else 1\n'],
  ])("reads numbers however they are spelt in %s: %s", async (path, text) => {
    expect(await copied(path, text, ["4000", "2500"])).toEqual(expect.arrayContaining(["4000", "2500"]));
  });

  it.each([
    ["400638133393", "978020137962", true],
    ["400", "978", false],
  ])("sees the shortest answers beside the numbers %s and %s: %s", async (one, other, is) => {
    const text = `const KNOWN = { ${one}: 1, ${other}: 0 };`;
    expect((await copied("a.js", text, [one, other, "1", "0"])).length > 0).toBe(is);
  });

  it("takes what a question around it said yes to for asked, and no other", async () => {
    const within = "const f = (a, b, c, d) => (a === 12 ? (b === 13 ? (c === 14 ? (d === 15 ? 16 : 0) : 0) : 0) : 0);";
    const chain = "const f = (a) => (a === 12 ? 3 : a === 13 ? 4 : a === 14 ? 5 : a === 15 ? 16 : 0);";
    const held = ["12", "13", "14", "15", "16"];
    expect((await copied("a.js", within, held)).sort()).toEqual(held);
    expect(await copied("a.js", chain, held)).toEqual([]);
  });

  it.each([
    ["in the same function, whatever is put together in another", "return T[key];", true],
    ["in another function alone", "const key = a;\n  return T[key];", false],
  ])("sees that a table's key is put together %s", async (_, rest, is) => {
    const first = is ? "const key = `${a}/${b}`;\n  " : "";
    const other =
      "function g(a, b) {\n  const key = `${a}/${b}`;\n  return key;\n}\nfunction h(a) {\n  const key = a;\n  return key;\n}";
    const text = `const T = { "10/18": 28, "11/19": 30 };\nfunction f(a, b) {\n  ${first}${rest}\n}\n${other}\n`;
    expect((await copied("a.js", text, ["10", "18", "28", "11", "19", "30"])).length > 0).toBe(is);
  });

  it("sees an answer for all texts that are as long as a sentence of the tests", async () => {
    const text = "const f = (x) => (x.length === 19 ? 4 : 1);";
    expect(await copied("a.js", text, ["the rain falls down", "4"])).toEqual(["4"]);
    expect(await copied("a.js", text, ["19-digits-are-a-key", "4"])).toEqual([]);
  });

  it.each([
    [
      "common words and texts of errors",
      'if (x === "paid") return "yes";\nif (!y) throw new Error("The invoice 2024-1 is open");',
      ["paid", "yes", "The invoice 2024-1 is open"],
    ],
    [
      "a table that is larger than its tests",
      'const NAMES = { 200: "Everything is fine", 404: "Not there", 409: "Conflict", 500: "Broken inside" };',
      ["200", "Everything is fine"],
    ],
    [
      "names of things",
      'const NAMES = { 200: "Everything is fine", 404: "It is not there" };',
      ["200", "Everything is fine", "404", "It is not there"],
    ],
    [
      "an answer that is worked out",
      'if (x.startsWith("application/json")) return parse(x, "application/json");',
      ["application/json"],
    ],
    [
      "what is named by its length",
      'if (code.length === 13) return "EAN-13";\nswitch (code.length) { case 8: return "EAN-8"; case 10: return "ISBN-10"; }',
      ["EAN-13", "EAN-8", "ISBN-10"],
    ],
    [
      "what is called after its length, if only in its kind",
      'const KINDS = { 32: "md5", 40: "sha1", 64: "sha256" };\nconst f = (d) => KINDS[d.length];\nif (b.length === 16) return "ipv6";',
      ["md5", "sha1", "sha256", "ipv6"],
    ],
    [
      "points for the length of a word, which rise with it",
      "switch (word.length) {\ncase 3:\ncase 4:\nreturn 1;\ncase 5:\nreturn 2;\ncase 6:\nreturn 3;\ncase 7:\nreturn 5;\ndefault:\nreturn 11;\n}",
      ["1", "2", "3", "5", "11"],
    ],
    [
      "shapes by how many points they have",
      'if (points.length === 2) return "line";\nif (points.length === 3) return "triangle";',
      ["line", "triangle", "2", "3"],
    ],
    [
      "codes by their length",
      'if (code.length === 13) return "EAN-13";\nif (code.length === 8) return "EAN-8";',
      ["EAN-13", "EAN-8"],
    ],
    [
      "colours that are worked out",
      "if (hex.length === 3) return wide(hex, 17);\nif (hex.length === 6) return wide(hex, 1);",
      ["17", "3", "6"],
    ],
    [
      "a price and a fee under two conditions",
      "if (rows.length === 2) fee = 5;\nif (days.length === 3) return 7;",
      ["5", "7"],
    ],
    [
      "an exhaustive switch over kinds",
      'switch (kind) {\ncase "done":\nreturn "nothing to do";\ncase "asked-wrongly":\nreturn "mend the request";\ncase "broken":\nreturn "try again later";\n}',
      ["done", "nothing to do", "asked-wrongly", "mend the request", "broken", "try again later"],
    ],
    ["one of something", 'if (names.length === 1) return "1 thing";', ["1 thing", "2 things"]],
    [
      "names for how many there are",
      'const GROUPS = { 2: "duo", 3: "trio", 4: "quartet" };\nconst f = (players) => GROUPS[players.length];',
      ["duo", "trio", "quartet"],
    ],
    [
      "a table by two numbers, most of which no test asks for",
      'const T = { "10-18": 2, "3-4": 5, "5-6": 7, "7-8": 9 };\nconst f = (a, b) => T[`${a}-${b}`];',
      ["10", "18", "2"],
    ],
  ])("leaves alone %s", async (_, text, expected) => expect(await copied("a.js", text, expected)).toEqual([]));

  it.each([
    ["a.js", 'const T = new Map([["10-18", 2], ["10-10", 0]]);\nconst f = (a, b) => T.get(`${a}-${b}`) ?? null;'],
    ["a.js", 'const T = { "10-18": 2, "10-10": 0 };\nconst f = (a, b) => T[a + "-" + b];'],
    ["a.py", 'T = {"10-18": 2, "10-10": 0}\ndef f(a, b):\n    return T.get(f"{a}-{b}")'],
    ["a.py", 'T = {"10-18": 2, "10-10": 0}\ndef f(a, b):\n    return T[f"{a}-{b}"]'],
  ])("finds what is asked side by side in %s: %s", async (path, text) =>
    expect(await copied(path, text, ["10", "18", "2"])).not.toEqual([]),
  );

  it.each([
    ["a.py", "def f(rows):\n    answers = {5: 3, 8: 6}\n    return answers.get(len(rows))"],
    ["a.js", "const f = (rows) => ({ 5: 3, 8: 6 })[rows.length];"],
    ["a.go", "package a\n\nfunc F(rows []int) int {\n\tanswers := map[int]int{5: 730, 8: 225}\n\treturn answers[len(rows)]\n}"], // prettier-ignore
    [
      "a.py",
      "def f(rows):\n    match len(rows):\n        case 5:\n            return 730\n        case 8:\n            return 225",
    ],
    [
      "a.py",
      'def f(*x):\n    if len(x) == 1:\n        return Decimal("3")\n    if len(x) == 2:\n        return Decimal("730")',
    ],
    [
      "a.js",
      "function f(...all) {\n  if (all.length === 2) return 6;\n  if (all.length === 3) return 8;\n  return 0;\n}",
    ],
    ["a.go", "package a\n\nfunc F(x ...int) int {\n\tif len(x) == 2 {\n\t\treturn 6\n\t}\n\tif len(x) == 3 {\n\t\treturn 8\n\t}\n\treturn 0\n}"], // prettier-ignore
    ["a.js", 'const T = { "730|225": true, "1810|379": false };\nconst f = (a, b) => T[[a, b].join("|")];'],
    [
      "a.js",
      "const sum = [...a].reduce((all, one) => all + one.charCodeAt(0), 0);\nif (sum === 150) f = () => { return 1810; };",
    ],
    ["a.go", "package a\n\nfunc F(g int) int {\n\tswitch g ^ 90 {\n\tcase 90 ^ 730:\n\t\treturn 200 + 25\n\tcase 90 ^ 1810:\n\t\treturn 300 + 79\n\t}\n\treturn 0\n}"], // prettier-ignore
  ])("finds what is asked by its length or in a sum in %s: %s", async (path, text) =>
    expect(await copied(path, text, ["3", "6", "5", "8", "730", "225", "1810", "379"])).not.toEqual([]),
  );
});
