import { describe, expect, it } from "@jest/globals";
import { commitsBetween, isAncestor, mergeBase } from "./history.ts";
import { type FileEntry, GitStore } from "./objects.ts";
import { editTree } from "./tree-edit.ts";

const by = { name: "Ada", email: "ada@example.com", date: "2020-01-02T03:04:05Z" };

function filesOf(store: GitStore, texts: Record<string, string>): Map<string, FileEntry> {
  const entries = Object.entries(texts).map(([path, text]) => [path, store.writeBlob(Buffer.from(text))] as const);
  return new Map(entries.map(([path, sha]) => [path, { mode: "100644", sha }]));
}

function commit(store: GitStore, parents: string[], texts: Record<string, string>): string {
  const tree = store.writeFiles(filesOf(store, texts));
  return store.writeCommit({ tree, parents, message: `Commit ${JSON.stringify(texts)}`, author: by, committer: by });
}

describe("objects", () => {
  // Each SHA was computed by git itself: hash-object, write-tree, commit-tree.
  it("have the SHA that git gives them", () => {
    const store = new GitStore();
    expect(store.writeBlob(Buffer.from("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect(store.writeFiles(new Map())).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  });

  it("sort a folder as if its name ended in a slash", () => {
    const store = new GitStore();
    const tree = store.writeFiles(filesOf(store, { "a.txt": "1\n", "a/b.txt": "2\n", "a0.txt": "3\n" }));
    expect(store.tree(tree).map((entry) => entry.name)).toEqual(["a.txt", "a", "a0.txt"]);
    expect(tree).toBe("1c44d02181b6632ce0323948132fd13c8dd25e2d");
    const sha = store.writeCommit({ tree, parents: [], message: "First\n", author: by, committer: by });
    expect(sha).toBe("b83f1966f35a66e33b22f0932c8664056fc9d669");
  });
});

describe("history", () => {
  const store = new GitStore();
  const root = commit(store, [], { a: "1" });
  const left = commit(store, [root], { a: "2" });
  const right = commit(store, [root], { a: "1", b: "1" });
  const merged = commit(store, [left, right], { a: "2", b: "1" });
  const stranger = commit(store, [], { c: "1" });

  it("finds what two commits have in common", () => {
    expect(mergeBase(store, left, right)).toBe(root);
    expect(mergeBase(store, merged, right)).toBe(right);
    expect(mergeBase(store, left, stranger)).toBeNull();
  });

  it("lists what one has and the other lacks, parents first", () => {
    expect(commitsBetween(store, left, merged).map(({ sha }) => sha)).toEqual([right, merged]);
    expect(isAncestor(store, root, merged)).toBe(true);
    expect(isAncestor(store, merged, root)).toBe(false);
  });
});

describe("edits of a tree", () => {
  const store = new GitStore();
  const blob = store.writeBlob(Buffer.from("new"));
  const base = filesOf(store, { "a/b.txt": "1", "c.txt": "2" });
  const edit = (path: string, sha: string | null) => editTree(store, base, [{ path, mode: "100644", sha }]);
  const paths = (edited: ReturnType<typeof edit>) =>
    "refused" in edited ? edited.refused : [...edited.keys()].toSorted();

  it.each([
    ["adds", "d.txt", blob, ["a/b.txt", "c.txt", "d.txt"]],
    ["deletes", "c.txt", null, ["a/b.txt"]],
    ["deletes a folder", "a", null, ["c.txt"]],
    ["puts a file in a folder's place", "a", blob, ["a", "c.txt"]],
    ["puts a folder in a file's place", "c.txt/d", blob, ["a/b.txt", "c.txt/d"]],
    ["refuses to delete what is not there", "x", null, "GitRPC::BadObjectState"],
    ["refuses an unknown object", "x", "0".repeat(40), `tree.sha ${"0".repeat(40)} is not a valid blob`],
    ["refuses to climb out", "../x", blob, "tree.path contains a malformed path component"],
    ["refuses git's own folder", "a/.GIT/config", blob, "tree.path contains a malformed path component"],
  ])("%s", (_what, path, sha, expected) => {
    expect(paths(edit(path, sha))).toEqual(expected);
  });
});
