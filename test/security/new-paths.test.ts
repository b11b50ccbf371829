import { describe, expect, it } from "@jest/globals";
import { newPathProblem } from "../../src/trees/new-path.ts";
import { checkPath, staysInside } from "../../src/trees/paths.ts";

/** Names that some file system, shell or reader takes for another file than they say. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  "the repository's own folder": [
    ".ｇｉｔ/x",
    "．git/x",
    ".gıt/x",
    ".GİT/x",
    ".gi\u0300t/x",
    ".git\u00a0/x",
    "GI7EB~1/x",
    "gi7d29~1",
  ],
  "another file's short name": ["GITMOD~1", "a/PACKAG~1.JSO"],
  "a device": ["con", "CON.txt", "a/nul", "aux.js", "COM1", "lpt9.md", "COM\u00b9.txt", "a/prn.", "CONIN$", "clock$"],
  "the folder above": ["‥/x", "．．/x", "․․/x", "a/.. /b", "..\u00a0/x", "..;/x", "%2e%2e/x", "..%2fx", "a/%2E%2E/b"],
  "a folder that is none": ["a⁄b", "a∕b", "a／b", "a＼b"],
  "a device behind blanks": ["con .txt", "a/aux .c"],
  "a sign of no file": ["a\uf03ab", "a\u2800b", "a\u{1d159}", "%252e%252e/x", "%c0%ae%c0%ae/x"],
  "a repository inside": ["docs/HEAD", "HEAD", "a/head"],
  "another one by a variable": ["${HOME}/x", "%USERPROFILE%/x"],
  "a dot by another sign": ["a/．/b", "a/%uff0e%uff0e/b"],
  "a command": ["src/`id`.ts", "a;rm", "$(id)/a.ts"],
  "somebody's home": ["~/x", "~", "~root/x", "～/x", "~/.ssh/authorized_keys"],
  "the repository's own folder to a reader": [".ɢɪᴛ/x", ".ցіt/config", ".gіt/hooks/x"],
  "an option": ["-rf", "--upload-pack=x", "src/-o"],
  "nothing on Windows": [" a", "\u00a0a", "a?b", "*.ts", "a<b", "a>b", 'a"b', "a|b"],
};

/** Two spellings that are one file on some disk. */
const TWINS = [
  ["STRASSE.ts", "straße.ts"],
  ["\ufb01le.ts", "file.ts"],
  ["\u1e9e.ts", "ss.ts"],
  ["STRA\u1e9eE.ts", "strasse.ts"],
  ["\u017f.ts", "s.ts"],
  ["\u03a3.ts", "\u03c2.ts"],
  ["\u212a.ts", "k.ts"],
  // Letters of another alphabet, which no reader tells from ours.
  ["src/\u0430.ts", "src/a.ts"],
  ["\u0455r\u0441/index.ts", "src/index.ts"],
  ["d\u03bfcs/x.md", "docs/x.md"],
  ["lo\u0261.ts", "log.ts"],
  ["т.ts", "t.ts"],
  ["Н.ts", "H.ts"],
  ["Τ.ts", "T.ts"],
  ["ρath.ts", "path.ts"],
  ["ʀᴇᴀᴅᴍᴇ.md", "readme.md"],
  ["ʟib/x.ts", "lib/y.ts"],
  ["ƅin/x", "bin/y"],
  ["ꓮ.ts", "A.ts"],
  ["Caf\u00e9.ts", "cafe\u0301.ts"],
] as const;

describe("a new path", () => {
  it.each(Object.entries(OTHERS))("is never %s", (_what, paths) =>
    expect(paths.filter((path) => checkPath(path).outcome === "ok")).toEqual([]),
  );

  it.each(TWINS)("is never a second spelling: %s beside %s", (path, other) =>
    expect(newPathProblem(path, [other]).outcome).toBe("refused"),
  );

  it.each([
    "src/[id].tsx",
    "a b.md",
    "docs/Straße.md",
    "x~.txt",
    "condor.ts",
    "auxiliary.js",
    "a-b/c--d",
    "..a",
    "50%.md",
    "routes/$id.tsx",
    "HEAD.ts",
    "src/components/Head/index.tsx",
    "src/headers",
    "docs/привет.md",
    "docs/λόγος.md",
    "docs/тест.md",
    "a/~x",
    "a~b.txt",
    "100%.md",
  ])("may be %s", (path) => expect(checkPath(path).outcome).toBe("ok"));

  it("that stands in a repository already is its own business, unless git would run it", () => {
    expect(["a?b", "CON.txt", "-rf"].map(staysInside)).toEqual([true, true, true]);
    expect([".gıt/x", ".ｇｉｔ/config"].map(staysInside)).toEqual([false, false]);
  });
});
