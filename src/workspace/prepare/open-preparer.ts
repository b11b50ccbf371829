import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mount, SandboxCheck } from "../sandbox.ts";
import { NOTHING_PREPARED, type Preparation, type Prepared, type Preparer, type PrepareRequest } from "../preparer.ts";
import { findRecipes, readManifests } from "./detect.ts";
import { environmentOf } from "./environment.ts";
import { ask, type Host } from "./host.ts";
import { inputsOf } from "./inputs.ts";
import { hashOf, type Layer, layerStore, type LayerStore } from "./layer-store.ts";
import { baseMount, makeBase } from "./make-base.ts";
import { makeLayer, MAKING_LIMITS, type MakingLimits } from "./make-layer.ts";
import { type Base, type HostTool, type Manager, mountOf, type Recipe } from "./recipe.ts";
import { registriesOf } from "./registries.ts";
import type { Registries } from "./registry-hosts.ts";
import { setupRecipe, toolsForSetup } from "./setup.ts";
import type { ToolChain } from "./toolchain.ts";
import { findToolChain } from "./toolchains.ts";

/** The preparer of this machine: its sandbox, its package managers, its disk. */
export type PreparerOptions = {
  readonly sandbox: SandboxCheck;
  readonly host: Host;
  /** Where layers lie. */
  readonly folder: string;
  readonly temporary: string;
  readonly layersBytesMax: number;
  readonly registries: readonly string[];
  readonly limits?: MakingLimits;
  readonly now?: () => Date;
};

/** Bound into every key: raised when a layer is made in another way, so that older ones are not found. */
const WAY = "2";

export function openPreparer(options: PreparerOptions): Preparer {
  const { folder, layersBytesMax: bytesMax, now = () => new Date() } = options;
  const store = layerStore({ folder, bytesMax, now });
  const tools = once((tool: HostTool) => findToolChain(options.host, tool, join(folder, "tools")));
  const managers = once((manager: Manager) => registriesOf(options.host, manager, join(folder, "watch")));
  return { prepare: (request) => prepare({ options, store, tools, managers }, request) };
}

/** Asked once: a tool chain that is installed later is seen by the next start. What could not be asked (a full disk) is asked again. */
function once<K, V>(find: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const known = new Map<K, Promise<V>>();
  return (key) => {
    const found = known.get(key) ?? find(key);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
}

type Machine = {
  readonly options: PreparerOptions;
  readonly store: LayerStore;
  readonly tools: (tool: HostTool) => Promise<ToolChain | null>;
  readonly managers: (manager: Manager) => Promise<Registries>;
};

async function prepare(machine: Machine, request: PrepareRequest): Promise<Preparation> {
  const began = performance.now();
  const { sandbox } = machine.options;
  if (sandbox.state === "none") return nothing(NOTHING_PREPARED, began);
  await mkdir(machine.options.folder, { recursive: true });
  const manifests = await readManifests(request.tree, request.blobs);
  const recipes = request.setup?.length ? [setupRecipe(request.setup, manifests.paths)] : findRecipes(manifests);
  const toolChains = await toolChainsFor(machine, recipes, manifests.paths);
  const hostOnly = preparedBy(toolChains, [], null);
  const { able, lacking } = byTools(recipes, toolChains);
  if (able.length === 0) return lacking === "" ? nothing(hostOnly, began) : failed(hostOnly, lacking, []);
  const layer = await machine.store.findOrMake(
    keyOf(sandbox.sandbox.driver, request, able, toolChains),
    (draft) => make(machine, request, able, toolChains, draft),
    request.signal,
  );
  if (layer.outcome === "unmade") return failed(hostOnly, `${layer.sentence} ${lacking}`.trim(), layer.details);
  const what = able.map((one) => one.says);
  const prepared = preparedBy(toolChains, able, layer);
  if (lacking !== "") return failed(prepared, lacking, [], what);
  const notes = [...new Set([...able.flatMap((one) => one.notes), ...layer.notes])];
  return { outcome: "ready", prepared, what, notes, from: layer.from, durationMs: performance.now() - began };
}

/** One part of a repository whose tool is not there is no reason to go without the packages of the others. */
function byTools(recipes: readonly Recipe[], toolChains: readonly ToolChain[]) {
  const missing = ({ needs }: Recipe) => needs.find((tool) => !toolChains.some((one) => one.tool === tool));
  const tools = new Set(recipes.map(missing).filter((tool) => tool !== undefined));
  const sentences = [...tools].map((tool) => missingTool(tool, recipes.filter((one) => missing(one) === tool))); // prettier-ignore
  return { able: recipes.filter((one) => missing(one) === undefined), lacking: sentences.join(" ") };
}

const STARTED: readonly { readonly by: RegExp; readonly tool: HostTool }[] = [
  { by: /(\.py|\.sh|(^|\/)(GNU)?[Mm]akefile)$/, tool: "python3" },
  { by: /(^|\/)build\.gradle(\.kts)?$/, tool: "java" },
  { by: /(^|\/)package\.json$/, tool: "node-headers" },
];

/** What a recipe needs, and what tests may start besides (a Makefile, a script of package.json, Gradle). */
async function toolChainsFor(
  { tools }: Machine,
  recipes: readonly Recipe[],
  paths: readonly string[],
): Promise<ToolChain[]> {
  const needed = recipes.flatMap((one) => one.needs);
  const bySetup = recipes.some((one) => one.sees === "repository");
  const also: readonly HostTool[] = bySetup
    ? toolsForSetup(paths)
    : STARTED.filter(({ by }) => paths.some((path) => by.test(path))).map(({ tool }) => tool);
  const all = await Promise.all([...new Set([...needed, ...also])].map((tool) => tools(tool)));
  return all.filter((one) => one !== null);
}

function keyOf(
  driver: string,
  { tree, setup }: PrepareRequest,
  recipes: readonly Recipe[],
  toolChains: readonly ToolChain[],
): string {
  // A policy's own commands may read any file, so any change of the tree makes another layer.
  const inputs = setup?.length ? [...tree.keys()].sort() : inputsOf(tree);
  return hashOf([
    ...machineKey(driver, toolChains),
    JSON.stringify(recipes),
    ...inputs.map((path) => `${path} ${tree.get(path)?.sha}`),
  ]);
}

function machineKey(driver: string, toolChains: readonly ToolChain[]): string[] {
  const tools = toolChains.map((one) => `${one.tool} ${one.version} ${one.mounts.map(({ from }) => from).join()}`);
  return [WAY, driver, process.platform, process.arch, process.version, ...tools];
}

async function make(
  machine: Machine,
  request: PrepareRequest,
  recipes: readonly Recipe[],
  toolChains: readonly ToolChain[],
  draft: string,
) {
  const { options, managers } = machine;
  if (options.sandbox.state === "none") throw new Error("A layer is made in a sandbox");
  const wanted = [...new Set(recipes.flatMap((one) => one.registries))];
  const onProgress = request.onProgress ?? (() => undefined);
  return makeLayer(
    {
      sandbox: options.sandbox.sandbox,
      tree: request.tree,
      blobs: request.blobs,
      recipes,
      toolChains,
      registries: await Promise.all(wanted.map(managers)),
      moreRegistries: options.registries,
      certificates: await certificatesOf(options.host),
      bases: await basesFor(machine, request, recipes, toolChains),
      limits: options.limits ?? MAKING_LIMITS,
      temporary: options.temporary,
      onProgress,
      signal: request.signal,
    },
    draft,
  );
}

/** Found or made as any layer is, under a key without anything of a repository. A base only saves time: without it a layer is made too. */
async function basesFor(
  { options, store }: Machine,
  { onProgress = () => undefined, signal }: PrepareRequest,
  recipes: readonly Recipe[],
  toolChains: readonly ToolChain[],
): Promise<Mount[]> {
  const bases = new Map(recipes.flatMap(({ base }): [string, Base][] => (base ? [[base.name, base]] : [])));
  const { sandbox: check, limits = MAKING_LIMITS } = options;
  const mounts: Mount[] = [];
  for (const base of bases.values()) {
    const toolChain = toolChains.find(({ tool }) => tool === base.tool);
    if (!toolChain || check.state === "none") continue;
    const { sandbox } = check;
    const key = hashOf([...machineKey(sandbox.driver, [toolChain]), JSON.stringify(base)]);
    const making = { sandbox, base, toolChain, buildMs: limits.buildMs, onProgress, signal };
    const layer = await store.findOrMake(key, (draft) => makeBase(making, draft), signal);
    if (layer.outcome === "layer") mounts.push(baseMount(base, layer.folder));
  }
  return mounts;
}

/** What this machine's own programs trust; a company's proxy may sign for every registry. */
async function certificatesOf(host: Host): Promise<string | null> {
  const npm = await ask(host, "npm", ["config", "get", "cafile"]);
  const named = [host.environment["SSL_CERT_FILE"], host.environment["NODE_EXTRA_CA_CERTS"], npm?.text.trim()];
  const usual = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];
  for (const file of [...named, ...usual]) {
    const text = file?.startsWith("/") ? await readFile(file, "utf8").catch(() => null) : null;
    if (text?.includes("BEGIN CERTIFICATE")) return text;
  }
  return null;
}

function preparedBy(toolChains: readonly ToolChain[], recipes: readonly Recipe[], layer: Layer | null): Prepared {
  const mounts: Mount[] = toolChains.flatMap((one) => one.mounts);
  if (layer) {
    mounts.push(mountOf(layer.folder));
    const scratch = new Map(recipes.flatMap((one) => one.scratch).map((one) => [one.at, one.name]));
    for (const [at, name] of scratch) mounts.push({ from: join(layer.folder, name), at, writes: "discarded" });
    const seen = (at: string, writes: Mount["writes"]): Mount => ({ from: join(layer.folder, "work", at), at, writes });
    for (const at of layer.shownFolders) mounts.push(seen(at, "discarded"));
    for (const at of layer.shownFiles) mounts.push(seen(at, "refused"));
  }
  return { mounts, environment: environmentOf(toolChains, recipes) };
}

function nothing(prepared: Prepared, began: number): Preparation {
  return { outcome: "ready", prepared, what: [], notes: [], from: "nothing", durationMs: performance.now() - began };
}

function failed(
  prepared: Prepared,
  sentence: string,
  details: readonly string[],
  what: readonly string[] = [],
): Preparation {
  return { outcome: "failed", prepared, what, sentence, details };
}

const PACKAGES: Readonly<Record<HostTool, string>> = {
  python3: "Python",
  go: "Go",
  cargo: "Rust",
  java: "Java",
  mvn: "Maven",
  gradle: "Gradle",
  bundle: "Ruby with Bundler",
  php: "PHP",
  composer: "Composer",
  "gradle-kotlin": "a Gradle whose build scripts may be Kotlin, from version 5 on",
  "node-headers": "the headers of Node",
};

function missingTool(tool: HostTool, recipes: readonly Recipe[]): string {
  const what = recipes.map((one) => one.says);
  const program = tool.includes("-") ? "" : ` (\`${tool}\`)`;
  return `${what.join(", ")} cannot be brought in: ${PACKAGES[tool]}${program} is not installed on this server. Install it there and start the server again.`;
}
