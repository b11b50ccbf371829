import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { layerStore } from "../../src/workspace/prepare/layer-store.ts";

/** A process of its own that makes one layer: it says when it began, and then writes for ever or to the end. */
const [folder = "", how = ""] = process.argv.slice(2);
const store = layerStore({ folder, bytesMax: 1e9, now: () => new Date() });
const made = await store.findOrMake("key", async (draft) => {
  await writeFile(join(draft, "half"), "half of a package");
  process.stdout.write("began\n");
  if (how === "hangs") await new Promise((resolve) => setTimeout(resolve, 600_000));
  return { outcome: "made", folders: [], files: [], notes: [] };
});
process.stdout.write(`${made.outcome === "layer" ? made.from : made.sentence}\n`);
