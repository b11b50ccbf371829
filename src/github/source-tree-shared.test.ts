import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import type { Blobs } from "../trees/tree.ts";
import type { Client } from "./client.ts";
import { snapshotReader } from "./source-tree.ts";

/** What several tickets on one repository share: nothing is asked for twice that cannot have changed. */
const sha = (text: string) => createHash("sha1").update(`blob ${text.length}\0${text}`).digest("hex");
const commitOf = (name: string) => name.padEnd(40, "0");
type Entry = { path: string; mode: string; type: "blob" | "tree"; sha: string; size?: number };
const file = (path: string, text: string): Entry => ({ path, mode: "100644", type: "blob", sha: sha(text), size: text.length }); // prettier-ignore
const folder = (path: string, name: string): Entry => ({ path, mode: "040000", type: "tree", sha: name });

function repository(commits: Record<string, string>, trees: Record<string, Entry[]>, texts: readonly string[]) {
  const asked: string[] = [];
  const stored = new Map<string, Buffer>();
  let away = 0;
  const looked = { read: 0, found: 0 };
  const ask = async <T>(what: string, data: T) => {
    asked.push(what);
    await new Promise((resolve) => setImmediate(resolve));
    if (away > 0 && what.startsWith("tree")) {
      away -= 1;
      throw Object.assign(new Error("away"), { status: 503 });
    }
    return { status: 200, data };
  };
  const rest = {
    rest: {
      repos: {
        getCommit: ({ ref }: { ref: string }) => {
          const commit = ref === "main" ? commitOf("b") : ref;
          return ask(`commit ${ref.slice(0, 4)}`, { sha: commit, commit: { tree: { sha: commits[commit] } } });
        },
      },
      git: {
        getTree: ({ tree_sha: name, recursive }: { tree_sha: string; recursive?: string }) =>
          ask(`tree ${name}${recursive ? " whole" : ""}`, {
            truncated: name.startsWith("ROOT") && recursive !== undefined,
            tree: trees[name] ?? [],
          }),
        getBlob: ({ file_sha: name }: { file_sha: string }) => {
          const text = texts.find((one) => sha(one) === name) ?? "";
          return ask(`blob ${text}`, { content: text, encoding: "utf-8" });
        },
      },
    },
  };
  const blobs: Blobs = {
    get: async (name) => ((looked.read += 1), stored.get(name) ?? null),
    has: async (name) => ((looked.found += 1), stored.has(name)),
    put: async (content) => (stored.set(sha(content.toString()), content), sha(content.toString())),
  };
  const reader = snapshotReader({ rest, at: { owner: "a", repo: "b" }, readRetryMs: 0 } as unknown as Client, blobs);
  const taken = () => asked.splice(0);
  return { reader, taken, stored, looked, goAway: (times: number) => (away = times) };
}

const two = () =>
  repository(
    { [commitOf("a")]: "ROOT1", [commitOf("b")]: "ROOT2", [commitOf("c")]: "ROOT3", [commitOf("d")]: "ROOT4" },
    {
      ROOT1: [folder("docs", "D"), folder("src", "S1")],
      ROOT2: [folder("docs", "D"), folder("src", "S2")],
      ROOT3: [folder("docs", "D"), folder("lib", "S1")],
      ROOT4: [folder("docs", "D"), folder("lib", "S2")],
      D: [file("a.md", "docs")],
      S1: [file("a.js", "one")],
      S2: [file("a.js", "two")],
    },
    ["docs", "one", "two"],
  );

describe("ten readers of one commit", () => {
  it("ask for it once", async () => {
    const { reader, taken } = two();
    const all = await Promise.all(Array.from({ length: 10 }, () => reader.snapshot(commitOf("a"))));
    expect(new Set(all).size).toBe(1);
    expect(taken()).toEqual(["commit a000", "tree ROOT1 whole", "tree ROOT1", "tree D whole", "tree S1 whole", "blob docs", "blob one"]); // prettier-ignore
  });

  it("fail together, and the next one asks again", async () => {
    const { reader, taken, goAway } = two();
    goAway(1);
    const all = await Promise.allSettled(Array.from({ length: 3 }, () => reader.snapshot(commitOf("a"))));
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    taken();
    expect(await reader.snapshot(commitOf("a"))).toMatchObject({ treeSha: "ROOT1" });
    expect(taken()[0]).toBe("commit a000");
  });

  it("ask each where a branch stands, since it may have moved, and read the tree once", async () => {
    const { reader, taken } = two();
    await Promise.all(Array.from({ length: 3 }, () => reader.snapshot("main")));
    const asked = taken();
    expect(asked.filter((one) => one === "commit main")).toHaveLength(3);
    expect(asked.filter((one) => one.startsWith("tree"))).toHaveLength(4);
  });
});

describe("a commit after a push", () => {
  it("is read as far as its folders are others", async () => {
    const { reader, taken } = two();
    await reader.snapshot(commitOf("a"));
    taken();
    const after = await reader.snapshot(commitOf("b"));
    expect(after !== "gone" && [...after.tree.keys()]).toEqual(["docs/a.md", "src/a.js"]);
    expect(taken()).toEqual(["commit b000", "tree ROOT2 whole", "tree ROOT2", "tree S2 whole", "blob two"]);
  });

  it("does not read what it had again, and fetches what was damaged meanwhile", async () => {
    const { reader, taken, stored, looked } = two();
    await reader.snapshot(commitOf("a"));
    await reader.snapshot(commitOf("b"));
    expect(looked).toEqual({ read: 4, found: 0 });
    await reader.snapshot(commitOf("c"));
    expect(looked).toEqual({ read: 5, found: 1 });
    stored.delete(sha("docs"));
    taken();
    await reader.snapshot(commitOf("d"));
    expect(taken().at(-1)).toBe("blob docs");
  });
});
