import { describe, expect, it } from "@jest/globals";
import type { Blobs, FileMode, Snapshot, TreeFile } from "./tree.ts";
import { blobSha } from "./blob-sha.ts";
import { CHANGED_FILES_MAX, FILE_BYTES_MAX, openOverlay } from "./overlay.ts";

function store(): Blobs & { add(content: string | Buffer, mode?: FileMode): TreeFile } {
  const contents = new Map<string, Buffer>();
  const add = (content: string | Buffer, mode: FileMode = "100644") => {
    const bytes = Buffer.from(content);
    contents.set(blobSha(bytes), bytes);
    return { mode, sha: blobSha(bytes), sizeBytes: bytes.length };
  };
  return {
    add,
    get: (sha) => Promise.resolve(contents.get(sha) ?? null),
    put: (content) => Promise.resolve(add(content).sha),
  };
}

function setUp() {
  const blobs = store();
  const base: Snapshot = {
    commitSha: "c".repeat(40),
    treeSha: "d".repeat(40),
    tree: new Map([
      ["README.md", blobs.add("# Hi\n")],
      ["bin/run", blobs.add("#!/bin/sh\n", "100755")],
      ["src/a.js", blobs.add("one\ntwo\ntwo\n")],
      ["win.txt", blobs.add("a\r\nb\r\nc\r\n")],
      ["logo.png", blobs.add(Buffer.from([0x89, 0x50, 0, 1]))],
      ["link", blobs.add("README.md", "120000")],
      ["sub", blobs.add("", "160000")],
    ]),
  };
  return { blobs, base, overlay: openOverlay(base, blobs) };
}

const no = (why: RegExp) => ({ outcome: "refused", why: expect.stringMatching(why) });
const DONE = { outcome: "done" };

describe("an overlay", () => {
  it("reads the base, and what was written over it", async () => {
    const { overlay } = setUp();
    expect(overlay.paths()).toEqual(["README.md", "bin/run", "link", "logo.png", "src/a.js", "sub", "win.txt"]);
    expect(await overlay.read("README.md")).toEqual({ kind: "text", text: "# Hi\n" });
    expect(await overlay.read("logo.png")).toEqual({ kind: "binary", sizeBytes: 4 });
    expect(await overlay.read("nope")).toEqual({ kind: "missing" });
    expect(await overlay.write("src/b.js", "new\n")).toEqual(DONE);
    expect(overlay.remove("README.md")).toEqual(DONE);
    expect(await overlay.read("src/b.js")).toEqual({ kind: "text", text: "new\n" });
    expect(await overlay.read("README.md")).toEqual({ kind: "missing" });
    expect(overlay.paths()).toEqual(["bin/run", "link", "logo.png", "src/a.js", "src/b.js", "sub", "win.txt"]);
  });

  it("gives the changes and the tree, keeps modes, and forgets what was changed back", async () => {
    const { overlay, blobs, base } = setUp();
    await overlay.write("bin/run", "#!/bin/sh\nexit\n");
    await overlay.write("src/new.js", "x");
    overlay.remove("src/new.js");
    overlay.remove("README.md");
    await overlay.write("README.md", "# Hi\n");
    expect([...overlay.changes()].map(([path, change]) => [path, change?.mode])).toEqual([["bin/run", "100755"]]);
    const tree = await overlay.tree();
    expect(tree.get("bin/run")?.mode).toBe("100755");
    expect((await blobs.get(tree.get("bin/run")?.sha ?? ""))?.toString()).toBe("#!/bin/sh\nexit\n");
    expect(tree.get("src/a.js")).toEqual(base.tree.get("src/a.js"));
  });

  it("replaces what occurs exactly once, and says how often it occurs otherwise", async () => {
    const { overlay } = setUp();
    expect(await overlay.replace("src/a.js", "one", "$& $1 1")).toEqual(DONE);
    expect(await overlay.read("src/a.js")).toEqual({ kind: "text", text: "$& $1 1\ntwo\ntwo\n" });
    expect(await overlay.replace("src/a.js", "two", "2")).toEqual(no(/occurs 2 times; quote more/));
    expect(await overlay.replace("src/a.js", "three", "3")).toEqual(no(/does not occur/));
    expect(await overlay.replace("src/a.js", "", "3")).toEqual(no(/empty/));
    expect(await overlay.replace("nope.js", "a", "b")).toEqual(no(/no file nope.js/));
    expect(await overlay.replace("logo.png", "a", "b")).toEqual(no(/not a text file/));
  });

  it("writes a whole file in the manner of the one that was there, and a script so that it runs", async () => {
    const { overlay } = setUp();
    expect(await overlay.write("win.txt", "a\nb\nd\n")).toEqual(DONE);
    expect(await overlay.read("win.txt")).toEqual({ kind: "text", text: "a\r\nb\r\nd\r\n" });
    await overlay.write("bin/new", "#!/usr/bin/env node\n");
    await overlay.write("bin/run", "echo\n");
    expect([...overlay.changes()].map(([path, change]) => [path, change?.mode])).toEqual([
      ["win.txt", "100644"],
      ["bin/new", "100755"],
      ["bin/run", "100755"],
    ]);
  });

  it("edits what is there under its very name, however odd, and checks only the part of a path that is new", async () => {
    const blobs = store();
    const odd = [
      "README.md",
      "Readme.md",
      "BUILD",
      "build/a.js",
      "cafe\u0301.md",
      "a:b.md",
      "👩‍💻.md",
      `${"x/".repeat(200)}y`,
    ];
    const tree = new Map(odd.map((path) => [path, blobs.add(path)]));
    const overlay = openOverlay({ commitSha: "c".repeat(40), treeSha: "d".repeat(40), tree }, blobs);
    for (const path of odd) expect([path, await overlay.write(path, "new")]).toEqual([path, DONE]);
    expect([...overlay.changes().keys()]).toEqual(odd);
    expect(await overlay.write("build/b.js", "")).toEqual(DONE);
    expect(await overlay.write(`${"x/".repeat(200)}z`, "")).toEqual(DONE);
    expect(await overlay.write("BUILD/b.js", "")).toEqual(no(/BUILD is a file/));
    expect(await overlay.write("caf\u00e9.md", "")).toEqual(no(/only in its spelling/));
    expect(await overlay.write("c:d.md", "")).toEqual(no(/colon/));
  });

  it("refuses a new file where Git LFS keeps such files, and no other", async () => {
    const { overlay } = setUp();
    await overlay.write(".gitattributes", "*.dat filter=lfs diff=lfs\n");
    await overlay.write("kept/.gitattributes", "*.dat -filter\n");
    expect(await overlay.write("test/big.dat", "x")).toEqual(no(/belongs into Git LFS/));
    expect(await overlay.write("kept/small.dat", "x")).toEqual(DONE);
    expect(await overlay.write("test/big.js", "x")).toEqual(DONE);
  });

  it("refuses to edit a Git LFS pointer, and says where a link leads", async () => {
    const { overlay } = setUp();
    await overlay.write("big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    expect(await overlay.write("big.bin", "x")).toEqual(no(/Git LFS/));
    expect(await overlay.replace("big.bin", "size 1", "size 2")).toEqual(no(/Git LFS/));
    expect(await overlay.read("link")).toEqual({ kind: "link", target: "README.md" });
  });

  it.each([
    ["../x", /`\.\.`/],
    ["/etc/passwd", /absolute/],
    [".git/hooks/pre-commit", /\.git/],
    ["readme.MD", /only in its spelling/],
    ["SRC/b.js", /folder SRC differs/],
    ["README.md/x", /is a file/],
    ["src", /is a folder/],
    ["link", /symbolic link/],
    ["sub", /submodule/],
  ])("refuses to write %s", async (path, why) => expect(await setUp().overlay.write(path, "x")).toEqual(no(why)));

  it("refuses texts that deceive or are too large, and too many files", async () => {
    const { overlay, blobs, base } = setUp();
    expect(await overlay.write("x.js", "if (a\u202e) {}")).toEqual(no(/bidirectional/));
    expect(await overlay.write("x.js", "a\u0000b")).toEqual(no(/NUL/));
    expect(await overlay.write("x.js", "x".repeat(FILE_BYTES_MAX + 1))).toEqual(no(/at most/));
    for (let index = 0; index < CHANGED_FILES_MAX; index++)
      expect(await overlay.write(`n/${index}`, "x")).toEqual(DONE);
    expect(await overlay.write("n/last", "x")).toEqual(no(/at most 300 files/));
    const tree = new Map(base.tree).set("he.txt", blobs.add("\u200fשלום x\n"));
    expect(await openOverlay({ ...base, tree }, blobs).replace("he.txt", "x", "y")).toEqual(DONE);
  });

  it("neither reads nor edits what is larger than anybody reads, and says so", async () => {
    const { blobs, base } = setUp();
    const tree = new Map(base.tree).set("data.json", blobs.add("x".repeat(2_000_001)));
    const overlay = openOverlay({ ...base, tree }, blobs);
    expect(await overlay.read("data.json")).toEqual({ kind: "large", sizeBytes: 2_000_001 });
    expect(await overlay.write("data.json", "x")).toEqual(no(/has 2\.0 MB.*only run/));
    expect(await overlay.replace("data.json", "x", "y")).toEqual(no(/has 2\.0 MB/));
    expect(overlay.remove("data.json")).toEqual(DONE);
  });

  it("throws when a content is missing: could not tell is not empty", async () => {
    const { base } = setUp();
    const lost = openOverlay(base, store());
    await expect(lost.read("README.md")).rejects.toThrow(/not in the blob store/);
  });
});
