import { basename } from "node:path/posix";
import type { Tree } from "../../trees/tree.ts";

/**
 * The files of a repository that say which packages it needs. A layer is keyed by them, and the fetch step is given the
 * contents of those that are no programs, and of no other file: what has no content there cannot run there.
 */
const NAMES = [
  ...["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"],
  ...["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", "yarn.lock", ".yarnrc", ".yarnrc.yml"],
  ...["bun.lock", "bun.lockb", "bunfig.toml", "deno.json", "deno.jsonc", "deno.lock"],
  ...["pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "Pipfile.lock", "poetry.lock", "uv.lock", "pdm.lock"],
  ...["tox.ini", "tox.toml", "noxfile.py", "pytest.ini", ".python-version"],
  ...["go.mod", "go.sum", "go.work", "go.work.sum"],
  ...["Cargo.toml", "Cargo.lock", "rust-toolchain", "rust-toolchain.toml"],
  ...["Gemfile", "Gemfile.lock", "composer.json", "composer.lock"],
  ...["pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties"],
  ...["libs.versions.toml", "gradle.lockfile", ".ruby-version"],
];
const PATTERNS = [
  /(^|\/)[\w.-]*requirements[\w.-]*\.(txt|in)$/i,
  /(^|\/)requirements\/[\w.-]+\.(txt|in)$/i,
  /(^|\/)constraints[\w.-]*\.txt$/i,
  /(^|\/)\.cargo\/config(\.toml)?$/,
  /(^|\/)\.mvn\/[\w.-]+\.(xml|config)$/,
  /(^|\/)patches\/[^/]+\.patch$/,
  /\.gemspec$/,
];
/** Those of them that are programs. They are read for what they name; no tool is given one while packages are fetched. */
const PROGRAM = /(^|\/)(?:[^/]+\.(?:py|cjs|gemspec|gradle|gradle\.kts)|Gemfile)$/;
/** Folders that hold somebody else's manifests, or manifests that are only looked at. */
const ELSEWHERE = /(^|\/)(node_modules|vendor|third_party|testdata|fixtures?|__fixtures__|templates?)\//;

export function isInput(path: string): boolean {
  if (ELSEWHERE.test(path)) return false;
  return NAMES.includes(basename(path)) || PATTERNS.some((pattern) => pattern.test(path));
}

/** Whether a file has its content in the step that has a way out. */
export function isReadWhileFetching(path: string): boolean {
  return isInput(path) && !PROGRAM.test(path);
}

/** Lockfiles name exact packages; a person who accepts one accepts what the manifest beside it asks for. */
const LOCKFILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|[\w-]*\.lockb?|gradle\.lockfile|[\w.-]*lock\.(yaml|json)|go\.sum)$/i;

function isLockfile(path: string): boolean {
  return LOCKFILE.test(path);
}

/**
 * Whether a change of these inputs may bring in packages of its own. A person has to have accepted each of the files by
 * name; of a manifest, accepting the lockfile in the same folder or one above is enough.
 */
export function mayBringItsOwn(changed: readonly string[], accepted: readonly string[]): boolean {
  const locked = changed.filter((path) => isLockfile(path) && accepted.includes(path)).map(folderOf);
  const covered = (path: string) =>
    locked.some((folder) => folder === "" || folderOf(path) === folder || path.startsWith(`${folder}/`));
  return changed.length > 0 && changed.every((path) => accepted.includes(path) || (!isLockfile(path) && covered(path)));
}

export function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

/** A monorepo of that many packages is installed from its root all the same. */
const INPUTS_MAX = 2000;

/** The paths by which a layer is keyed, in order. */
export function inputsOf(tree: Tree): string[] {
  return [...tree.keys()].filter(isInput).sort().slice(0, INPUTS_MAX);
}

/** Which of them differ between two trees. */
export function changedInputs(base: Tree, head: Tree): string[] {
  const all = new Set([...inputsOf(base), ...inputsOf(head)]);
  return [...all].filter((path) => base.get(path)?.sha !== head.get(path)?.sha).sort();
}

/** Whether a tree, such as one with old tests on new code, has these files as the head has them. */
export function isInputOf(head: Tree, changed: readonly string[]): (tree: Tree) => boolean {
  return (tree) => changed.every((path) => tree.get(path)?.sha === head.get(path)?.sha);
}
