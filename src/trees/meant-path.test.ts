import { describe, expect, it } from "@jest/globals";
import { meantPath, newPathMeant } from "./meant-path.ts";

const PATHS = new Set(["src/x.js", "a/y.js", "y.js", "README.md", "Readme.md", "docs/cafe\u0301.md", "w:1"]);

describe("meantPath", () => {
  it.each([
    ["src/x.js", "src/x.js"],
    ["./src/x.js", "src/x.js"],
    ["/src/x.js", "src/x.js"],
    ["`src/x.js`", "src/x.js"],
    ['"src/x.js"', "src/x.js"],
    [" src/x.js\n", "src/x.js"],
    ["src\\x.js", "src/x.js"],
    ["a/src/x.js", "src/x.js"],
    ["b/src/x.js", "src/x.js"],
    ["src/x.js:12", "src/x.js"],
    ["src/x.js:12:3", "src/x.js"],
    ["src/x.js#L4-L9", "src/x.js"],
    ["SRC/X.js", "src/x.js"],
    ["a/y.js", "a/y.js"],
    ["b/y.js", "y.js"],
    ["docs/caf\u00e9.md", "docs/cafe\u0301.md"],
    ["w:1", "w:1"],
    ["readme.md", null],
    ["Readme.md", "Readme.md"],
    ["src/z.js", null],
    ["", null],
  ])("%j means %j", (said, meant) => expect(meantPath(said, PATHS)).toBe(meant));
});

describe("newPathMeant", () => {
  it.each([
    ["./lib/new.js", "lib/new.js"],
    ["`lib/new.js`", "lib/new.js"],
    ["a/new.js", "a/new.js"],
    ["../new.js", "../new.js"],
  ])("%j is %j", (said, path) => expect(newPathMeant(said)).toBe(path));
});
