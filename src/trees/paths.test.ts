import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkPath, foldPath, staysInside } from "./paths.ts";

const GIT_SPELLINGS = [
  ".git",
  ".GIT",
  ".Git",
  ".gIt",
  ".giT",
  ".git.",
  ".git..",
  ".git ",
  ".git. .",
  ".GIT ",
  "git~1",
  "GIT~1",
  "git~2",
  ".git~1",
  "Git~12",
  ".git::$INDEX_ALLOCATION",
  ".git:stream",
  ".git\\config",
  ".\u200cgit",
  ".g\u200dit",
  ".gi\u200et",
  ".git\u200f",
  "\u202a.git",
  ".\u202bgit",
  ".\u202cgit",
  ".\u202dgit",
  ".\u202egit",
  ".\u206agit",
  ".\u206bgit",
  ".\u206cgit",
  ".\u206dgit",
  ".\u206egit",
  ".\u206fgit",
  "\ufeff.git",
  ".git\u00ad",
  ".git\u0000",
  ".git\u0001",
  ".git\t",
  ".git\n",
  ".git\u2060",
];

describe("checkPath", () => {
  it.each([
    "README.md",
    "src/a.ts",
    ".github/coop.yml",
    ".gitignore",
    "a b/c.txt",
    "git/x",
    "docs/é.md",
    "docs/~/x",
    "Meeting%20Notes%20May.md",
    "docs/%E4%BD%A0.md",
    "skeleton/${{values.name}}/a.yaml",
    "%u00e4.md",
  ])("takes %j", (path) => expect(checkPath(path)).toEqual({ outcome: "ok", path }));

  it.each([
    "",
    "/etc/passwd",
    "../x",
    "a/../b",
    "a/./b",
    "a//b",
    "a/",
    "c:x",
    "a\\b",
    "a\u0000b",
    "x.",
    "x ",
    "a/b./c",
    "~/x",
    "~root/x",
  ])("refuses %j with a sentence", (path) =>
    expect(checkPath(path)).toEqual({ outcome: "refused", why: expect.stringMatching(/^[A-Z].*\.$/) }),
  );

  it.each(GIT_SPELLINGS)("refuses %j at every depth", (name) => {
    for (const path of [name, `${name}/config`, `sub/${name}`, `sub/${name}/hooks/pre-commit`])
      expect(checkPath(path).outcome).toBe("refused");
  });

  it("gives the composed form of a decomposed name", () => {
    expect(checkPath("cafe\u0301.md")).toEqual({ outcome: "ok", path: "caf\u00e9.md" });
  });

  const part = fc.oneof(
    fc.constantFrom("..", ".", "", "a", "src", "C:", "~", " ", "a.", "\\", "\u0000", "é", "e\u0301", ...GIT_SPELLINGS),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  const paths = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));

  it("lets nothing through that could be another place", () => {
    fc.assert(
      fc.property(paths, (path) => {
        const check = checkPath(path);
        if (check.outcome === "refused") return;
        expect(staysInside(check.path)).toBe(true);
        expect(check.path).not.toMatch(/[\\:\p{Cc}\p{Cf}\p{Cs}]|^\/|\/$|\/\/|[. ](\/|$)/u);
        for (const name of check.path.split("/")) expect(foldPath(name)).not.toMatch(/^(\.git|\.?git~\d+)$/);
        expect(checkPath(check.path)).toEqual(check);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("staysInside", () => {
  it.each(["a:b", "odd ", "x/y."])("leaves a repository's own odd name %j alone", (path) =>
    expect(staysInside(path)).toBe(true),
  );
  it.each(["..", "a/../../b", "/x", "a//b", "x\u0000", ".git/config", "a/.GIT/x"])("refuses %j", (path) =>
    expect(staysInside(path)).toBe(false),
  );
});
