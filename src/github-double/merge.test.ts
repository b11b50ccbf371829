import { describe, expect, it } from "@jest/globals";
import { changedFiles, followLine, hunkAt, patchText } from "./diff.ts";
import { mergeFiles } from "./merge.ts";
import { type FileEntry, GitStore } from "./objects.ts";

const store = new GitStore();

function files(texts: Record<string, string | Buffer>): Map<string, FileEntry> {
  return new Map(
    Object.entries(texts).map(([path, text]) => [path, { mode: "100644", sha: store.writeBlob(Buffer.from(text)) }]),
  );
}

const LINES = "one\ntwo\nthree\nfour\nfive\n";

describe("three-way merge", () => {
  const merge = (base: Record<string, string>, ours: Record<string, string>, theirs: Record<string, string>) => {
    const merged = mergeFiles(store, files(base), files(ours), files(theirs));
    if (merged.outcome === "conflict") return merged.paths;
    return Object.fromEntries([...merged.files].map(([path, { sha }]) => [path, store.blob(sha).toString()]));
  };

  it("keeps what both sides did to different files and different lines", () => {
    const ours = { a: LINES.replace("one", "ONE"), ours: "1" };
    const theirs = { a: LINES.replace("five", "FIVE"), theirs: "2" };
    const both = { a: LINES.replace("one", "ONE").replace("five", "FIVE"), ours: "1", theirs: "2" };
    expect(merge({ a: LINES }, ours, theirs)).toEqual(both);
  });

  it.each([
    ["the same line changed differently", { a: LINES }, { a: "ONE\n" }, { a: "Two\n" }, ["a"]],
    ["changed here, deleted there", { a: LINES }, { a: "ONE\n" }, {}, ["a"]],
    ["added on both sides differently", {}, { a: "1" }, { a: "2" }, ["a"]],
    ["a file here, a folder there", {}, { a: "1" }, { "a/b": "2" }, ["a"]],
    ["the same change on both sides", { a: LINES }, { a: "x" }, { a: "x" }, { a: "x" }],
    ["deleted here, untouched there", { a: "1", b: "2" }, { b: "2" }, { a: "1", b: "2" }, { b: "2" }],
    ["binary changed on both sides", { a: "\0a" }, { a: "\0b" }, { a: "\0c" }, ["a"]],
  ])("%s", (_what, base, ours, theirs, expected) => {
    expect(merge(base, ours, theirs)).toEqual(expected);
  });
});

describe("changed files", () => {
  it("are named with what happened to them", () => {
    const before = files({ gone: "1\n", kept: "2\n", edited: LINES, old: "the same text\n", binary: "\0a" });
    const now = { kept: "2\n", edited: LINES.replace("two", "2"), new: "the same text\n", added: "4", binary: "\0b" };
    const found = changedFiles(store, before, files(now));
    expect(found.map(({ path, status, additions, deletions }) => [path, status, additions, deletions])).toEqual([
      ["added", "added", 1, 0],
      ["binary", "modified", 0, 0],
      ["edited", "modified", 1, 1],
      ["gone", "removed", 0, 1],
      ["new", "renamed", 0, 0],
    ]);
    expect(patchText(found[0]?.hunks ?? [])).toBe("@@ -0,0 +1 @@\n+4\n\\ No newline at end of file");
    expect(patchText(found[2]?.hunks ?? [])).toBe("@@ -1,5 +1,5 @@\n one\n-two\n+2\n three\n four\n five");
    expect(patchText(found[1]?.hunks ?? [])).toBeUndefined();
  });

  it("show only the lines around a change", () => {
    const long = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join("\n");
    const [change] = changedFiles(store, files({ a: long }), files({ a: long.replace("line 15", "changed") }));
    if (!change) throw new Error("nothing changed");
    const lines = [11, 12, 15, 18, 19].map((line) => hunkAt(change, "RIGHT", line) !== null);
    expect(lines).toEqual([false, true, true, true, false]);
  });
});

describe("following a line through a change", () => {
  it.each([
    ["above an insertion", "one\ntwo\n", "one\nnew\ntwo\n", 1, 1],
    ["below an insertion", "one\ntwo\n", "one\nnew\ntwo\n", 2, 3],
    ["below a deletion", "one\ntwo\nthree\n", "two\nthree\n", 3, 2],
    ["changed itself", "one\ntwo\n", "one\nTWO\n", 2, null],
  ])("%s", (_what, before, after, line, expected) => {
    expect(followLine(before, after, line)).toBe(expected);
  });
});
