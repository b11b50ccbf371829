import type { FileDiff } from "../../../trees/diff.ts";
import { isTestFile } from "../tests/test-files.ts";
import { moduleSettings } from "./go-modules.ts";
import { asksForLess, isCheckerFile } from "./looser-checks.ts";
import { makeSettings } from "./make-settings.ts";
import { librarySettings } from "./test-libraries.ts";
import { pluginSettings } from "./test-plugins.ts";
import { LOOSER, sectionSettings } from "./toml-settings.ts";

/** Folders, with those around them, in which old tests lie, and Go code. */
export type OldFolders = { readonly tests: ReadonlySet<string>; readonly go: ReadonlySet<string> };

const MANIFEST = /(^|\/)(package\.json|pyproject\.toml|setup\.cfg|Cargo\.toml|go\.mod)$/;

/**
 * @param paths the files of the base
 * @param files those of the change: without a new manifest among them nobody asks
 */
export function oldFolders(paths: Iterable<string>, files: readonly FileDiff[]): OldFolders {
  const found = { tests: new Set<string>(), go: new Set<string>() };
  if (!files.some(({ path, action }) => action === "create" && MANIFEST.test(path))) return found;
  for (const path of paths) {
    if (isTestFile(path)) addAround(found.tests, path);
    if (path.endsWith(".go")) addAround(found.go, path);
  }
  return found;
}

function addAround(folders: Set<string>, path: string): void {
  for (let at = path.lastIndexOf("/"); ; at = path.lastIndexOf("/", at - 1)) {
    const folder = at < 0 ? "" : path.slice(0, at);
    if (folders.has(folder)) return;
    folders.add(folder);
    if (at <= 0) return;
  }
}

/**
 * Settings inside ordinary files that decide how code is tested: changing them is like changing a test's configuration,
 * while the rest of such a file (a version, a dependency) is everyday work.
 * @returns what was changed, in words; empty when nothing of the kind
 */
export function changedTestSettings(file: FileDiff, old: OldFolders): string[] {
  if (file.kind !== "text") return [];
  const name = file.path.split("/").at(-1) ?? "";
  const [before, after] = [file.action === "create" ? "" : file.before, file.action === "delete" ? "" : file.after];
  const brought = [...pluginSettings(name, before, after), ...librarySettings(name, before, after)];
  return [...(file.action === "create" ? newSettings(file, name, old) : otherSettings(file, name)), ...brought];
}

function otherSettings(file: FileDiff, name: string): string[] {
  if (name === "package.json") return manifestSettings(file.before, file.after);
  if (isCheckerFile(file.path)) return asksForLess(file.before, file.after, file.path) ? [LOOSER] : [];
  if (/^go\.(mod|work)$/.test(name)) return moduleSettings(file);
  if (/^(GNU)?[Mm]akefile$/.test(name)) return makeSettings(file.before, file.after);
  return sectionSettings(name, file.before, file.after);
}

/** In the manifest of a new package nothing was decided before, and commands come from the base; old tests below it read it all the same. */
function newSettings(file: FileDiff, name: string, old: OldFolders): string[] {
  const { path, after } = file;
  const folder = path.slice(0, Math.max(0, path.length - name.length - 1));
  if (name === "go.work") return moduleSettings(file);
  if (name === "go.mod") {
    const reached = folder !== "" ? ["which folders `./...` reaches"] : [];
    return old.go.has(folder) ? [...reached, ...moduleSettings(file)] : [];
  }
  if (!old.tests.has(folder)) return [];
  if (name !== "package.json") return sectionSettings(name, "", after).filter((one) => one !== LOOSER);
  const manifest = parse(after);
  const led = folder !== "" && manifest?.["imports"] !== undefined ? ["where `imports` lead"] : [];
  return [...led, ...RUNNER_KEYS.filter((key) => manifest?.[key] !== undefined).map((key) => `the settings "${key}"`)];
}

/** Besides the scripts: settings of test runners, and what swaps one dependency for another. */
const RUNNER_KEYS = ["jest", "mocha", "ava", "vitest", "tap", "nyc", "c8", "babel", "wireit"];
const MANIFEST_KEYS = [...RUNNER_KEYS, "overrides", "resolutions", "pnpm", "eslintConfig"];
/** Scripts that npm runs by itself. */
const LIFECYCLE = /^(pre|post)|^(test|prepare|install|publish)(:|$)/;

type Manifest = Record<string, unknown> & { scripts?: Record<string, unknown> };

function manifestSettings(before: string, after: string): string[] {
  const [old, now] = [parse(before), parse(after)];
  if (!old) return [];
  if (!now) return ["it cannot be read any more"];
  const [was, is] = [old.scripts ?? {}, now.scripts ?? {}];
  const scripts = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== is[name] && (name in was || LIFECYCLE.test(name)))
    .map((name) => `the script "${name}"`);
  const keys = MANIFEST_KEYS.filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  const swapped = otherImports(old["imports"], now["imports"]) ? ["where `imports` lead"] : [];
  const left = leftOut(now["workspaces"]).some((one) => !leftOut(old["workspaces"]).includes(one));
  const out = left ? ["which packages `workspaces` leaves out"] : [];
  return [...scripts, ...swapped, ...out, ...keys.map((key) => `the settings "${key}"`)];
}

/** `["packages/*", "!packages/store"]` */
function leftOut(workspaces: unknown): string[] {
  const all: unknown = Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: unknown } | null)?.packages;
  return Array.isArray(all) ? all.filter((one): one is string => typeof one === "string" && one.startsWith("!")) : [];
}

/** Tests import by these names. A name that was not there before, under no pattern that was, misleads nobody. */
function otherImports(before: unknown, after: unknown): boolean {
  const mapOf = (one: unknown) => new Map(Object.entries((one ?? {}) as Record<string, unknown>));
  const [was, is] = [mapOf(before), mapOf(after)];
  const patterns = [...was.keys()].map((name) => name.replace(/\*.*$/, ""));
  const isCovered = (name: string) => patterns.some((start) => start !== "" && name.startsWith(start));
  const changed = [...was].some(([name, to]) => JSON.stringify(is.get(name)) !== JSON.stringify(to));
  return changed || [...is.keys()].some((name) => !was.has(name) && isCovered(name));
}

function parse(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Manifest) : null;
  } catch {
    return null;
  }
}
