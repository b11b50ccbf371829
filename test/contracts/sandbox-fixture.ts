import { tmpdir } from "node:os";
import type { Blobs, Tree, TreeFile } from "../../src/trees/tree.ts";
import { blobSha } from "../../src/trees/blob-sha.ts";
import { checkSandbox, type DriverChoice, type SandboxOptions } from "../../src/workspace/drivers/check.ts";
import type { Sandbox, SandboxCheck } from "../../src/workspace/sandbox.ts";

export const SANDBOX_OPTIONS: SandboxOptions = {
  searchPath: process.env["PATH"] ?? "",
  nodePath: process.execPath,
  temporary: tmpdir(),
  toolchain: [],
  privatePaths: [process.cwd()],
};

/**
 * The sandbox of this machine, or null where it has none. `COOP_REQUIRE_SANDBOX=1` makes that an error, so that a build
 * machine cannot lose its sandbox without anybody noticing.
 */
export async function sandboxHere(
  driver: DriverChoice = "auto",
): Promise<Extract<SandboxCheck, { state: "available" }> | null> {
  const check = await checkSandbox({ ...SANDBOX_OPTIONS, driver });
  if (check.state === "available") return check;
  if (process.env["COOP_REQUIRE_SANDBOX"] === "1") throw new Error(`A sandbox is required here: ${check.why}`);
  console.warn(`No sandbox (${driver}) on this machine, so tests that need one are SKIPPED: ${check.why}`);
  return null;
}

/** Every driver, so that one suite holds them all. */
export const DRIVERS: readonly DriverChoice[] = ["bubblewrap", "unshare"];

export async function driversHere(): Promise<readonly (readonly [DriverChoice, Sandbox | null])[]> {
  const found: [DriverChoice, Sandbox | null][] = [];
  for (const driver of DRIVERS) found.push([driver, (await sandboxHere(driver))?.sandbox ?? null]);
  return found;
}

/** A repository in memory. */
export function memoryStore(): { blobs: Blobs; tree(files: Readonly<Record<string, string>>): Tree } {
  const contents = new Map<string, Buffer>();
  const put = (content: Buffer): TreeFile => {
    const sha = blobSha(content);
    contents.set(sha, content);
    return { mode: "100644", sha, sizeBytes: content.length };
  };
  return {
    blobs: {
      get: (sha) => Promise.resolve(contents.get(sha) ?? null),
      put: (content) => Promise.resolve(put(content).sha),
    },
    tree: (files) => new Map(Object.entries(files).map(([path, text]) => [path, put(Buffer.from(text))])),
  };
}
