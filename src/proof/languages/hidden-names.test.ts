import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../trees/diff.ts";
import { openSyntax } from "./parser.ts";
import { asksForTests } from "./test-aware.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const asked = async (path: string, text: string) => {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const file = { path, addedLines, before: "", after: text } as unknown as FileDiff;
  return asksForTests(file, await syntax.parse(path, text)).length > 0;
};

describe("a name of the surroundings that is put together", () => {
  it.each<[path: string, text: string]>([
    ["a.js", 'const env = globalThis[["pro", "cess"].join("")].env;'],
    ["a.js", 'if (process.env["C" + "I"]) go();'],
    ["a.js", 'if (process.env[["NODE", "ENV"].join("_")] === "te" + "st") go();'],
    ["a.js", 'const key = "JEST_" + "WORKER_ID";\nif (key in process.env) go();'],
    ["a.js", 'const { env } = process;\nif (env["node_test_context".toUpperCase()]) go();'],
    ["a.js", 'if (Object.keys(process.env).some((key) => key.startsWith("NODE_" + "TEST"))) go();'],
    ["a.js", 'if (Reflect.get(globalThis, "je" + "st")) go();'],
    ["a.js", 'if (process.env[atob("Q0k=")]) go();'],
    ["a.ts", 'if (import.meta.env["VI" + "TEST"]) go();'],
    ["a.py", 'if os.environ.get("_".join(("PYTEST", "CURRENT", "TEST"))):\n    go()'],
    ["a.py", 'if os.environ.get("PYTEST_" "CURRENT_TEST"):\n    go()'],
    ["a.py", 'NAME = "pytest_current_test".upper()\nif NAME in os.environ:\n    go()'],
    ["a.py", 'if "unit" + "test" in sys.modules:\n    go()'],
    ["a.py", 'if os.getenv("IC"[::-1]):\n    go()'],
    ["a.py", 'if any(map(str.startswith, sys.modules, itertools.repeat("unit" "test"))):\n    go()'],
    ["a.go", 'package a\nfunc f() bool { return os.Getenv("C"+"I") != "" }'],
    ["a.go", 'package a\nfunc f() bool { return flag.Lookup(strings.Join([]string{"test", "v"}, ".")) != nil }'],
  ])("is a question about the tests, in %s: %s", async (path, text) => expect(await asked(path, text)).toBe(true));

  it.each<[path: string, text: string]>([
    ["a.js", 'const value = process.env["APP_" + name];'],
    ["a.js", 'const value = process.env[["APP", "HOST"].join("_")];'],
    ["a.js", "const value = process.env[name.toUpperCase()];"],
    ["a.js", 'const known = globalThis[Symbol.for("cache.of.pages")];'],
    ["a.js", 'const vars = Object.keys(process.env).filter((key) => key.startsWith("VITE_" + "APP"));'],
    ["a.js", 'const value = scope["a" + "b"];'],
    ["a.js", 'const runner = ["jest", "vitest"].join(" or ");'],
    ["a.js", 'const title = text.startsWith("py" + "test");'.replace("py", "Te")],
    ["a.py", 'value = os.environ.get(f"APP_{name}")'],
    ["a.py", 'value = os.environ.get("_".join(("APP", "HOST")))'],
    ["a.py", 'value = os.environ.get("_".join(parts).upper())'],
    ["a.py", 'value = os.environ.get("DATABASE_URL", "sqlite:" + "//")'],
    ["a.py", 'known = "json" in sys.modules'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv("APP_" + name) }'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv(strings.ToUpper(prefix) + "_HOST") }'],
  ])("is none about anything else, in %s: %s", async (path, text) => expect(await asked(path, text)).toBe(false));
});
