import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import type { Mount, RunResult } from "../sandbox.ts";
import { type Appeared, appearedIn, nodeModulesIn, SHOWN_MAX } from "./appeared.ts";
import { environmentOf, fetchEnvironment } from "./environment.ts";
import { CACHE, CERTIFICATES, LAYER, type Recipe, WORK, word } from "./recipe.ts";
import { failureOf } from "./failure.ts";
import { type GrowthLimits, watchGrowth } from "./growth.ts";
import { type Made, unmade } from "./layer-store.ts";
import { isReadWhileFetching } from "./inputs.ts";
import { SCRIPTS_FAILED } from "./javascript.ts";
import { isWell, type MakingWith, OUTPUT_BYTES_MAX } from "./making.ts";
import { replacedIn, replacedSentence, stillIn } from "./real-places.ts";
import { openProxy, type Registry, type Traffic } from "./proxy.ts";
import { progress } from "./progress.ts";
import type { Registries } from "./registry-hosts.ts";
import type { ToolChain } from "./toolchain.ts";

/** Brings packages in: first fetched with the way out and, unless the policy asks for it, without the repository's code, then built with it and without. */
type Making = MakingWith & {
  readonly tree: Tree;
  readonly blobs: Blobs;
  readonly recipes: readonly Recipe[];
  readonly toolChains: readonly ToolChain[];
  readonly registries: readonly Registries[];
  /** Besides those that the package managers know: the server file's. */
  readonly moreRegistries: readonly string[];
  /** Certificates that this machine trusts, as one PEM text; null where every tool brings its own. */
  readonly certificates: string | null;
  /** Folders of the host with what is the same for every repository. */
  readonly bases: readonly Mount[];
  readonly limits: MakingLimits;
  /** A folder of the host for sockets. */
  readonly temporary: string;
};

export type MakingLimits = GrowthLimits & {
  readonly fetchMs: number;
  readonly buildMs: number;
  /** Of all answers of registries for one layer. */
  readonly fetchBytesMax: number;
  readonly idleMs: number;
};

/** A cold install of a large application from a slow mirror; nobody waits longer without wondering. */
export const MAKING_LIMITS: MakingLimits = {
  fetchMs: 15 * 60_000,
  buildMs: 15 * 60_000,
  fetchBytesMax: 4 * 1024 ** 3,
  idleMs: 60_000,
};

/** @param folder the layer's own, empty */
export async function makeLayer(making: Making, folder: string): Promise<Made> {
  const { recipes, toolChains } = making;
  const scratch = recipes.flatMap((one) => one.scratch);
  for (const { name } of scratch) await mkdir(join(folder, name), { recursive: true });
  const mounts: Mount[] = [
    ...toolChains.flatMap((one) => one.mounts),
    { from: folder, at: LAYER, writes: "kept" },
    ...uniqueBy(scratch, (one) => one.at).map(({ name, at }): Mount => ({
      from: join(folder, name),
      at,
      writes: "kept",
    })),
  ];
  const growth = await watchGrowth(folder, making.limits);
  try {
    const watching = { ...making, signal: AbortSignal.any([growth.signal, ...(making.signal ? [making.signal] : [])]) };
    const made = await fetchAndBuild(watching, folder, mounts);
    const verdict = growth.verdict();
    return verdict === null
      ? made
      : unmade(`${recipes.map((one) => one.says).join(", ")} could not be kept: ${verdict}`);
  } finally {
    growth.stop();
  }
}

async function fetchAndBuild(making: Making, folder: string, mounts: readonly Mount[]): Promise<Made> {
  const scratch = making.recipes.flatMap((one) => one.scratch).map(({ name }) => name);
  const fetched = await fetchPackages(making, mounts);
  if (fetched) return fetched;
  await rm(join(folder, "cache"), { recursive: true, force: true });
  const early = await replacedIn(folder, [...(existsSync(join(folder, "work")) ? ["work"] : []), ...scratch]);
  if (early !== null) return unmade(replacedSentence(early));
  const work = join(folder, "work");
  const shown = await shownIn(making, work);
  const behind = await replacedIn(work, shown.files);
  if (behind !== null) return unmade(replacedSentence(behind));
  const seen = shown.folders.map((at): Mount => ({ from: join(work, at), at, writes: "kept" }));
  const built = await build(making, [...mounts, ...making.bases, ...seen]);
  if (built.outcome === "unmade") return built;
  const folders = await stillIn(work, shown.folders);
  const files = await stillIn(work, shown.files);
  const late = await replacedIn(folder, [...scratch, ...[...folders, ...files].map((at) => `work/${at}`)]);
  if (late !== null) return unmade(replacedSentence(late));
  return { outcome: "made", folders, files, notes: [...shown.notes, ...built.notes] };
}

/** What of the folder that packages came into is seen in the repository. */
async function shownIn({ recipes, tree }: Making, work: string): Promise<Appeared & { readonly notes: string[] }> {
  if (!recipes.some((one) => one.sees === "repository")) {
    const folders = recipes.some((one) => one.bringsNodeModules) ? await nodeModulesIn(work) : [];
    const brought = recipes.flatMap((one) => one.brings).filter((at) => existsSync(join(work, at)));
    const isFile = (at: string) => statSync(join(work, at)).isFile();
    return {
      ...{ folders: [...folders, ...brought.filter((at) => !isFile(at))], files: brought.filter(isFile), notes: [] },
    };
  }
  const { folders, files } = await appearedIn(work, tree);
  const more = folders.length + files.length - SHOWN_MAX;
  const notes =
    more > 0 ? [`setup left ${more} more folders and files in the repository than a run can be shown.`] : [];
  return {
    folders: folders.slice(0, SHOWN_MAX),
    files: files.slice(0, Math.max(0, SHOWN_MAX - folders.length)),
    notes,
  };
}

/** Files that settings of the host become, on their way into the layer. Everything there is written by the sandbox's user. */
const OURS = "coop-layer-files";
const OPENING = [
  "set -e",
  `mkdir -p ${WORK} ${CACHE}`,
  `cp -a /workspace/. ${WORK}/`,
  `[ ! -d ${WORK}/${OURS} ] || { cp -a ${WORK}/${OURS}/. ${LAYER}/ && rm -r ${WORK}/${OURS}; }`,
];

function layerFiles({ registries, certificates }: Making): [string, string][] {
  const all = registries.flatMap((one) => Object.entries(one.layerFiles));
  return certificates === null ? all : [...all, [CERTIFICATES, certificates]];
}

/** @returns null when all went well */
async function fetchPackages(making: Making, mounts: readonly Mount[]): Promise<Made | null> {
  const { recipes } = making;
  const lines = recipes.flatMap((one) => inPlace(`${WORK}/${one.at}`, one.fetch));
  if (lines.length === 0) return null;
  making.onProgress(`fetching ${recipes.map((one) => one.says).join(", ")}`);
  const folder = await mkdtemp(join(making.temporary, `coop-proxy-${process.pid}-`));
  const proxySocket = join(folder, "proxy.sock");
  const { fetchBytesMax: bytesMax, idleMs, fetchMs } = making.limits;
  const proxy = await openProxy({ path: proxySocket }, { registries: allowed(making), bytesMax, idleMs });
  const known = progress(making.onProgress);
  try {
    const certificates = making.certificates === null ? null : `${LAYER}/${CERTIFICATES}`;
    const environment = fetchEnvironment(making.toolChains, recipes, making.registries, certificates);
    const command = [...OPENING, ...lines].join("\n");
    const result = await making.sandbox.run({
      ...(await seenWhileFetching(making)),
      command,
      timeoutMs: fetchMs,
      outputBytesMax: OUTPUT_BYTES_MAX,
      mounts,
      environment,
      proxySocket,
      onOutput: known,
      ...(making.signal ? { signal: making.signal } : {}),
    });
    return isWell(result) ? null : failed(making, result, "fetched", proxy.traffic());
  } finally {
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function allowed(making: Making): Registry[] {
  const named = making.moreRegistries.map((host) => ({
    host: host.toLowerCase().replace(/:443$/, ""),
    configured: true,
  }));
  return [...making.registries.flatMap((one) => one.hosts), ...named];
}

/** Every path is there, since manifests name files that have to exist, but only manifests have a content. */
async function seenWhileFetching(making: Making): Promise<{ tree: Tree; blobs: Blobs }> {
  const whole = making.recipes.some((one) => one.sees === "repository");
  const files = whole ? new Map<string, Buffer>() : await onlyManifests(making);
  for (const { files: more } of making.recipes)
    for (const [path, text] of Object.entries(more)) files.set(path, Buffer.from(text));
  for (const [path, text] of layerFiles(making)) files.set(`${OURS}/${path}`, Buffer.from(text));
  const ours = memoryTree(files);
  if (!whole) return ours;
  const get = async (sha: string) => (await ours.blobs.get(sha)) ?? (await making.blobs.get(sha));
  return { tree: new Map([...making.tree, ...ours.tree]), blobs: { ...making.blobs, get } };
}

async function onlyManifests(making: Making): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const [path, file] of making.tree) {
    if (file.mode === "120000" || file.mode === "160000") continue;
    const content = isReadWhileFetching(path) ? await making.blobs.get(file.sha) : NOTHING;
    if (content) files.set(path, content);
  }
  return files;
}
const NOTHING = Buffer.alloc(0);

type Built = { readonly outcome: "made"; readonly notes: readonly string[] };

async function build(making: Making, mounts: readonly Mount[]): Promise<Built | Extract<Made, { outcome: "unmade" }>> {
  const lines = making.recipes.flatMap((one) => inPlace(`/workspace/${one.at}`, one.build));
  if (lines.length === 0) return { outcome: "made", notes: [] };
  making.onProgress("building what was fetched, without a network");
  const result = await making.sandbox.run({
    tree: making.tree,
    blobs: making.blobs,
    command: ["set -e", ...lines].join("\n"),
    timeoutMs: making.limits.buildMs,
    outputBytesMax: OUTPUT_BYTES_MAX,
    mounts,
    environment: environmentOf(making.toolChains, making.recipes),
    ...(making.signal ? { signal: making.signal } : {}),
  });
  if (!isWell(result)) return failed(making, result, "built", null);
  const notes = [...result.output.matchAll(/^\S+ could not be installed in place; .*$/gm)].map(([line]) => line);
  const scripts = result.output.split("\n").includes(SCRIPTS_FAILED) ? [SCRIPTS_FAILED] : [];
  return { outcome: "made", notes: [...notes, ...scripts] };
}

function failed(making: Making, result: RunResult, step: "fetched" | "built", traffic: Traffic | null) {
  const withSecret = making.registries.flatMap((one) => one.withSecret);
  const { sentence, details } = failureOf(result, {
    step,
    bySetup: making.recipes.some((one) => one.sees === "repository"),
    traffic,
    withSecret,
    registries: allowed(making).map((one) => one.host),
    fetchBytesMax: making.limits.fetchBytesMax,
    says: making.recipes.map((one) => one.says),
  });
  return unmade(sentence, details);
}

function inPlace(folder: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`cd ${word(folder)}`, ...lines];
}

function uniqueBy<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}
