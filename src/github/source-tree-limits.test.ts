import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { type Blobs, TREE_BYTES_MAX } from "../trees/tree.ts";
import type { Client } from "./client.ts";
import { snapshotReader } from "./source-tree.ts";

/** What is asked for one snapshot: how a tree is listed, which contents are fetched, in which way, and what is kept. */
type Raw = { path?: string; mode?: string; type?: string; sha?: string | null; size?: number };
const hash = (name: string, text: string) => createHash(name).update(`blob ${text.length}\0${text}`).digest("hex");
const sha1 = (text: string) => hash("sha1", text);
const blob = (text: string, size = text.length): Raw => ({ path: text, mode: "100644", type: "blob", sha: sha1(text), size }); // prettier-ignore
const many = (count: number, size?: number) => Array.from({ length: count }, (_, at) => blob(`file ${at}`, size));

/** @param trees by SHA; `null`: too large for one answer, then `level` of the same SHA */
function readerOf(trees: Record<string, readonly Raw[] | null>, archive: Buffer | null = null) {
  const asked: string[] = [];
  const stored = new Map<string, string>();
  const under = { now: 0, most: 0 };
  const contents = new Map(
    Object.values(trees).flatMap((tree) => [...(tree ?? [])].reverse().map((one) => [one.sha, one.path])),
  );
  const getCommit = async ({ ref }: { ref: string }) => {
    asked.push(`commit ${ref}`);
    if (ref === "gone") throw Object.assign(new Error("no"), { status: 404 });
    const [commit = "", tree = "T"] = ref.split("/");
    return { status: 200, data: { sha: commit, commit: { tree: { sha: tree } } } };
  };
  const getTree = async ({ tree_sha: name, recursive }: { tree_sha: string; recursive?: string }) => {
    asked.push(`tree ${name}${recursive ? " whole" : ""}`);
    const tree = trees[recursive ? name : `level ${name}`] ?? null;
    return { status: 200, data: { truncated: tree === null, tree: tree ?? [] } };
  };
  const getBlob = async ({ file_sha: name }: { file_sha: string }) => {
    under.most = Math.max(under.most, ++under.now);
    asked.push(`blob ${contents.get(name)}`);
    await Promise.resolve();
    under.now -= 1;
    return { status: 200, data: { content: contents.get(name), encoding: "utf-8" } };
  };
  const request = async (_route: string, { ref }: { ref: string }) => {
    asked.push(`archive ${ref}`);
    return { data: archive && new Blob([new Uint8Array(archive)]).stream() };
  };
  const blobs = {
    get: async (name: string) => (stored.has(name) ? Buffer.from(stored.get(name) ?? "") : null),
    put: async (content: Buffer) => void stored.set(sha1(content.toString()), content.toString()),
  } as unknown as Blobs;
  const rest = { rest: { repos: { getCommit }, git: { getTree, getBlob } }, request };
  const reader = snapshotReader({ rest, at: { owner: "a", repo: "b" }, readRetryMs: 0 } as unknown as Client, blobs); // prettier-ignore
  return { reader, asked, stored, under, taken: () => asked.splice(0) };
}

const fetched = async (tree: readonly Raw[], archive?: Buffer) => {
  const made = readerOf({ T: tree }, archive);
  const snapshot = await made.reader.snapshot("c");
  return { ...made, snapshot, singles: made.asked.filter((one) => one.startsWith("blob")).length };
};

describe("the files of a tree", () => {
  it("have one of Git's four modes, and are files", async () => {
    const tree = [
      ...["100644", "100755", "120000", "100664"].map((mode) => ({ ...blob(mode), mode })),
      { ...blob("module"), mode: "160000", type: "commit" },
      { ...blob("directory"), mode: "040000", type: "tree" },
      blob("directory/within"),
      { ...blob("unnamed"), path: "" },
      { ...blob("unknown"), sha: null },
    ];
    const { snapshot, asked } = await fetched([...tree, { path: "bare", sha: sha1("bare") }]);
    const files = snapshot === "gone" ? [] : [...snapshot.tree].map(([path, { mode, sizeBytes }]) => [path, mode, sizeBytes]); // prettier-ignore
    expect(files).toEqual([
      ["100644", "100644", 6],
      ["100755", "100755", 6],
      ["120000", "120000", 6],
      ["100664", "100644", 6],
      ["module", "160000", 6],
      ["directory/within", "100644", 16],
      ["bare", "100644", 0],
    ]);
    expect(asked.some((one) => one.endsWith("module"))).toBe(false);
  });

  it("are listed directory by directory where one answer is too small for them, up to 200 requests", async () => {
    const level = (count: number) => Array.from({ length: count }, (_, at) => ({ path: `d${at}`, type: "tree", sha: `D${at}` })); // prettier-ignore
    const of = (count: number) => readerOf({ T: null, "level T": level(count), ...Object.fromEntries(level(count).map(({ sha }) => [sha, [blob("a")]])) }); // prettier-ignore
    const fits = of(198);
    const snapshot = await fits.reader.snapshot("c");
    expect(snapshot !== "gone" && [...snapshot.tree.keys()].slice(0, 2)).toEqual(["d0/a", "d1/a"]);
    expect(fits.asked.slice(0, 4)).toEqual(["commit c", "tree T whole", "tree T", "tree D0 whole"]);
    await expect(of(199).reader.snapshot("c")).rejects.toMatchObject({
      outcome: "not-done",
      nature: "refused",
      message: "This repository has too many files to be read.",
    });
  });

  it("may have names of 64 digits", async () => {
    const { singles, stored } = await fetched([{ ...blob("a"), sha: hash("sha256", "a") }]);
    expect([singles, [...stored.values()]]).toEqual([1, ["a"]]);
  });

  it("are gone with their commit", async () => {
    expect(await readerOf({}).reader.snapshot("gone")).toBe("gone");
  });
});

describe("contents", () => {
  it.each<[string, readonly Raw[], number, boolean]>([
    ["of two files come one by one", many(2), 2, false],
    ["of three come as an archive, and what was not in it one by one", many(3), 3, true],
    ["of three that are the same come once", [...many(2), { ...blob("file 0"), path: "copy" }], 2, false],
    ["of three in 50 MB", [...many(2), blob("x", 50_000_000 - 12)], 3, true],
    ["of three in more", [...many(2), blob("x", 50_000_000 - 11)], 3, false],
    ["of 300 in a large tree", [...many(299), blob("x", 60_000_000)], 300, false],
    ["of 301 in a large tree", [...many(300), blob("x", 60_000_000)], 301, true],
    ["of 100 MiB are given", [blob("x", 100 * 1024 * 1024)], 1, false],
    ["of more are not", [blob("x", 100 * 1024 * 1024 + 1)], 0, false],
    ["that one can run, all of it", [blob("x", 2_000_000), { ...blob("y", TREE_BYTES_MAX - 2_000_000), mode: "160000" }], 1, false],
    ["that nobody can run, as far as a model reads them", [blob("x", 1_000_000), blob("y", 1_000_001), { ...blob("z", TREE_BYTES_MAX), mode: "160000" }], 1, false],
  ])("%s", async (_what, tree, singles, isArchived) => {
    const found = await fetched(tree);
    expect([found.singles, found.asked.includes("archive c")]).toEqual([singles, isArchived]);
  }); // prettier-ignore

  it("come six at a time, and large ones one at a time behind them", async () => {
    const small = await fetched([...many(20), ...many(2).map((one, at) => ({ ...blob(`large ${at}`, 4_000_000), mode: one.mode ?? "" }))]); // prettier-ignore
    expect(small.under.most).toBe(6);
    expect(small.asked.slice(-2)).toEqual(["blob large 0", "blob large 1"]);
    expect((await fetched(Array.from({ length: 9 }, (_, at) => blob(`l${at}`, 4_000_000)))).under.most).toBe(1);
    expect((await fetched(Array.from({ length: 9 }, (_, at) => blob(`l${at}`, 3_999_999)))).under.most).toBe(6);
  });

  it.each([
    ["whose sizes are known", undefined],
    ["whose sizes the server does not tell", 0],
  ])("%s are taken from the archive by their names alone", async (_what, size) => {
    const file = (text: string) => {
      const header = Buffer.alloc(512);
      header.write("any name");
      header.write(text.length.toString(8).padStart(11, "0"), 124);
      return Buffer.concat([header, Buffer.from(text), Buffer.alloc(512 - text.length)]);
    };
    const archive = gzipSync(Buffer.concat([file("other!"), ...["file 2", "file 0", "file 3"].map(file), Buffer.alloc(512)])); // prettier-ignore
    const { asked, stored } = await fetched(many(4, size), archive);
    expect(asked.slice(2)).toEqual(["archive c", "blob file 1"]);
    expect([...stored.values()].sort()).toEqual(["file 0", "file 1", "file 2", "file 3"]);
  });
});

describe("what is known", () => {
  it("is not asked again: a commit, another commit of the same tree, and the last twelve of them", async () => {
    const { reader, taken } = readerOf({ T: many(1), U: [] });
    const first = await reader.snapshot("c0");
    expect(taken()).toEqual(["commit c0", "tree T whole", "blob file 0"]);
    expect(await reader.snapshot("c0")).toBe(first);
    expect(taken()).toEqual([]);
    expect(await reader.snapshot("c0/T")).toBe(first);
    await reader.snapshot("c1");
    expect(taken()).toEqual(["commit c0/T", "commit c1"]);
    for (let at = 2; at < 12; at++) await reader.snapshot(`c${at}`);
    await reader.snapshot("c0");
    await reader.snapshot("c12/U");
    taken();
    for (const at of [0, 2, 12]) await reader.snapshot(`c${at}`);
    expect(taken()).toEqual([]);
    await reader.snapshot("c1");
    expect(taken()).toEqual(["commit c1"]);
  });

  it("holds of a commit of ours, on a tree that is known", async () => {
    const { reader, taken } = readerOf({ T: many(2) });
    const [file] = many(1);
    const changed = new Map([["new", { mode: "100644", sha: file?.sha ?? "", sizeBytes: 6 } as const], ["file 1", null]]); // prettier-ignore
    await reader.snapshot("c");
    reader.remember("T", { commitSha: "ours", treeSha: "O" }, changed);
    reader.remember("unknown", { commitSha: "lost", treeSha: "L" }, changed);
    taken();
    const ours = await reader.snapshot("ours");
    expect(ours).toMatchObject({ commitSha: "ours", treeSha: "O" });
    expect(ours !== "gone" && [...ours.tree.keys()]).toEqual(["file 0", "new"]);
    expect(taken()).toEqual([]);
    await reader.snapshot("lost");
    expect(taken()).toEqual(["commit lost"]);
  });
});
