import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { readFile, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "@jest/globals";
import { layerStore } from "../../src/workspace/prepare/layer-store.ts";
import { sandboxHere } from "./sandbox-fixture.ts";

/** Layers on a real disk, and processes that really end in the middle. */
const folder = mkdtempSync(join(tmpdir(), "coop-layers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MAKER = resolve("test/contracts/layer-maker.ts");
const here = await sandboxHere();

describe("a layer", () => {
  it("whose maker was killed in the middle is made anew, and nothing of the half is in it", async () => {
    const child = spawn(process.execPath, [MAKER, folder, "hangs"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    const [draft, lock] = readdirSync(folder).sort();
    expect([draft, lock]).toEqual([expect.stringMatching(/^draft-/), "key.lock"]);
    // Nobody touches the lock any more; half a minute later anybody may take it.
    const later = new Date(Date.now() - 60_000);
    await utimes(join(folder, "key.lock"), later, later);
    const made = await layerStore({ folder, bytesMax: 1e9, now: () => new Date() }).findOrMake("key", async (at) => {
      await writeFile(join(at, "whole"), "a package");
      return { outcome: "made", folders: [], files: [], notes: [] };
    });
    if (made.outcome !== "layer") throw new Error(made.sentence);
    expect([made.from, readdirSync(made.folder)]).toEqual(["made", ["whole"]]);
    expect(await readFile(join(made.folder, "whole"), "utf8")).toBe("a package");
    expect(readdirSync(folder)).toEqual(["key"]);
  });

  // A small disk of its own needs what a sandbox needs.
  (here?.sandbox.driver === "bubblewrap" || here?.sandbox.driver === "unshare" ? it : it.skip)(
    "is not begun on a disk that is full, and a sentence says so",
    async () => {
      const disk = mkdtempSync(join(folder, "disk-"));
      const script = `mount -t tmpfs -o size=16m none "$1" && exec "$2" "$3" "$1"`;
      const words = ["-Urm", "sh", "-c", script, "sh", disk, process.execPath, MAKER];
      const { stdout } = await promisify(execFile)("unshare", words);
      expect(stdout).toMatch(/^The disk of the data directory is full \(16 MB are free\): free some room/);
    },
  );
});
