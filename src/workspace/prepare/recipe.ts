import type { Mount } from "../sandbox.ts";

/** How one manifest's packages are brought in, as data: found by reading, carried out by `make-layer.ts`. */
export type Recipe = {
  /** What is brought in, for people: `npm packages (package-lock.json)`. */
  readonly says: string;
  /** The manifest's folder; empty for the root. */
  readonly at: string;
  /** Whose registries may be reached; nobody's when it is empty. */
  readonly registries: readonly Manager[];
  /** Programs of the host that have to be there. */
  readonly needs: readonly HostTool[];
  /** Shell lines with the way out, in a copy of what they see. */
  readonly fetch: readonly string[];
  /** What lies there while packages are fetched: the manifests alone, or the whole repository. */
  readonly sees: "manifests" | "repository";
  /** Shell lines without a network, in the whole repository; what they write into the layer is kept. */
  readonly build: readonly string[];
  /** Texts of ours that lie beside the manifests while packages are fetched, by path from the root. */
  readonly files: Readonly<Record<string, string>>;
  /** For the fetch, the build and every run. */
  readonly environment: Readonly<Record<string, string>>;
  /** Besides, where there is no network: for the build and every run. */
  readonly offline: Readonly<Record<string, string>>;
  /** Folders of the layer that a run may write to, without anybody seeing it later. */
  readonly scratch: readonly Scratch[];
  /** Whether the folders `node_modules` that appear in the copy of the manifests are seen in the repository. */
  readonly bringsNodeModules: boolean;
  /** Other folders and files, by path from the root, that packages come into and a run sees. */
  readonly brings: readonly string[];
  readonly notes: readonly string[];
  /** What is the same for every repository of a tool chain; seen while this is built. */
  readonly base: Base | null;
};

/** Made once on this machine from a tool chain and nothing of any repository, and never written again. */
export type Base = {
  /** The folder below `BASE` where it is seen, and that its commands fill. */
  readonly name: string;
  /** For people: `the standard library of Go`. */
  readonly says: string;
  readonly tool: HostTool;
  /** Texts of ours in an otherwise empty workspace. */
  readonly files: Readonly<Record<string, string>>;
  /** Shell lines without a network. */
  readonly build: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

export type Scratch = { readonly name: string; readonly at: string };

export type Manager = "npm" | "pip" | "go" | "cargo" | "maven" | "gradle" | "bundler" | "composer";
export type HostTool =
  | ("python3" | "go" | "cargo" | "java" | "mvn" | "gradle" | "bundle" | "php" | "composer")
  /** A Gradle whose build scripts may be Kotlin. */
  | "gradle-kotlin"
  /** What modules in C are compiled with for the Node that runs inside. */
  | "node-headers";

/** Where the layer is seen inside, while it is made and ever after: many tools write its place down. */
export const LAYER = "/opt/coop/layer";
/** The copy of the manifests that packages are fetched beside. */
export const WORK = `${LAYER}/work`;
/** Where bases are seen while a layer is built. */
export const BASE = "/opt/coop/base";
/** Caches and temporary files of the fetch step, thrown away with it. */
export const CACHE = `${LAYER}/cache`;
/** Where the headers of Node are seen, as node-gyp wants them: with a folder `include`. */
export const NODE_HEADERS = "/opt/coop/tools/node-headers";
/** In the layer: what this machine trusts. */
export const CERTIFICATES = "certificates.pem";

export const EMPTY_RECIPE: Omit<Recipe, "says" | "at"> = {
  registries: [],
  needs: [],
  fetch: [],
  sees: "manifests",
  build: [],
  files: {},
  environment: {},
  offline: {},
  scratch: [],
  bringsNodeModules: false,
  brings: [],
  notes: [],
  base: null,
};

/** What the readers of manifests see: every path, and the texts of those that say which packages are needed. */
export type Manifests = {
  readonly paths: readonly string[];
  /** Undefined for a file that is not there or was not read. */
  readonly text: (path: string) => string | undefined;
};

export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

export function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** One word of a shell line. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export function mountOf(layerFolder: string): Mount {
  return { from: layerFolder, at: LAYER, writes: "refused" };
}
