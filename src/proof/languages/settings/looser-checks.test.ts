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
    ["a linter more", GOLANGCI, `${GOLANGCI}    - staticcheck\n`],
  ])("does not: %s", (_what, before, after) => expect(asksForLess(before, after)).toBe(false)); // prettier-ignore

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
