import { describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { changedTestSettings, oldFolders } from "./test-settings.ts";

/** Which changes of ordinary files decide how code is tested, and which are everyday work. */
const OLD = ["tests/test_a.py", "web/test/a.test.js", "store/store_test.go", "lib/b.py"];
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const of = (path: string, before: string, after: string) => {
  const was = new Set(before.split("\n"));
  const addedLines = after.split("\n").flatMap((text, at) => (was.has(text) ? [] : [{ line: at + 1, text }]));
  const file = { ...changedFile(path, before, after), addedLines };
  return changedTestSettings(file, oldFolders(OLD, [file]));
};
const manifest = (before: object, after: object) => of("web/package.json", json(before), json(after));
const LOOSER = "what a linter or a type checker looks for";

describe("in a package.json", () => {
  const SCRIPTS = { scripts: { test: "node --test", start: "node ." } };
  it.each<[string, object, object, readonly string[]]>([
    ["a script that was there", SCRIPTS, { scripts: { ...SCRIPTS.scripts, start: "node x" } }, ['the script "start"']],
    ["a script that goes", SCRIPTS, { scripts: { start: "node ." } }, ['the script "test"']],
    ["a script that npm runs by itself", SCRIPTS, { scripts: { ...SCRIPTS.scripts, pretest: "x" } }, ['the script "pretest"']],
    ["a first script for tests", {}, { scripts: { test: "true" } }, ['the script "test"']],
    ["a script of a new name", SCRIPTS, { scripts: { ...SCRIPTS.scripts, lint: "x" } }, []],
    ["a version, a dependency", { ...SCRIPTS, version: "1" }, { ...SCRIPTS, version: "2", dependencies: { a: "1" } }, []],
    ["the settings of a runner", { jest: { bail: 1 } }, { jest: { bail: 0 } }, ['the settings "jest"']],
    ["another package in the place of one", {}, { overrides: { a: "2" } }, ['the settings "overrides"']],
    ["the same settings", { jest: { bail: 1 } }, { jest: { bail: 1 } }, []],
    ["where an import leads", { imports: { "#a": "./a.js" } }, { imports: { "#a": "./b.js" } }, ["where `imports` lead"]],
    ["an import that goes", { imports: { "#a": "./a.js" } }, {}, ["where `imports` lead"]],
    ["an import under an old pattern", { imports: { "#a/*": "./a/*" } }, { imports: { "#a/*": "./a/*", "#a/b": "./c" } }, ["where `imports` lead"]],
    ["an import of a new name", { imports: { "#a/*": "./a/*" } }, { imports: { "#a/*": "./a/*", "#b": "./b" } }, []],
    ["an import beside a pattern for everything", { imports: { "*": "./a" } }, { imports: { "*": "./a", "#b": "./b" } }, []],
    ["an import whose pattern is new", { imports: { "#b": "./b" } }, { imports: { "#b": "./b", "#a/*": "./a/*" } }, []],
  ])("%s", (_what, before, after, found) => expect(manifest(before, after)).toEqual(found)); // prettier-ignore

  it("everything, where it can no longer be read", () => {
    const broken = ["it cannot be read any more"];
    expect(of("package.json", json(SCRIPTS), "{")).toEqual(broken);
    expect(of("package.json", json(SCRIPTS), "[]\n")).toEqual(broken);
    expect(of("package.json", json(SCRIPTS), "null\n")).toEqual(broken);
    expect(of("package.json", json(SCRIPTS), "7\n")).toEqual(broken);
    expect(of("package.json", "{", json(SCRIPTS))).toEqual([]);
  });

  it("nothing, where it is new or no text", () => {
    expect(of("package.json", "", json({ scripts: { test: "true" } }))).toEqual([]);
    expect(of("web/package.json", "", "{")).toEqual([]);
    const binary = { ...changedFile("package.json", json(SCRIPTS), "{"), kind: "binary" as const };
    expect(changedTestSettings(binary, oldFolders([], []))).toEqual([]);
  });
});

describe("in other files", () => {
  const MOD = "module a\n\ngo 1.22\n";
  const TOML = '[project]\nname = "a"\n\n[tool.pytest.ini_options]\naddopts = "-x"\n\n[tool.mypy]\nstrict = true\n';
  it.each<[string, string, string, string, readonly string[]]>([
    ["other code for a module", "go.mod", MOD, `${MOD}\nreplace b => ../b\n`, ["a `replace`"]],
    ["other code in a block", "go.mod", MOD, `${MOD}\nreplace (\n\tb => ../b\n)\n`, ["a `replace`"]],
    ["one more module", "go.mod", MOD, `${MOD}\nrequire b v1.0.0\n`, []],
    ["the options of pytest", "pyproject.toml", TOML, TOML.replace("-x", "-k a"), ['the part "tool.pytest.ini_options"']],
    ["white space behind them", "pyproject.toml", TOML, TOML.replace('"-x"', '"-x"  '), []],
    ["the project's name", "pyproject.toml", TOML, TOML.replace('"a"', '"b"'), []],
    ["types that are less strict", "pyproject.toml", TOML, TOML.replace("true", "false"), [LOOSER]],
    ["types that are stricter", "pyproject.toml", TOML.replace("true", "false"), TOML, []],
    ["how tests are built", "Cargo.toml", "[profile.test]\ndebug = 1\n", "[profile.test]\ndebug = 0\n", ['the part "profile.test"']],
    ["a test that is no more one", "Cargo.toml", '[[test]]\nname = "a"\n', "[dependencies]\n", ['the part "test"']],
    ["a dependency in Rust", "Cargo.toml", "[dependencies]\n", '[dependencies]\na = "1"\n', []],
    ["a checker's own file", "biome.json", '{ "enabled": true }', '{ "enabled": false }', [LOOSER]],
    ["a checker's own file, stricter", "biome.json", '{ "enabled": false }', '{ "enabled": true }', []],
    ["any other file", "src/a.js", "a\n", "b\n", []],
  ])("%s: %s", (_what, path, before, after, found) => expect(of(path, before, after)).toEqual(found)); // prettier-ignore

  const MAKE = "FLAGS ?= -v\nOUT = a\n\ntest: all\n\tgo test $(FLAGS) ./...\n\nbuild:\n\tgo build -o $(OUT)\n";
  it.each<[string, string, readonly string[]]>([
    ["the target that tests", MAKE.replace("go test", "true"), ['the part "test"']],
    ["a variable of that target", MAKE.replace("-v", "-run X"), ['the variable "FLAGS"']],
    ["a variable of another target", MAKE.replace("= a", "= b"), []],
    ["another target", MAKE.replace("go build", "go install"), []],
    ["what make runs recipes with", `SHELL := /bin/true\n${MAKE}`, ['the variable "SHELL"']],
    ["what more is read", `include more.mk\n${MAKE}`, ['the variable "include"']],
    ["failures that are passed over", `.IGNORE:\n${MAKE}`, ['the variable ".IGNORE"']],
    ["a variable that nobody uses", `MORE = 1\n${MAKE}`, []],
  ])("of make: %s", (_what, after, found) => expect(of("Makefile", MAKE, after)).toEqual(found));
});

it.each([
  ["a remark behind a folder that was ignored already", "./web\n", "./web // of the frontend\n", []],
  ["one folder more", "./web\n", "./web // of the frontend\n\t./store\n", ["what `ignore` leaves out"]],
])("in a go.mod, %s", (_what, before, after, found) =>
  expect(of("go.mod", `module a\n\nignore (\n\t${before})\n`, `module a\n\nignore (\n\t${after})\n`)).toEqual(found),
);

describe("in a new manifest", () => {
  const TOML = '[project]\nname = "a"\n\n[tool.pytest.ini_options]\naddopts = "-k a"\n';
  it.each<[string, string, string, readonly string[]]>([
    ["options of pytest, above old tests", "pyproject.toml", TOML, ['the part "tool.pytest.ini_options"']],
    ["the same beside them", "tests/pyproject.toml", TOML, ['the part "tool.pytest.ini_options"']],
    ["the same in an older file", "tests/setup.cfg", "[tool:pytest]\naddopts = -k a\n", ['the part "tool:pytest"']],
    ["the same in one line", "pyproject.toml", 'tool.pytest.ini_options.addopts = "-k a"\n', ['the part "tool.pytest"']],
    ["the same of a package that is new as well", "more/pyproject.toml", TOML, []],
    ["nothing of a runner", "pyproject.toml", '[project]\nname = "a"\n\n[tool.mypy]\nignore_errors = true\n', []],
    ["which tests jest runs, above old tests", "web/package.json", json({ jest: { testMatch: ["x"] } }), ['the settings "jest"']],
    ["the same of a package that is new as well", "more/package.json", json({ jest: { testMatch: ["x"] } }), []],
    ["where the imports of old tests lead", "web/test/package.json", json({ imports: { "#db": "./fake.js" } }), ["where `imports` lead"]],
    ["how files are read", "web/test/package.json", json({ type: "module" }), []],
    ["a module of its own, with old code in it", "store/go.mod", "module a/store\n", ["which folders `./...` reaches"]],
    ["a module of its own, with new code", "tool/go.mod", "module a/tool\n", []],
    ["the first module of all", "go.mod", "module a\n", []],
  ])("%s: %s", (_what, path, after, found) => expect(of(path, "", after)).toEqual(found)); // prettier-ignore
});

describe("in another spelling", () => {
  const TOML = '[project]\nname = "a"\n';
  const PYTEST = ['the part "tool.pytest"'];
  it.each<[string, string, string, string, readonly string[]]>([
    ["names with quotes", "pyproject.toml", TOML, `${TOML}\n[tool."pytest".ini_options]\naddopts = "-k a"\n`, PYTEST],
    ["names that stand apart", "pyproject.toml", TOML, `${TOML}\n[ tool . pytest . ini_options ]\naddopts = "-k a"\n`, PYTEST],
    ["a heading behind a space", "pyproject.toml", TOML, `${TOML}\n  [tool.pytest.ini_options]\n  addopts = "-k a"\n`, PYTEST],
    ["names in one", "pyproject.toml", TOML, `${TOML}\n[tool]\npytest.ini_options.addopts = "-k a"\n`, PYTEST],
    ["a table in one line", "pyproject.toml", TOML, `${TOML}\n[tool]\npytest = { ini_options = { addopts = "-k a" } }\n`, PYTEST],
    ["other settings in one line", "pyproject.toml", TOML, `${TOML}\n[tool]\nblack = { line-length = 100 }\n`, []],
    ["the same settings", "pyproject.toml", `${TOML}[tool.x]\na = 1\n`, `${TOML}[tool.x]\na = 2\n`, []],
    ["a file that cannot be read", "pyproject.toml", TOML, `${TOML}\n= =\n`, []],
    ["a package whose tests are not looked for", "Cargo.toml", '[package]\nname = "a"\n', '[package]\nname = "a"\nautotests = false\n', ['the part "package.autotests"']],
    ["a package that is left out", "package.json", json({ workspaces: ["p/*"] }), json({ workspaces: ["p/*", "!p/a"] }), ["which packages `workspaces` leaves out"]],
    ["a package more", "package.json", json({ workspaces: { packages: ["p/*"] } }), json({ workspaces: { packages: ["p/*", "q"] } }), []],
  ])("%s: %s", (_what, path, before, after, found) => expect(of(path, before, after)).toEqual(found)); // prettier-ignore

  const IGNORED = ["what `ignore` leaves out"];
  it.each<[string, string, string, readonly string[]]>([
    ["behind a space", "", "  ignore ./store\n", IGNORED],
    ["behind a tab", "", "ignore\t./store\n", IGNORED],
    ["with quotes", "", 'ignore "./store"\n', IGNORED],
    ["in a second block", "ignore (\n\t./web\n)\n", "ignore (\n\t./web\n)\nignore (\n\t./store\n)\n", IGNORED],
    ["in a block of its own now", "ignore ./web\n", "ignore (\n\t./web\n)\n", []],
    ["a module that is excluded", "", "exclude b v1.0.0\nretract v1.0.0\n", []],
    ["a remark", "", "// ignore ./store\n", []],
  ])("of `ignore`: %s", (_what, before, after, found) => {
    expect(of("go.mod", `module a\n${before}`, `module a\n${after}`)).toEqual(found);
  });

  const MAKE = "ci: lint unit\n\nlint:\n\tgolangci-lint run\n\nunit-go:\n\tgo test ./...\n\nall: build unit-go\n\nbench:\n\tgo test -bench . ./...\n\nbuild:\n\tgo build ./...\n"; // prettier-ignore
  it.each<[string, string, readonly string[]]>([
    ["a target of another name that tests", MAKE.replace("go test ./", "go test -run X ./"), ['the part "unit-go"']],
    ["tests that are no longer made with the rest", MAKE.replace("build unit-go", "build"), ['the part "all"']],
    ["more that is made with them", MAKE.replace("build unit-go", "build docs unit-go"), []],
    ["a measurement", MAKE.replace("-bench .", "-bench . -benchmem"), []],
    ["what is built", MAKE.replace("go build", "go build -v"), []],
    ["what a linter looks at", MAKE.replace("golangci-lint run", "golangci-lint run ./..."), []],
  ])("of make: %s", (_what, after, found) => expect(of("Makefile", MAKE, after)).toEqual(found));
});
