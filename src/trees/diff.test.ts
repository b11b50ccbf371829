import { describe, expect, it } from "@jest/globals";
import type { Blobs, FileMode, Snapshot, TreeFile } from "./tree.ts";
import { blobSha } from "./blob-sha.ts";
import { changedFiles, linesInDiff, unifiedDiff } from "./diff.ts";

type Files = Readonly<Record<string, string | Buffer | [FileMode, string]>>;
const contents = new Map<string, Buffer>();
const blobs: Blobs = {
  get: (sha) => Promise.resolve(contents.get(sha) ?? null),
  put: (one) => Promise.resolve(blobSha(one)),
};

function snapshot(files: Files): Snapshot {
  const tree = new Map<string, TreeFile>();
  for (const [path, value] of Object.entries(files)) {
    const [mode, content] = Array.isArray(value) ? value : (["100644", value] as const);
    const bytes = Buffer.from(content);
    contents.set(blobSha(bytes), bytes);
    tree.set(path, { mode, sha: blobSha(bytes), sizeBytes: bytes.length });
  }
  return { commitSha: "a".repeat(40), treeSha: "b".repeat(40), tree };
}
const diff = (before: Files, after: Files) => changedFiles(snapshot(before), snapshot(after), blobs);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `l${from + index}`);

describe("changedFiles", () => {
  it("counts and numbers the lines of what was added, changed and deleted", async () => {
    const old = `${numbers(1, 20).join("\n")}\n`;
    const files = await diff(
      { "a.txt": old, "gone.txt": "x\ny\n", same: "s" },
      { "a.txt": old.replace("l10\n", "l10b\nl10c\n"), "new.txt": "n\n", same: "s" },
    );
    expect(files.map(({ path, action, added, removed }) => [path, action, added, removed])).toEqual([
      ["a.txt", "change", 2, 1],
      ["gone.txt", "delete", 0, 2],
      ["new.txt", "create", 1, 0],
    ]);
    expect(files[0]?.addedLines).toEqual([
      { line: 10, text: "l10b" },
      { line: 11, text: "l10c" },
    ]);
    expect([...linesInDiff(files[0]!)]).toEqual([7, 8, 9, 10, 11, 12, 13, 14]);
    expect([...linesInDiff(files[1]!)]).toEqual([]);
  });

  it("sees binary files, links and modes", async () => {
    const files = await diff(
      { "a.png": Buffer.from([0, 1]), run: "x\n", l: ["120000", "a"] },
      { "a.png": Buffer.from([0, 2]), run: ["100755", "x\n"], l: ["120000", "b"] },
    );
    expect(files.map(({ path, kind, added }) => [path, kind, added])).toEqual([
      ["a.png", "binary", 0],
      ["l", "binary", 0],
      ["run", "text", 0],
    ]);
    expect(unifiedDiff(files[0]!)).toBe("diff --git a/a.png b/a.png\nBinary files differ\n");
    expect(unifiedDiff(files[2]!)).toBe("diff --git a/run b/run\nold mode 100644\nnew mode 100755\n");
  });

  it("says why nobody could read a file, and never shows it as one without lines", async () => {
    const [file] = await diff({}, { "big.js": "x".repeat(2_000_001) });
    expect(file).toMatchObject({ kind: "binary", unread: "it has more than 2 MB" });
    expect(unifiedDiff(file!)).toContain("Not shown, because nobody could read it: it has more than 2 MB.");
  });

  it("writes what git writes", async () => {
    const [file] = await diff({ a: "1\n2\n3\n" }, { a: "1\nzwei\n3" });
    expect(unifiedDiff(file!)).toBe(
      "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n 1\n-2\n-3\n+zwei\n+3\n\\ No newline at end of file\n",
    );
    expect(file?.addedLines).toEqual([
      { line: 2, text: "zwei" },
      { line: 3, text: "3" },
    ]);
  });

  it("stays quick on a file that was written anew", async () => {
    const files = await diff({ a: numbers(1, 20_000).join("\n") }, { a: numbers(30_000, 50_000).join("\n") });
    expect(files[0]).toMatchObject({ added: 20_001, removed: 20_000 });
  });

  it("throws when a content is missing", async () => {
    const base = snapshot({ a: "gone" });
    contents.delete(base.tree.get("a")?.sha ?? "");
    await expect(changedFiles(base, snapshot({}), blobs)).rejects.toThrow(/not in the blob store/);
  });
});
