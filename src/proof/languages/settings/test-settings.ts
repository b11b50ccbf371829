import type { FileDiff } from "../../../trees/diff.ts";
import { asksForLess, CHECKER_PARTS, isCheckerFile } from "./looser-checks.ts";

/**
 * Settings inside ordinary files that decide how code is tested: changing them is like changing a test's configuration,
 * while the rest of such a file (a version, a dependency) is everyday work.
 * @returns what was changed, in words; empty when nothing of the kind
 */
export function changedTestSettings(file: FileDiff): string[] {
  if (file.kind !== "text") return [];
  const name = file.path.split("/").at(-1) ?? "";
  // In a new manifest nothing was decided before; the commands come from the base, and read a new file of settings at the top.
  if (file.action === "create") return file.path === "setup.cfg" ? changedParts(new Map(), tomlSections(file.after), /^tool:pytest/) : []; // prettier-ignore
  if (name === "package.json") return manifestSettings(file.before, file.after);
  if (isCheckerFile(file.path)) return asksForLess(file.before, file.after, file.path) ? [LOOSER] : [];
  const sections = SECTIONS[name];
  if (sections) {
    const [was, is] = [tomlSections(file.before), tomlSections(file.after)];
    return [...changedParts(was, is, sections), ...looserParts(was, is)];
  }
  if (name === "go.mod") return replacements(file);
  if (/^(GNU)?[Mm]akefile$/.test(name)) return makeSettings(file.before, file.after);
  return [];
}

const LOOSER = "what a linter or a type checker looks for";

function looserParts(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => CHECKER_PARTS.test(name));
  return names.some((name) => asksForLess(was.get(name) ?? "", is.get(name) ?? "")) ? [LOOSER] : [];
}

/** `replace` puts other code in the place of a package, the one that tests with it included; `ignore` takes folders out of `./...`. */
function replacements(file: FileDiff): string[] {
  const added = file.addedLines.some((one) => /^\s*replace\b|=>/.test(one.text));
  const ignored = ignoredFolders(file.after).some((one) => !ignoredFolders(file.before).includes(one));
  return [...(added ? ["a `replace`"] : []), ...(ignored ? ["what `ignore` leaves out"] : [])];
}

/** `ignore ./store`, `ignore (…)` */
function ignoredFolders(manifest: string): string[] {
  const text = manifest.replace(/[^\S\n]*\/\/.*$/gm, "");
  const [, block = ""] = /^ignore\s*\(([^)]*)\)/m.exec(text) ?? [];
  const single = [...text.matchAll(/^ignore +([^\s(]\S*)/gm)].map(([, folder = ""]) => folder);
  return [...single, ...block.split("\n").map((one) => one.trim())].filter((one) => one !== "");
}

/** Targets that test, and what every target stands on. */
function makeSettings(before: string, after: string): string[] {
  const changed = changedParts(targets(before), targets(after), /^(test|check)\b/);
  const [was, is] = [variables(before), variables(after)];
  const tested = [...targets(before)].filter(([name]) => /^(tests?|check|unit)\b/.test(name)).map(([, text]) => text);
  const isUsed = (name: string) =>
    OF_MAKE.test(name) || tested.some((text) => new RegExp(`\\$[({]?${name}\\b`).test(text));
  const others = [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name) && isUsed(name))
    .map((name) => `the variable "${name}"`);
  return [...changed, ...others];
}

/** Variables by which make chooses how a recipe runs. */
const OF_MAKE =
  /^(SHELL|\.SHELLFLAGS|MAKEFLAGS|MAKEFILES|\.ONESHELL|\.IGNORE|\.SILENT|include|PATH|GOFLAGS|NODE_OPTIONS|NODE_PATH|PYTEST_ADDOPTS|PYTHON(OPTIMIZE|PATH|STARTUP)|RUSTFLAGS)$/;

/** `FLAGS ?= -v`, `export PATH := …`, `include more.mk`, `.IGNORE:`; a value may be put together in several places. */
function variables(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match =
      /^(?:(?:export|override|define|unexport) +)*([\w.]+) *(?:[:?+!]{0,3}=) *(.*)$/.exec(line) ??
      /^-?(include) +(.*)$/.exec(line) ??
      /^(\.IGNORE|\.ONESHELL) *:(.*)$/.exec(line);
    if (match?.[1]) found.set(match[1], `${found.get(match[1]) ?? ""}${match[2] ?? ""}\n`);
  }
  return found;
}

const SECTIONS: Partial<Record<string, RegExp>> = {
  "pyproject.toml": /^tool\.(pytest|coverage|tox|hatch\.envs|nox)/,
  "setup.cfg": /^(tool:pytest|aliases|coverage)/,
  "Cargo.toml": /^(profile\.test|\[?test\]?$|lib$)/,
};

/** Besides the scripts: settings of test runners, and what swaps one dependency for another. */
const MANIFEST_KEYS = [
  "jest",
  "mocha",
  "ava",
  "vitest",
  "tap",
  "nyc",
  "c8",
  "overrides",
  "resolutions",
  "pnpm",
  "eslintConfig",
];
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
  return [...scripts, ...swapped, ...keys.map((key) => `the settings "${key}"`)];
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

function changedParts(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  which: RegExp,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => which.test(name) && before.get(name) !== after.get(name))
    .map((name) => `the part "${name}"`);
}

function tomlSections(text: string): Map<string, string> {
  return parts(text, /^\[{1,2}\s*([^\][]+?)\s*\]+/);
}

function targets(text: string): Map<string, string> {
  return parts(text, /^([\w.-]+)\s*:(?!=)/);
}

/** Cuts a text at the lines that match; white space at the ends does not count. */
function parts(text: string, heading: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  let name = "";
  for (const line of text.split("\n")) {
    name = heading.exec(line)?.[1] ?? name;
    found.set(name, `${found.get(name) ?? ""}${line.trimEnd()}\n`);
  }
  return new Map([...found].map(([key, value]) => [key, value.trim()]));
}
