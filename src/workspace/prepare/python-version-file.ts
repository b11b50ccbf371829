import { posix } from "node:path";
import { parse } from "smol-toml";
import { staysInside } from "../../trees/paths.ts";
import { inFolder, type Manifests } from "./recipe.ts";

/**
 * Files that setuptools-scm, hatch-vcs and pdm write when a project is built, with the version of its last tag. No commit
 * holds them and the package imports them, so that nothing of it runs without.
 */
export const VERSION_FILE =
  '__version__ = version = "0.0.0"\n__version_tuple__ = version_tuple = (0, 0, 0)\n__commit_id__ = commit_id = None\n';

const KEYS = ["version_file", "version-file", "write_to", "build-hook-version-file"];

/** @returns paths from the root that the repository names and does not hold */
export function versionFilesOf(manifests: Manifests, at: string): string[] {
  const setup = `${manifests.text(inFolder(at, "setup.py")) ?? ""}\n${manifests.text(inFolder(at, "setup.cfg")) ?? ""}`;
  const named = [
    ...tablesOf(manifests.text(inFolder(at, "pyproject.toml"))).flatMap((one) => KEYS.map((key) => one[key])),
    ...[...setup.matchAll(/\b(?:write_to|version_file)["']?\s*[=:]\s*["']?([\w./-]{1,200})/g)].map(([, path]) => path),
  ];
  const paths = named.filter((path) => typeof path === "string" && /^[\w./-]+\.py$/.test(path));
  const all = paths.map((path) => posix.normalize(inFolder(at, path as string)));
  return [...new Set(all)].filter((path) => staysInside(path) && !manifests.paths.includes(path));
}

type Table = Readonly<Record<string, unknown>>;

function tablesOf(pyproject: string | undefined): Table[] {
  try {
    const tool = table(parse(pyproject ?? "")["tool"]);
    const hooks = table(table(table(tool["hatch"])["build"])["hooks"]);
    return [table(tool["setuptools_scm"]), table(hooks["vcs"]), table(table(tool["pdm"])["version"])];
  } catch {
    return [];
  }
}

function table(value: unknown): Table {
  return typeof value === "object" && value !== null ? (value as Table) : {};
}
