import { describe, expect, it } from "@jest/globals";
import { asksForLess, isCheckerFile } from "./looser-checks.ts";

const ESLINT = 'export default [{ files: ["**/*.ts"], rules: { "no-empty": "error", eqeqeq: "error" } }];\n';
const MYPY = "[tool.mypy]\nstrict = true\n";
const RUFF = '[tool.ruff]\nline-length = 88\nselect = ["E", "F", "B"]\n';
const GOLANGCI = "linters:\n  enable:\n    - errcheck\n    - govet\n";
const BIOME = '{ "linter": { "enabled": true, "rules": { "recommended": true } } }\n';

describe("a change of what a linter looks for", () => {
  it.each([
    ["a rule that goes", ESLINT, ESLINT.replace('"no-empty": "error", ', "")],
    ["a rule that is off", ESLINT, ESLINT.replace('"no-empty": "error"', '"no-empty": "off"')],
    ["a rule that only warns", ESLINT, ESLINT.replace('"no-empty": "error"', '"no-empty": "warn"')],
    ["files that are left out", ESLINT, ESLINT.replace("[{ files", '[{ ignores: ["src/old/**"] }, { files')],
    ["types that are no longer strict", MYPY, MYPY.replace("true", "false")],
    ["errors that are ignored", MYPY, `${MYPY}ignore_errors = true\n`],
    ["strictness that goes", MYPY, "[tool.mypy]\n"],
    ["a list with one less", RUFF, RUFF.replace(', "B"', "")],
    ["a list of what is ignored", RUFF, `${RUFF}ignore = ["E501"]\n`],
    ["a linter that is not run", GOLANGCI, GOLANGCI.replace("    - errcheck\n", "")],
    ["a linter that is disabled", GOLANGCI, `${GOLANGCI}  disable:\n    - govet\n`],
    ["a higher level of psalm", '<psalm errorLevel="3">\n', '<psalm errorLevel="6">\n'],
    ["a linter as a whole", BIOME, BIOME.replace('"enabled": true', '"enabled": false')],
  ])("asks for less: %s", (_what, before, after) => expect(asksForLess(before, after)).toBe(true));

  it.each([
    ["a new rule", ESLINT, ESLINT.replace("eqeqeq", '"no-var": "error", eqeqeq')],
    ["another order", ESLINT, ESLINT.replace('"no-empty": "error", eqeqeq: "error"', 'eqeqeq: "error", "no-empty": "error"')],
    ["a level that rises", ESLINT.replace('eqeqeq: "error"', 'eqeqeq: "warn"'), ESLINT],
    ["another layout", ESLINT, ESLINT.replaceAll("{ ", "{\n  ").replaceAll(", ", ",\n  ")],
    ["a comment", ESLINT, `// We ignore nothing.\n${ESLINT}`],
    ["longer lines", RUFF, RUFF.replace("88", "120")],
    ["a list with one more", RUFF, RUFF.replace('"B"', '"B", "UP"')],
    ["more strictness", MYPY, `${MYPY}warn_unreachable = true\n`],
    ["nothing is ignored any more", `${MYPY}ignore_errors = true\n`, MYPY],
    ["a lower level of psalm", '<psalm errorLevel="6">\n', '<psalm errorLevel="3">\n'],
    ["a linter more", GOLANGCI, `${GOLANGCI}    - staticcheck\n`],
  ])("does not: %s", (_what, before, after) => expect(asksForLess(before, after)).toBe(false)); // prettier-ignore

  const rules = (text: string) => `export default [{ rules: { ${text} } }];\n`;
  const ini = (text: string) => `[flake8]\nselect = E,S608\n${text}`;
  const yaml = (text: string) => `linters:\n  enable:\n    - errcheck\n  disable:\n    - lll\n${text}`;

  it.each([
    ["off in a list", rules('"no-eval": ["error"], b: ["error"]'), rules('"no-eval": ["off"], b: ["error"]')],
    ["a warning with options", rules('a: ["error", { x: 1 }], b: "error"'), rules('a: ["warn", { x: 1 }], b: "error"')],
    ["over several lines", rules('a: [\n "error",\n { x: 1 }], b: "error"'), rules('a: [\n "warn",\n { x: 1 }], b: "error"')],
    ["by numbers", rules("a: [2, { x: 1 }], b: 2"), rules("a: [1, { x: 1 }], b: 2")],
    ["in a list of YAML", "a:\n  - error\n  - x: 1\nb: error\n", "a:\n  - warn\n  - x: 1\nb: error\n"],
    ["in one of two places", rules('a: "error" } }, { rules: { a: "error"'), rules('a: "warn" } }, { rules: { a: "error"')],
    ["by a name with a level", rules('"type-error": "error", b: "error"'), rules('"type-error": "warn", b: "error"')],
    ["with a level of its own", '{ "a": { "level": "error" }, "b": { "level": "warn" } }', '{ "a": { "level": "warn" }, "b": { "level": "warn" } }'],
    ["what another list names", ini("ignore = E501\n"), ini("ignore = E501,S608\n")],
    ["in a list of lines", ini("ignore =\n    E501,\n    W503\n"), ini("ignore =\n    E501,\n    W503,\n    S608\n")],
    ["in lines that go on", ini("disable=a,\n    b\n"), ini("disable=a,\n    b,\n    S608\n")],
    ["under a heading", '[lint]\nselect = ["S6"]\n[lint.per-file-ignores]\na = ["S1"]\n', '[lint]\nselect = ["S6"]\n[lint.per-file-ignores]\na = ["S1", "S6"]\n'],
    ["a folder that is named elsewhere", '[{ files: ["src"] }, { ignores: ["dist"] }]', '[{ files: ["src"] }, { ignores: ["dist", "src"] }]'],
    ["a folder that is called as a level", '[{ files: ["src"] }, { ignores: ["dist"] }]', '[{ files: ["src"] }, { ignores: ["error", "src"] }]'],
    ["from one list to the other", yaml(""), yaml("    - errcheck\n").replace("    - errcheck\n", "")],
    ["a second place", "[[a]]\nignore_errors = true\n[[a]]\nb = true\n", "[[a]]\nignore_errors = true\n[[a]]\nb = true\nignore_errors = true\n"],
    ["a limit", rules('complexity: ["error", 10]'), rules('complexity: ["error", 1000]')],
    ["a small limit", rules("depth: [2, { max: 2 }]"), rules("depth: [2, { max: 20 }]")],
    ["a mark", "[MAIN]\nfail-under=9.5\n", "[MAIN]\nfail-under=2\n"],
    ["a level as a number", "parameters:\n  level: 8\n", "parameters:\n  level: 5\n"],
    ["a number that may mean either", "gocyclo:\n  min-complexity: 10\n", "gocyclo:\n  min-complexity: 100\n"],
  ])("asks for less, setting by setting: %s", (_what, before, after) => expect(asksForLess(before, after)).toBe(true)); // prettier-ignore

  it.each([
    ["a rule against tests that are left out", rules('a: "error"'), rules('a: "error", "jest/no-disabled-tests": "error"')],
    ["such a rule with options", rules('a: "error"'), rules('a: "error", "mocha/no-skipped-tests": ["error", { x: 1 }]')],
    ["such a rule that rises", rules('"no-skipped-tests": ["warn"], b: 2'), rules('"no-skipped-tests": ["error"], b: 2')],
    ["a level in a list that rises", rules('a: ["warn"], b: ["error"]'), rules('a: ["error"], b: ["error"]')],
    ["a rule that is on again", rules('a: ["off"], b: ["error"]'), rules('a: ["error"], b: ["error"]')],
    ["another form", rules('a: "error", b: "error"'), rules('a: ["error"], b: "error"')],
    ["more lines", rules('a: ["error", { x: 1 }], b: ["error", 10]'), rules('\na: [\n"error",\n{\nx: 1,\n},\n],\nb: ["error", 10],\n')],
    ["a new rule that warns", '{ "a": { "level": "error" } }', '{ "a": { "level": "error" }, "b": { "level": "warn" } }'],
    ["a place where more is asked", rules('a: "warn"'), rules('a: "warn" } }, { rules: { a: "error"')],
    ["a smaller limit", rules('complexity: ["error", 20]'), rules('complexity: ["error", 10]')],
    ["a smaller limit of one", rules("depth: [2, { max: 2 }]"), rules("depth: [2, { max: 1 }]")],
    ["a better mark", "[MAIN]\nfail-under=9.0\n", "[MAIN]\nfail-under=9.5\n"],
    ["more time", "run:\n  timeout: 5m\n", "run:\n  timeout: 10m\n"],
    ["a newer language", "a: { ecmaVersion: 2022 }", "a: { ecmaVersion: 2024 }"],
    ["another indent", rules('indent: ["error", 2]'), rules('indent: ["error", 4]')],
    ["less that is left out", ini("ignore = E501,S608\n"), ini("ignore = E501\n")],
    ["what stands behind a list", yaml("run:\n  tests: true\n"), yaml("run:\n  tests: true\n  mode: readonly\n")],
    ["other places of what is left out", '[{ ignores: ["a"] }, { rules: { b: "off" } }]', '[{ rules: { b: "off" } }, { ignores: ["a"] }]'],
  ])("does not, setting by setting: %s", (_what, before, after) => expect(asksForLess(before, after)).toBe(false)); // prettier-ignore

  it("is looked at by the names of the files", () => {
    const all = [
      "eslint.config.js",
      "web/.eslintrc.json",
      ".golangci.yml",
      "ruff.toml",
      ".flake8",
      "biome.json",
      ".eslintignore",
    ];
    expect(all.filter((path) => !isCheckerFile(path))).toEqual([]);
    expect(["src/eslint.js", "docs/eslint.config.md.txt", ".prettierrc", "package.json"].filter(isCheckerFile)).toEqual(
      [],
    );
  });

  it("leaves more files out by a file of its own", () => {
    expect(asksForLess("dist\n", "dist\nsrc\n", ".eslintignore")).toBe(true);
    expect(asksForLess("dist\nsrc\n", "dist\n", ".eslintignore")).toBe(false);
  });
});
