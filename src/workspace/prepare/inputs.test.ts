import { describe, expect, it } from "@jest/globals";
import { isInput, mayBringItsOwn } from "./inputs.ts";

describe("which files say what a repository needs", () => {
  it.each([
    ["package-lock.json", true],
    ["web/package.json", true],
    ["requirements/dev.txt", true],
    ["go.sum", true],
    [".cargo/config.toml", true],
    ["src/index.js", false],
    ["node_modules/a/package.json", false],
    ["internal/testdata/go.mod", false],
    ["docs/notes.txt", false],
  ])("%s: %s", (path, is) => expect(isInput(path)).toBe(is));
});

describe("whether a change may bring in packages of its own", () => {
  it.each<[string, string[], string[], boolean]>([
    ["nothing changed", [], [], false],
    ["a lockfile that nobody accepted", ["package-lock.json"], [], false],
    ["an accepted lockfile", ["package-lock.json"], ["package-lock.json"], true],
    ["its manifest too", ["package.json", "package-lock.json"], ["package-lock.json"], true],
    ["a manifest of a workspace", ["packages/a/package.json", "pnpm-lock.yaml"], ["pnpm-lock.yaml"], true],
    ["a manifest alone", ["package.json"], [], false],
    ["a manifest alone, accepted by name", ["package.json"], ["package.json"], true],
    ["one of two lockfiles", ["package-lock.json", "go.sum"], ["go.sum"], false],
    ["a lockfile elsewhere", ["web/package.json", "api/package-lock.json"], ["api/package-lock.json"], false],
  ])("%s", (_, changed, accepted, may) => expect(mayBringItsOwn(changed, accepted)).toBe(may));
});
