import { blobSha } from "../trees/blob-sha.ts";
import type { Tree } from "../trees/tree.ts";
import type { Sandbox } from "../workspace/sandbox.ts";
import { type DirectPlace, notStarted, runDirectly } from "./direct-run.ts";
import type { Example } from "./example.ts";

/**
 * What the demo runs on a machine where no sandbox works: this project's own example, told by the hashes of its files,
 * with the changes that its own script makes. No server can reach it: the room it lies in is imported by nobody.
 */
export function directSandbox(place: DirectPlace, example: Pick<Example, "repository" | "expect">): Sandbox {
  return {
    driver: "direct",
    version: process.version,
    run: async (request) => {
      const stranger = strangerIn(request.tree, example);
      if (stranger === null) return runDirectly(place, request);
      return notStarted(`Only the project's own examples run without a sandbox, and ${stranger} is not the example's.`);
    },
  };
}

/** @returns a path that the example does not have so; null when all of it is the example's */
function strangerIn(tree: Tree, { repository, expect }: Pick<Example, "repository" | "expect">): string | null {
  for (const [path, { mode, sha }] of tree) {
    if (mode === "120000" || mode === "160000") return path;
    // What the script writes there is part of the example too, and so are the variants by which its tests are tried.
    if (expect.files.includes(path)) continue;
    const bundled = repository.get(path);
    if (!bundled || blobSha(bundled) !== sha) return path;
  }
  return null;
}
