import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { ForgeApp } from "../forge/forge-app.ts";
import type { Forge } from "../forge/forge.ts";
import { away, commitOf, objects, REPO, sha, sha1, wired } from "./wire.fixture.ts";

let app: ForgeApp;
let github: Forge;
let wire: nock.Scope;
let stored: Map<string, Buffer>;
beforeEach(() => {
  ({ app, github, wire, stored } = wired());
});

function tarFile(name: string, content: Buffer, type = "0"): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write(type, 156);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const files = Array.from({ length: 12 }, (_, i) => ({
  path: `f${i}.txt`,
  content: Buffer.from(`file ${i}\n`.repeat(i * 20 + 1)),
}));
/** Not of this commit's sizes, and larger than what comes in at once: passed over. */
const OTHER = Buffer.from("no header ".repeat(150_000));
/** More than a model would read, as lockfiles are. */
const BIG = Buffer.alloc(2_000_000);
const listing = {
  truncated: false,
  tree: [
    ...files.map(({ path, content }) => ({
      path,
      mode: "100644",
      type: "blob",
      sha: sha1(content),
      size: content.length,
    })),
    { path: "big.bin", mode: "100644", type: "blob", sha: sha1(BIG), size: BIG.length },
    { path: "dir", mode: "040000", type: "tree", sha: sha("2") },
    { path: "dir/again.bin", mode: "100644", type: "blob", sha: sha1(BIG), size: BIG.length },
    { path: "sub", mode: "160000", type: "commit", sha: sha("3") },
  ],
};

describe("a snapshot", () => {
  beforeEach(() => {
    wire
      .get(`${REPO}/commits/main`)
      .query(true)
      .reply(200, { sha: sha("a"), commit: { tree: { sha: sha("b") } } });
  });

  it("takes an archive for many files, and knows the commit from then on", async () => {
    const archive = gzipSync(
      Buffer.concat([
        tarFile("pax_global_header", Buffer.from(`52 comment=${sha("a")}\n`), "g"),
        tarFile("other.bin", OTHER),
        ...files.map(({ path, content }) => tarFile(path, content)),
        // Of a wanted size, but no file.
        tarFile("dir", files[0]?.content ?? BIG, "5"),
        tarFile("small.bin", OTHER.subarray(0, 3)),
        tarFile("big.bin", BIG),
        Buffer.alloc(1024),
      ]),
    );
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query({ recursive: "1" })
      .reply(200, listing);
    wire.get(`${REPO}/tarball/${sha("a")}`).reply(200, archive, { "content-type": "application/x-gzip" });
    const snapshot = await github.snapshot("main");
    expect(snapshot).toMatchObject({ commitSha: sha("a"), treeSha: sha("b") });
    expect([...stored.keys()].sort()).toEqual([...files.map(({ content }) => sha1(content)), sha1(BIG)].sort());
    const requests = app.counters.restRequests;
    expect(await github.snapshot(sha("a"))).toEqual(snapshot);
    expect(app.counters.restRequests).toBe(requests);
  });

  it("takes files one by one where there is no archive, or a broken one", async () => {
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, listing);
    wire
      .get(`${REPO}/tarball/${sha("a")}`)
      .reply(200, Buffer.from("nonsense"), { "content-type": "application/x-gzip" });
    for (const content of [...files.map((one) => one.content), BIG])
      wire
        .get(`${REPO}/git/blobs/${sha1(content)}`)
        .reply(200, { content: content.toString("base64"), encoding: "base64" });
    await github.snapshot("main");
    expect(stored.size).toBe(files.length + 1);
  });

  it.each([
    ["GitHub gives no file of more than 100 MB", 200_000_000, true],
    ["of a tree that is too large to be run, only what a model may read is fetched", 600_000_000, false],
  ])("takes what it can: %s", async (_, size, isRunnable) => {
    const small = Buffer.from("small");
    const file = (path: string, name: string, bytes: number) => ({
      path,
      mode: "100644",
      type: "blob",
      sha: name,
      size: bytes,
    });
    const tree = [file("data", sha("7"), size), file("lock.json", sha1(BIG), BIG.length), file("a", sha1(small), 5)];
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, { truncated: false, tree });
    const wanted = isRunnable ? [small, BIG] : [small];
    for (const content of wanted)
      wire
        .get(`${REPO}/git/blobs/${sha1(content)}`)
        .reply(200, { content: content.toString("base64"), encoding: "base64" });
    const snapshot = await github.snapshot("main");
    expect([...stored.keys()].sort()).toEqual(wanted.map(sha1).sort());
    expect(snapshot !== "gone" && snapshot.tree.get("data")?.sizeBytes).toBe(size);
  });

  it("believes no content that has another SHA", async () => {
    const tree = [{ path: "a", mode: "100644", type: "blob", sha: sha("7"), size: 3 }];
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, { truncated: false, tree });
    wire.get(`${REPO}/git/blobs/${sha("7")}`).reply(200, { content: "YWJj", encoding: "base64" });
    await expect(github.snapshot("main")).rejects.toMatchObject(away("not-done"));
    expect(stored.size).toBe(0);
  });

  it.each([
    ["is too large for one listing", true],
    // As behind a redirect on which the query was lost.
    ["was listed without what lies below it", false],
  ])("walks a tree that %s", async (_, truncated) => {
    const content = Buffer.from("x");
    stored.set(sha1(content), content);
    const blob = { path: "x", mode: "100644", type: "blob", sha: sha1(content), size: 1 };
    const level = [blob, { path: "d", mode: "040000", type: "tree", sha: sha("2") }];
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query({ recursive: "1" })
      .reply(200, { truncated, tree: truncated ? [blob] : level });
    wire.get(`${REPO}/git/trees/${sha("b")}`).reply(200, { truncated: false, tree: level });
    wire
      .get(`${REPO}/git/trees/${sha("2")}`)
      .query({ recursive: "1" })
      .reply(200, { truncated: false, tree: [{ ...blob, path: "e/y" }] });
    const snapshot = await github.snapshot("main");
    expect(snapshot !== "gone" && [...snapshot.tree.keys()]).toEqual(["x", "d/e/y"]);
  });

  it.each([404, 422])("is asked for again where GitHub does not know a new commit yet (%d), and is gone when it stays so", async (status) => {
    const at = `${REPO}/commits/${sha("e")}`;
    const commit = { sha: sha("e"), commit: { tree: { sha: sha("b") } } };
    wire.get(at).query(true).times(3).reply(status, { message: "No commit found for SHA" });
    expect(await github.snapshot(sha("e"))).toBe("gone");
    wire.get(at).query(true).times(2).reply(status, { message: "No commit found for SHA" });
    wire.get(at).query(true).reply(200, commit);
    wire.get(`${REPO}/git/trees/${sha("b")}`).query(true).reply(200, { truncated: false, tree: [] });
    expect(await github.snapshot(sha("e"))).toMatchObject({ commitSha: sha("e") });
    const compared = `${REPO}/compare/${sha("a")}...${sha("e")}`;
    wire.get(compared).query(true).times(2).reply(status, { message: "Not Found" });
    wire.get(compared).query(true).reply(200, { merge_base_commit: { sha: sha("a") } });
    expect(await github.mergeBase(sha("a"), sha("e"))).toBe(sha("a"));
  }); // prettier-ignore

  it("needs no request for a commit of our own", async () => {
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, { truncated: false, tree: [] });
    await github.snapshot("main");
    objects(wire);
    wire.post(`${REPO}/git/refs`).reply(201, {});
    await github.commit(commitOf());
    const requests = app.counters.restRequests;
    const snapshot = await github.snapshot(sha("d"));
    expect(snapshot !== "gone" && [...snapshot.tree.keys()]).toEqual(["a.txt", "b.bin"]);
    expect(app.counters.restRequests).toBe(requests);
  });
});
