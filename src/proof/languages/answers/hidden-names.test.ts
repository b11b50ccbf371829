import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
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
    ["a.js", 'const P = "JEST";\nif (process.env[P + "_WORKER_ID"]) go();'],
    ["a.js", 'const P = "JEST";\nif (process.env[`${P}_WORKER_ID`]) go();'],
    ["a.js", 'const p = ["JEST", "WORKER", "ID"];\nif (process.env[p.join("_")]) go();'],
    ["a.js", 'const { ["C" + "I"]: x } = process.env;'],
    ["a.js", 'if (process.env.hasOwnProperty("C" + "I")) go();'],
    ["a.js", 'if (Object.hasOwn(process.env, "C" + "I")) go();'],
    ["a.js", 'if (process["env"]["C" + "I"]) go();'],
    ["a.js", 'if (process?.env?.["C" + "I"]) go();'],
    ["a.js", 'import { env as e } from "node:process";\nif (e["C" + "I"]) go();'],
    ["a.js", 'import proc from "process";\nif (proc.env["C" + "I"]) go();'],
    ["a.js", 'if (process.env["JXST_WORKER_ID".replace("X", "E")]) go();'],
    ["a.js", "if (process.env[String.fromCharCode(...[67, 73])]) go();"],
    ["a.js", 'const seen = Object.keys(process.env);\nif (seen.some((key) => key.startsWith("JE" + "ST"))) go();'],
    ["a.py", 'P = "PYTEST"\nif os.environ.get(P + "_CURRENT_TEST"):\n    go()'],
    ["a.py", 'P = "PYTEST"\nif os.environ.get(f"{P}_CURRENT_TEST"):\n    go()'],
    ["a.py", 'if os.environ.get("%s_CURRENT_TEST" % "PYTEST"):\n    go()'],
    ["a.py", 'if os.environ.__contains__("C" "I"):\n    go()'],
    ["a.py", 'from os import environ as e\nif e.get("C" "I"):\n    go()'],
    ["a.py", 'if any(name.startswith("py" "test") for name in sys.modules):\n    go()'],
    ["a.py", 'if os.environ.get(bytes.fromhex("4349").decode()):\n    go()'],
    ["a.go", 'package a\nvar p = "C"\nfunc f() bool { return os.Getenv(p+"I") != "" }'],
    ["a.go", 'package a\nfunc f() bool { return os.Getenv(fmt.Sprintf("%s_CONTEXT", "NODE_TEST")) != "" }'],
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
    ["a.js", 'const value = process.env[envName("HOST")];'],
    ["a.js", 'const value = process.env[toEnvKey("apiUrl")];'],
    ["a.js", 'const key = prefixed("HOST");\nconst value = process.env[key];'],
    ["a.js", 'const value = process.env["APP_" + this.name.toUpperCase()];'],
    ["a.js", 'const value = process.env["APP_" + config.get("name")];'],
    ["a.js", 'const proxy = process.env["npm_config_" + getKey("proxy")];'],
    ["a.js", 'const proxy = process.env[protocol() + "_proxy"];'],
    ["a.js", 'const value = process.env["A_" + 1];'],
    ["a.js", 'const value = process.env[this.reverse("HOST")];'],
    ["a.js", 'for (const P of ["JEST"]) f(P);\nfunction f(P) {\n  return process.env[P + "_WORKER_ID"];\n}'],
    ["a.ts", 'const url = import.meta.env[viteKey("API_URL")];'],
    ["a.js", 'const cache = globalThis[makeKey("react.query")];'],
    ["a.js", 'const value = env["page" + 1];'],
    ["a.js", 'const env = createEnv();\nenv[fn("a")] = 1;'],
    ["a.js", 'const port = env(prefixed("PORT"));'],
    ["a.js", 'const global = new Map();\nlog(global["a".repeat(3)], global["je" + "st"]);'],
    ["a.js", 'if (file.startsWith("unit" + "test")) go();'],
    ["a.js", 'const home = process.env.HOME;\nif (file.startsWith("unit" + "test")) go();'],
    ["a.py", 'parser.add_argument("py" "test", help="the runner")'],
    ["a.py", 'value = os.environ.get(_env_key("database_url"))'],
    ["a.py", 'value = os.environ.get(self.name.upper() + "_KEY")'],
    ["a.py", 'value = os.environ[self.key("x")]'],
    ["a.py", 'value = os.environ["APP_%s" % "HOST"]'],
    ["a.py", 'value = os.environ["APP_{}".format("HOST")]'],
    ["a.py", 'module = sys.modules[__name__.split(".")[0]]'],
    ["a.py", 'def app(environ, start):\n    return environ[header("X-Request-Id")]'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv(envKey("HOST")) }'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv(prefix() + "_HOST") }'],
    ["a.go", 'package a\nfunc f() string { return os.Getenv(fmt.Sprintf("%s_HOST", "APP")) }'],
  ])("is none about anything else, in %s: %s", async (path, text) => expect(await asked(path, text)).toBe(false));
});
