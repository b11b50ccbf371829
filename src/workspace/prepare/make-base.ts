import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { Mount } from "../sandbox.ts";
import { environmentOf } from "./environment.ts";
import { failureOf } from "./failure.ts";
import { type Made, unmade } from "./layer-store.ts";
import { isWell, type MakingWith, OUTPUT_BYTES_MAX } from "./making.ts";
import { type Base, BASE } from "./recipe.ts";
import type { ToolChain } from "./toolchain.ts";

/** What is the same for every repository is made from a tool chain alone: no file of a repository, no package, no network. */
type BaseMaking = MakingWith & {
  readonly base: Base;
  readonly toolChain: ToolChain;
  readonly buildMs: number;
};

/** @param folder the layer's own, empty */
export async function makeBase(making: BaseMaking, folder: string): Promise<Made> {
  const { sandbox, base, toolChain, signal } = making;
  await mkdir(join(folder, base.name));
  making.onProgress(`compiling ${base.says} once, for later runs too (${toolChain.version})`);
  const texts = Object.entries(base.files).map(([path, text]): [string, Buffer] => [path, Buffer.from(text)]);
  const result = await sandbox.run({
    ...memoryTree(texts),
    command: ["set -e", ...base.build].join("\n"),
    timeoutMs: making.buildMs,
    outputBytesMax: OUTPUT_BYTES_MAX,
    mounts: [...toolChain.mounts, { ...baseMount(base, folder), writes: "kept" }],
    environment: { ...environmentOf([toolChain], []), ...base.environment },
    ...(signal ? { signal } : {}),
  });
  if (isWell(result)) return { outcome: "made", folders: [], files: [], notes: [] };
  const facts = {
    step: "built",
    bySetup: false,
    traffic: null,
    withSecret: [],
    registries: [],
    fetchBytesMax: 0,
  } as const;
  const { sentence, details } = failureOf(result, { ...facts, says: [base.says] });
  return unmade(sentence, details);
}

export function baseMount(base: Base, folder: string): Mount {
  return { from: join(folder, base.name), at: `${BASE}/${base.name}`, writes: "refused" };
}
