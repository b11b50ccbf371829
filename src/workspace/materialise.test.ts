import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Blobs, type FileMode, TREE_BYTES_MAX, type TreeFile } from "../trees/tree.ts";
import { blobSha } from "../trees/blob-sha.ts";
import { sweepLeftovers } from "./leftovers.ts";
import { treeCache } from "./tree-cache.ts";
import { materialise, tooLargeTree, TREE_FILES_MAX } from "./materialise.ts";

const contents = new Map<string, Buffer>();
const blobs: Blobs = {
  get: (sha) => Promise.resolve(contents.get(sha) ?? null),
  put: (one) => Promise.resolve(blobSha(one)),
};
function file(text: string, mode: FileMode = "100644"): TreeFile {
  contents.set(blobSha(Buffer.from(text)), Buffer.from(text));
  return { mode, sha: blobSha(Buffer.from(text)), sizeBytes: text.length };
}

let parent = "";
beforeEach(() => void (parent = mkdtempSync(join(tmpdir(), "materialise-"))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe("materialise", () => {
  it("writes files, modes and inner links into a directory nobody else may enter, and removes it", async () => {
    const tree = new Map([
      ["a/b.txt", file("hi")],
      ["run", file("#!/bin/sh", "100755")],
      ["a/up", file("../run", "120000")],
      ["vendor/sub", file("", "160000")],
    ]);
    const made = await materialise(tree, blobs, { parent, owner: null });
    if (made.outcome !== "done") throw new Error(made.why);
    expect(readFileSync(join(made.directory, "a/b.txt"), "utf8")).toBe("hi");
    expect(statSync(join(made.directory, "run")).mode & 0o777).toBe(0o755);
    expect(statSync(join(made.directory, "a/b.txt")).mode & 0o777).toBe(0o644);
    expect(readlinkSync(join(made.directory, "a/up"))).toBe("../run");
    expect(statSync(join(made.directory, "vendor/sub")).isDirectory()).toBe(true);
    expect(statSync(join(made.directory, "..")).mode & 0o077).toBe(0);
    await made.remove();
    expect(readdirSync(parent)).toEqual([]);
  });

  it("leaves out what would lead or stand outside", async () => {
    const tree = new Map([
      ["ok", file("ok")],
      ["abs", file("/etc/passwd", "120000")],
      ["up", file("../../etc", "120000")],
      ["d/up", file("../../x", "120000")],
      ["nul", file("a\0b", "120000")],
      ["../evil", file("x")],
      ["/tmp/evil", file("x")],
      ["a/../../evil", file("x")],
      [".git/config", file("x")],
      ["x\0y", file("x")],
      // A link and a folder of the same name: nothing may be written through the link.
      ["dir", file("/tmp", "120000")],
      ["dir/through", file("x")],
    ]);
    const made = await materialise(tree, blobs, { parent, owner: null });
    if (made.outcome !== "done") throw new Error(made.why);
    expect(readdirSync(made.directory).sort()).toEqual(["d", "dir", "ok"]);
    expect(readdirSync(join(made.directory, "d"))).toEqual([]);
    expect(lstatSync(join(made.directory, "dir")).isDirectory()).toBe(true);
    expect(readdirSync(parent)).toHaveLength(1);
    await made.remove();
  });

  it("refuses what is too large or incomplete, and leaves nothing behind", async () => {
    const big = new Map([["big", { ...file("x"), sizeBytes: TREE_BYTES_MAX + 1 }]]);
    expect(await materialise(big, blobs, { parent, owner: null })).toMatchObject({
      why: expect.stringMatching(/MB; the sandbox takes/),
    });
    const many = new Map(Array.from({ length: TREE_FILES_MAX + 1 }, (_, index) => [`f${index}`, file("x")] as const));
    expect(await materialise(many, blobs, { parent, owner: null })).toMatchObject({ outcome: "refused" });
    const lost = new Map([["a", { mode: "100644" as const, sha: "0".repeat(40), sizeBytes: 1 }]]);
    expect(await materialise(lost, blobs, { parent, owner: null })).toMatchObject({ outcome: "refused" });
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe("what Linux cannot write", () => {
  it.each([
    ["a name of 256 bytes", "ä".repeat(128), file("x")],
    ["a path that is too long", "abcdefg/".repeat(500) + "x", file("x")],
    ["a link of 4,096 bytes", "link", file("a/".repeat(2048), "120000")],
  ])("is refused with a sentence: %s", async (_name, path, one) => {
    const made = await materialise(new Map([[path, one]]), blobs, { parent, owner: null });
    expect(made).toMatchObject({ outcome: "refused", why: expect.stringMatching(/so nothing was run/) });
    expect(readdirSync(parent)).toEqual([]);
  });
});

it.each<[string, (n: number) => [string, TreeFile], most: number]>([
  ["a name's bytes", (n) => ["n".repeat(n), file("x")], 255],
  ["a path's bytes", (n) => ["abcdefg/".repeat(n / 8).padEnd(n, "x"), file("x")], 3_800],
  ["a link's bytes", (n) => ["link", { ...file("a", "120000"), sizeBytes: n }], 4_095],
  ["all files' bytes", (n) => ["a", { ...file("x"), sizeBytes: n }], TREE_BYTES_MAX],
])("takes as much as it says of %s, and no more", (_what, entry, most) => {
  expect(tooLargeTree(new Map([entry(most)]))).toBeNull();
  expect(tooLargeTree(new Map([entry(most + 1)]))).not.toBeNull();
});

it("says what of a path is too long: a name in it, or all of it", () => {
  const why = (path: string) => tooLargeTree(new Map([[path, file("x")]]));
  expect(why("n".repeat(256))).toContain("A name in the path nnn");
  expect(why("n/".repeat(1_901))).toMatch(/^The path n.* has 3802 bytes/);
});

describe("leftovers", () => {
  it("of dead processes are removed, those of live ones and everything else stay", async () => {
    const names = [
      "coop-run-999999999-a",
      "coop-tree-999999999-b",
      `coop-run-${process.pid}-c`,
      "coop-tools-1",
      "other",
    ];
    for (const name of names) {
      mkdirSync(join(parent, name));
      writeFileSync(join(parent, name, "file"), "");
    }
    await sweepLeftovers(parent);
    expect(readdirSync(parent).sort()).toEqual([`coop-run-${process.pid}-c`, "coop-tools-1", "other"]);
    await sweepLeftovers(join(parent, "nowhere"));
  });
});

describe("trees that were written once", () => {
  const tree = (text: string) => new Map([["a", file(text)]]);

  it("are shared, also by those who ask at the same time", async () => {
    const cache = treeCache({ parent, owner: null });
    const [one, two] = await Promise.all([cache.take(tree("x"), blobs), cache.take(tree("x"), blobs)]);
    const other = await cache.take(tree("y"), blobs);
    expect(one).toMatchObject({ directory: (two as { directory: string }).directory });
    expect(other).not.toMatchObject({ directory: (two as { directory: string }).directory });
    expect(readdirSync(parent)).toHaveLength(2);
  });

  it("are written again when somebody took them away, and forgotten when it went wrong", async () => {
    const cache = treeCache({ parent, owner: null });
    const made = await cache.take(tree("x"), blobs);
    for (const name of readdirSync(parent)) rmSync(join(parent, name), { recursive: true });
    const again = await cache.take(tree("x"), blobs);
    expect(again).toMatchObject({ outcome: "done" });
    expect(again).not.toMatchObject({ directory: (made as { directory: string }).directory });
    const lost = new Map([["a", { mode: "100644" as const, sha: "0".repeat(40), sizeBytes: 1 }]]);
    expect(await cache.take(lost, blobs)).toMatchObject({ outcome: "refused" });
    expect(await cache.take(lost, blobs)).toMatchObject({ outcome: "refused" });
  });

  it("go when there are many, but not while a run is on them", async () => {
    const cache = treeCache({ parent, owner: null });
    const used = await cache.take(tree("used"), blobs);
    for (let index = 0; index < 20; index++) {
      const one = await cache.take(tree(`t${index}`), blobs);
      if (one.outcome === "done") one.release();
    }
    expect(existsSync((used as { directory: string }).directory)).toBe(true);
    expect(readdirSync(parent).length).toBeLessThanOrEqual(17);
  });
});
