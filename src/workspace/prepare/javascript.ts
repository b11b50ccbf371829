import { z } from "zod";
import { withoutPrograms } from "./yarn-settings.ts";
import { withoutScanner } from "./bun-settings.ts";
import { folderOf } from "./inputs.ts";
import { provide, type Tool, TOOLS } from "./programs.ts";
import { CACHE, EMPTY_RECIPE, inFolder, LAYER, type Manifests, NODE_HEADERS, type Recipe, word } from "./recipe.ts";

/** Packages of JavaScript and TypeScript: npm, pnpm, yarn (classic and berry), bun. */
const manifestSchema = z.object({
  packageManager: z.string().optional().catch(undefined),
  dependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
  devDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
  optionalDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
  peerDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
  workspaces: z.unknown().optional(),
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
type Manifest = z.infer<typeof manifestSchema>;

/** A repository with more projects of their own than this is installed from its root only. */
const PROJECTS_MAX = 8;

export function javascript(manifests: Manifests): Recipe[] {
  const found: Recipe[] = [];
  const covered: string[] = [];
  const folders = manifests.paths
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .map(folderOf)
    .sort((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
  for (const at of folders) {
    // A workspace installs what lies below it; a lockfile of its own makes a folder a project of its own.
    if (covered.some((above) => above === "" || at.startsWith(`${above}/`)) && !lockOf(manifests, at)) continue;
    const manifest = read(manifests.text(inFolder(at, "package.json")));
    const isWorkspace = manifest?.workspaces !== undefined || has(manifests, inFolder(at, "pnpm-workspace.yaml"));
    if (!manifest || !(needsPackages(manifest) || isWorkspace || needsProgram(manifests, at, manifest))) continue;
    if (isWorkspace) covered.push(at);
    found.push(recipeOf(manifests, at, manifest));
  }
  return found.slice(0, PROJECTS_MAX);
}

function read(text: string | undefined): Manifest | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(text ?? ""));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function needsPackages(manifest: Manifest): boolean {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  const all = [dependencies, devDependencies, optionalDependencies, peerDependencies];
  return all.some((one) => Object.keys(one ?? {}).length > 0);
}

/** Without a package there is still the program that runs the tests, where it is not npm's own. */
function needsProgram(manifests: Manifests, at: string, manifest: Manifest): boolean {
  const { name } = toolOf(manifests, at, manifest);
  return name === "bun" || calledBy(manifest).length > 0;
}

const LOCKS = ["pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb", "npm-shrinkwrap.json", "package-lock.json"];

function lockOf(manifests: Manifests, at: string): string | null {
  return LOCKS.find((name) => has(manifests, inFolder(at, name))) ?? null;
}

function has(manifests: Manifests, path: string): boolean {
  return manifests.paths.includes(path);
}

function toolOf(manifests: Manifests, at: string, manifest: Manifest): Tool {
  const [, named, version = null] = /^(npm|pnpm|yarn|bun)@([\w.-]+)/.exec(manifest.packageManager ?? "") ?? [];
  const lock = lockOf(manifests, at);
  const byLock = lock?.startsWith("pnpm")
    ? "pnpm"
    : lock === "yarn.lock"
      ? "yarn"
      : lock?.startsWith("bun")
        ? "bun"
        : lock === null && has(manifests, inFolder(at, "pnpm-workspace.yaml"))
          ? "pnpm"
          : (lock === null && calledBy(manifest)[0]) || "npm";
  const name = (lock ? byLock : (named ?? byLock)) as ToolName;
  const wanted = name === named ? version : null;
  if (name === "yarn" && isBerry(manifests, at, wanted)) return { name: "berry", version: wanted };
  return { name, version: wanted };
}

type ToolName = "npm" | "pnpm" | "yarn" | "bun";

/** Package managers that a script of the repository starts, as `yarn lint && yarn jest`. */
function calledBy({ scripts }: Manifest): Exclude<ToolName, "npm">[] {
  const lines = Object.entries(scripts ?? {}).filter(([name]) =>
    /^(?:pre|post)?tests?\b|^unit|^check$|^ci$/.test(name),
  );
  const all = lines.map(([, line]) => (typeof line === "string" ? line : "")).join("\n");
  return (["bun", "pnpm", "yarn"] as const).filter((name) =>
    new RegExp(`(?:^|[;&|(]|=\\S+ ) *${name}x? `, "m").test(all),
  );
}

function isBerry(manifests: Manifests, at: string, version: string | null): boolean {
  if (version) return !version.startsWith("1.") && !version.startsWith("0.");
  return has(manifests, inFolder(at, ".yarnrc.yml")) || /^__metadata:/m.test(lockText(manifests, at));
}

function lockText(manifests: Manifests, at: string): string {
  return manifests.text(inFolder(at, lockOf(manifests, at) ?? "")) ?? "";
}

function recipeOf(manifests: Manifests, at: string, manifest: Manifest): Recipe {
  const tool = toolOf(manifests, at, manifest);
  const lock = lockOf(manifests, at);
  const source = inFolder(at, lock ?? "package.json");
  // A script may start another one than the lockfile's.
  const others = calledBy(manifest)
    .filter((name) => label(tool) !== name)
    .map((name): Tool => ({ name, version: null }));
  const base = { ...EMPTY_RECIPE, says: `${label(tool)} packages (${source})`, at, registries: ["npm" as const] };
  const programs = tool.name !== "npm" || others.length > 0;
  const environment = { ...ENVIRONMENT[tool.name], ...(programs ? { PATH: `${TOOLS}/bin:` } : {}) };
  return {
    ...base,
    bringsNodeModules: true,
    // A script may start one that the lockfile does not name.
    files: { ...withoutPrograms(manifests), ...withoutScanner(manifests) },
    fetch: [...[tool, ...others].flatMap((one) => provide(one, lockText(manifests, at))), install(tool, lock)],
    build: [HEADERS, rebuild(tool, has(manifests, inFolder(at, "pnpm-workspace.yaml"))), ...ownScripts(manifest)],
    environment,
    offline: OFFLINE[tool.name] ?? {},
    notes: lock === null ? [`${source} has no lockfile, so the newest versions that fit were installed.`] : [],
  };
}

function label({ name }: Tool): string {
  return name === "berry" ? "yarn" : name;
}

function install({ name }: Tool, lock: string | null): string {
  switch (name) {
    case "npm":
      return lock === null
        ? "npm install --ignore-scripts --no-package-lock --no-audit --no-fund"
        : "npm ci --ignore-scripts --no-audit --no-fund";
    case "pnpm":
      return `pnpm install --ignore-scripts --ignore-pnpmfile ${lock ? "--frozen-lockfile" : "--no-lockfile"} --reporter=append-only`;
    case "yarn":
      return `${lock ? YARN_FROM_HERE : ""}YARN_REGISTRY="$npm_config_registry" yarn install --ignore-scripts --non-interactive ${lock ? "--frozen-lockfile" : "--no-lockfile"}`;
    case "berry":
      return `${YARN_SETTINGS} yarn install --mode=skip-build ${lock ? "--immutable" : "--no-immutable"}`;
    case "bun":
      return `bun install --ignore-scripts ${lock ? "--frozen-lockfile" : "--no-save"}`;
  }
}

/** Later yarns read their own variables only, for the registry and for the way out. */
const YARN_SETTINGS =
  'YARN_NPM_REGISTRY_SERVER="$npm_config_registry" YARN_HTTP_PROXY="$HTTP_PROXY" YARN_HTTPS_PROXY="$HTTPS_PROXY"';

/**
 * A lockfile of yarn says for each package where it lies, as a rule at yarn's own registry. Yarn, asked in an empty folder,
 * names that place; the copy of the lockfile then names the registry that npm on this server uses. Checksums stay.
 */
const YARN_FROM_HERE = [
  "own=$(cd /tmp && env -u npm_config_registry yarn config get registry --silent) || own=",
  'case $own in http*) sed -i "s#resolved \\"${own%/}/#resolved \\"${npm_config_registry%/}/#" yarn.lock ;; esac',
  "",
].join("\n");

/** Install scripts of packages run here: with the repository's files, without a network. */
function rebuild({ name }: Tool, isWorkspace: boolean): string {
  // npm takes pnpm's links for folders of ours, and would run what their authors run before they publish.
  const again = name === "pnpm" ? `pnpm${isWorkspace ? " -r" : ""} rebuild` : "npm rebuild --no-audit --no-fund";
  return `if ${WITH_SCRIPTS}; then ${again} || echo ${word(SCRIPTS_FAILED)}; fi`;
}

/** npm itself does not know the setting and says so; node-gyp, which it starts, does. A container may have a Node of its own. */
const HEADERS = `[ ! -d ${NODE_HEADERS}/include ] || [ "$(node -p process.version)" != ${process.version} ] || export npm_config_nodedir=${NODE_HEADERS}`;

const WITH_SCRIPTS = String.raw`grep -rqsE '"(hasInstallScript|requiresBuild)": ?true|"(pre|post)?install": ?"' node_modules/.package-lock.json node_modules/*/package.json node_modules/@*/*/package.json node_modules/.pnpm/*/node_modules/*/package.json`;

/** Many only fetch what few tests need, such as a browser; those that do need it fail before the change too. */
export const SCRIPTS_FAILED = "Install scripts failed without a network: what they bring is missing.";

/** Of the repository's own install scripts those that change packages, such as `patch-package`. */
function ownScripts({ scripts }: Manifest): string[] {
  const own = typeof scripts?.["postinstall"] === "string";
  return own ? [`npm run --if-present postinstall || echo ${word(SCRIPTS_FAILED)}`] : [];
}

/** Caches that were filled while packages were fetched are gone; in a run nobody needs them, but tools make sure of theirs. */
const OFFLINE: Partial<Record<Tool["name"], Readonly<Record<string, string>>>> = {
  yarn: { YARN_CACHE_FOLDER: "/tmp/yarn" },
  berry: { YARN_CACHE_FOLDER: "/tmp/yarn", YARN_ENABLE_NETWORK: "false" },
  bun: { BUN_INSTALL_CACHE_DIR: "/tmp/bun" },
};

const ENVIRONMENT: Readonly<Record<Tool["name"], Readonly<Record<string, string>>>> = {
  npm: {},
  pnpm: {
    npm_config_store_dir: `${LAYER}/pnpm-store`,
    npm_config_manage_package_manager_versions: "false",
    npm_config_verify_deps_before_run: "false",
  },
  yarn: { YARN_CACHE_FOLDER: `${CACHE}/yarn`, YARN_IGNORE_PATH: "1" },
  berry: {
    YARN_NODE_LINKER: "node-modules",
    YARN_IGNORE_PATH: "1",
    YARN_ENABLE_GLOBAL_CACHE: "false",
    YARN_CACHE_FOLDER: `${CACHE}/yarn`,
    YARN_INSTALL_STATE_PATH: `${LAYER}/yarn-install-state.gz`,
    YARN_ENABLE_TELEMETRY: "false",
  },
  bun: { BUN_INSTALL_CACHE_DIR: `${CACHE}/bun` },
};
