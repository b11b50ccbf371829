import { readSome, type Repository, textOf } from "./repository.ts";

/** Test commands of JavaScript and TypeScript, from scripts, workspaces and the packages of a runner. */

/** npm writes this script into every new package; it fails and tests nothing. */
const NPM_PLACEHOLDER = /no test specified/;
/** Scripts that test something where `test` does more, such as checking the style first. */
const OTHER_SCRIPTS =
  /^(?:tests?[:_-](?:unit|ci|node|all|run|once|js|ts|src)|unit(?:[:_-]tests?)?|tests|jest|vitest|mocha|check)$/;
/** Each is run once on the base, which costs as much as its suite. */
const OTHER_SCRIPTS_MAX = 3;

type Manifest = {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly workspaces?: unknown;
  readonly packageManager?: unknown;
  readonly type?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
};

export async function javascriptCommands(repository: Repository): Promise<string[]> {
  const manifest = await manifestAt(repository, "package.json");
  const scripts = manifest?.scripts ?? {};
  const others = Object.keys(scripts)
    .filter((name) => OTHER_SCRIPTS.test(name) && isScript(scripts[name]))
    .slice(0, OTHER_SCRIPTS_MAX);
  const script = isScript(scripts["test"]) ? ["npm test"] : [];
  const found = [
    ...withBuild([...script, ...workspaceCommands(repository, manifest)], scripts),
    ...withoutFolders(scripts["test"], repository.tree),
    ...others.map((name) => `npm run ${name}`),
    ...runnersOf(manifest),
  ];
  if (found.length > 0 && script.length > 0) return found;
  const own = await ownRunners(repository);
  return [...found, ...own];
}

/**
 * `node --test test/`: before Node 22 a folder's tests, and since then a module of that name, which is not there. Without the folders
 * node looks for its tests itself; in one that a step before it builds, the files are named.
 */
function withoutFolders(script: unknown, tree: Repository["tree"]): string[] {
  const steps = typeof script === "string" ? script.split("&&").map((step) => step.trim().split(/\s+/)) : [];
  if (!steps.flat().every((word) => PLAIN_WORD.test(word))) return [];
  const left = steps.map((words, at) => stepWithoutFolders(words, tree, at > 0));
  return left.some((one, at) => one !== steps[at]) ? [left.map(startedByHand).join(" && ")] : [];
}

function stepWithoutFolders(words: string[], tree: Repository["tree"], mayBeBuilt: boolean): string[] {
  const test = words.indexOf("--test");
  if (!words.slice(0, test).includes("node")) return words;
  const named = (word: string) => word.replace(/^\.\/|\/$/g, "");
  const isThere = (word: string) => [...tree.keys()].some((path) => path.startsWith(`${named(word)}/`));
  const isBuilt = (word: string) => mayBeBuilt && /^(?:\.\/)?\w[\w/-]*$/.test(word);
  const left = words.flatMap((word, at) => {
    if (at <= test || word.startsWith("-")) return [word];
    return isThere(word) ? [] : isBuilt(word) ? [`"${named(word)}/**/*.js"`] : [word];
  });
  return left.join(" ") === words.join(" ") ? words : left;
}

/** A script finds the programs of packages by itself. */
function startedByHand(words: readonly string[]): string {
  const at = words.findIndex((word) => !/^\w+=/.test(word));
  const isKnown = /^(?:node|npm|npx|pnpm|yarn|bunx?|rm|cp|mkdir|echo|.*\/.*)$/.test(words[at] ?? "node");
  return [...words.slice(0, at), ...(isKnown ? [] : ["npx"]), ...words.slice(at)].join(" ");
}

/** Nothing that a shell would take for more than a word. */
const PLAIN_WORD = /^[\w./=:@-]+$/;

/** Tests may run what a build leaves behind, which no commit holds. */
function withBuild([first, ...more]: readonly string[], scripts: Readonly<Record<string, unknown>>): string[] {
  if (first === undefined) return [];
  return isScript(scripts["build"]) ? [first, `npm run build && ${first}`, ...more] : [first, ...more];
}

/** Commands that run the tests of every member of a workspace. */
function workspaceCommands({ tree }: Repository, manifest: Manifest | null): string[] {
  const found: string[] = [];
  const packages = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const isPnpm = tree.has("pnpm-workspace.yaml") || tree.has("pnpm-lock.yaml");
  if (tree.has("pnpm-workspace.yaml")) found.push("pnpm -r --if-present test");
  else if (manifest?.workspaces !== undefined)
    found.push(tree.has("yarn.lock") && !isPnpm ? yarnWorkspaces(tree.has(".yarnrc.yml")) : NPM_WORKSPACES);
  if (tree.has("turbo.json") && "turbo" in packages) found.push("npx turbo run test");
  if (tree.has("nx.json") && "nx" in packages) found.push("npx nx run-many -t test");
  if (tree.has("lerna.json") && "lerna" in packages) found.push("npx lerna run test --stream");
  return found;
}

const NPM_WORKSPACES = "npm test --workspaces --if-present";

function yarnWorkspaces(isBerry: boolean): string {
  return isBerry ? "yarn workspaces foreach -A run test" : "yarn workspaces run test";
}

/** A runner that is a package of the repository, started without a script. */
function runnersOf(manifest: Manifest | null): string[] {
  const packages = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const known = [
    ["vitest", "npx vitest run"],
    ["jest", "npx jest"],
    ["mocha", "npx mocha"],
    ["ava", "npx ava"],
    ["tap", "npx tap"],
  ] as const;
  const found: string[] = known.filter(([name]) => name in packages).map(([, run]) => run);
  // jest loads ECMAScript modules only where node is told so, and its own documents leave that to the environment.
  if ("jest" in packages && manifest?.type === "module") found.push("NODE_OPTIONS=--experimental-vm-modules npx jest");
  return found;
}

export async function hasTestScript(repository: Repository, path: string): Promise<boolean> {
  return isScript((await manifestAt(repository, path))?.scripts?.["test"]);
}

function isScript(script: unknown): script is string {
  return typeof script === "string" && script.trim() !== "" && !NPM_PLACEHOLDER.test(script);
}

async function manifestAt(repository: Repository, path: string): Promise<Manifest | null> {
  try {
    const value: unknown = JSON.parse(await textOf(repository, path));
    return typeof value === "object" && value !== null ? value : null;
  } catch (error) {
    // What could not be read is not taken for a file without scripts.
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

const KNOWN_BY_IMPORT = [
  [/['"]node:test['"]/, "node --test"],
  [/['"]bun:test['"]/, "bun test"],
] as const;
/** Commands that no file of a repository names. */
export const OWN_RUNNERS: readonly string[] = KNOWN_BY_IMPORT.map(([, run]) => run);

/** Runners that belong to the machine itself, in a repository whose package.json does not say how tests are run or is not there. */
async function ownRunners(repository: Repository): Promise<string[]> {
  const tests = [...repository.tree.keys()].filter(
    (path) => /(^|\/)[^/]+[._-](?:test|spec)\.[cm]?[jt]sx?$/.test(path) && !/node_modules\//.test(path),
  );
  const texts = await readSome(repository, tests);
  return KNOWN_BY_IMPORT.filter(([module]) => texts.some((content) => module.test(content))).map(([, run]) => run);
}
