import { once } from "node:events";
import { readdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Layer, type LayerStore, layerStore, type Made, unmade } from "./layer-store.ts";

let folder = "";
let now = new Date("2030-01-01T00:00:00Z");
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coop-layers-"));
  now = new Date("2030-01-01T00:00:00Z");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const store = (bytesMax = 1_000_000): LayerStore => layerStore({ folder, bytesMax, now: () => now });
const MADE: Made = { outcome: "made", folders: ["node_modules"], files: [], notes: [] };
let makes = 0;
const makeOf = (text: string) => async (draft: string) => {
  makes++;
  await writeFile(join(draft, "package"), text);
  return MADE;
};
const layer = async (of: LayerStore, key: string, text = "content"): Promise<Layer> => {
  const found = await of.findOrMake(key, makeOf(text));
  if (found.outcome !== "layer") throw new Error(found.sentence);
  return found;
};
beforeEach(() => {
  makes = 0;
});

describe("the store of layers", () => {
  it("makes a layer once and finds it again", async () => {
    const made = await layer(store(), "k");
    const again = await layer(store(), "k");
    expect([made.from, again.from, makes]).toEqual(["made", "found", 1]);
    expect(await readFile(join(again.folder, "package"), "utf8")).toBe("content");
    expect(again.shownFolders).toEqual(["node_modules"]);
  });

  it("makes it once for all who ask at the same time, here and in another process", async () => {
    const [one, other] = [store(), store()];
    await Promise.all([layer(one, "k"), layer(one, "k"), layer(other, "k")]);
    expect(makes).toBe(1);
    expect(await readdir(folder)).toEqual(["k"]);
  });

  it("takes old layers away when the disk is full, and says so when there are none", async () => {
    let others = 0;
    const present = () => readdirSync(folder).filter((name) => name.startsWith("old")).length;
    const freeBytes = () => Promise.resolve(256 * 1024 * 1024 + 10 - 7 * present() - others);
    const full = layerStore({ folder, bytesMax: 1_000_000, now: () => now, freeBytes });
    await layer(full, "old-1");
    now = new Date(now.getTime() + 1000);
    await layer(full, "old-2");
    now = new Date(now.getTime() + 2 * 60 * 60_000);
    await layer(full, "new");
    expect(readdirSync(folder).sort()).toEqual(["new", "old-2"]);
    others = 1_000_000;
    expect(await full.findOrMake("more", makeOf("content"))).toMatchObject({
      outcome: "unmade",
      sentence: expect.stringMatching(/^The disk of the data directory is full \(255 MB are free\): free some room/),
    });
  });

  it("goes on for those who wait when whoever makes it is told to stop", async () => {
    const of = store();
    const [stopped, waiting] = [new AbortController(), new AbortController()];
    const untilStopped = async () => {
      if (!stopped.signal.aborted) await once(stopped.signal, "abort");
      return unmade("Stopped.");
    };
    const first = of.findOrMake("k", untilStopped, stopped.signal);
    const others = [waiting.signal, undefined].map((signal) => of.findOrMake("k", makeOf("content"), signal));
    stopped.abort();
    expect(await first).toMatchObject({ outcome: "unmade", sentence: "Stopped." });
    expect((await Promise.all(others)).map(({ outcome }) => outcome)).toEqual(["layer", "layer"]);
    expect(makes).toBe(1);
  });

  it.each<[string, (at: string) => Promise<unknown>]>([
    ["a changed content of the same size", (at) => writeFile(join(at, "layer/package"), "CONTENT")],
    ["a file that was added", (at) => writeFile(join(at, "layer/more"), "")],
    ["a file that is gone", (at) => rm(join(at, "layer/package"))],
    [
      "a file that became a link",
      async (at) => {
        await rm(join(at, "layer/package"));
        await symlink("/etc/passwd", join(at, "layer/package"));
      },
    ],
    ["a description that was cut", (at) => writeFile(join(at, "layer.json"), '{"key":"k","by')],
    ["a missing description", (at) => rm(join(at, "layer.json"))],
  ])("makes it anew after %s", async (_, spoil) => {
    await layer(store(), "k");
    await spoil(join(folder, "k"));
    const again = await layer(store(), "k");
    expect([again.from, makes]).toEqual(["made", 2]);
    expect(await readFile(join(again.folder, "package"), "utf8")).toBe("content");
  });

  it("is not fooled by a date that was set back", async () => {
    await layer(store(), "k");
    const file = join(folder, "k/layer/package");
    const { mtime } = await stat(file);
    await writeFile(file, "CONTENT");
    await utimes(file, mtime, mtime);
    expect((await layer(store(), "k")).from).toBe("made");
  });

  it("leaves nothing believed when making it fails, throws or is killed", async () => {
    expect(await store().findOrMake("k", async () => unmade("No.", ["why"]))).toMatchObject({
      sentence: "No.",
      details: ["why"],
    });
    await expect(store().findOrMake("k", () => Promise.reject(new Error("bug")))).rejects.toThrow("bug");
    expect(await readdir(folder)).toEqual([]);
    // What a killed process leaves: a draft with files, and a lock that nobody touches any more.
    await writeFile(join(folder, "k.lock"), "");
    const long = new Date(Date.now() - 60_000);
    await utimes(join(folder, "k.lock"), long, long);
    expect((await layer(store(), "k")).from).toBe("made");
  });

  it("says in a sentence that the disk is full", async () => {
    const full = async () => {
      throw Object.assign(new Error("write"), { code: "ENOSPC" });
    };
    expect(await store().findOrMake("k", full)).toMatchObject({
      outcome: "unmade",
      sentence: expect.stringMatching(/disk.*is full/),
    });
  });

  it("lets go of what was used longest ago, and of nothing that may be in use", async () => {
    const small = store(2500);
    await layer(small, "a", "x".repeat(1000));
    now = new Date("2030-01-01T01:00:00Z");
    await layer(small, "b", "x".repeat(1000));
    now = new Date("2030-01-01T02:00:00Z");
    await layer(small, "a");
    now = new Date("2030-01-01T02:30:00Z");
    await layer(small, "c", "x".repeat(1000));
    now = new Date("2030-01-01T02:31:00Z");
    await layer(small, "d", "x");
    expect((await readdir(folder)).sort()).toEqual(["a", "c", "d"]);
  });
});
