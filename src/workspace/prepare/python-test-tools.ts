import { inFolder, type Manifests } from "./recipe.ts";
import { nameOf } from "./python-requirements.ts";

/**
 * Test tools that a repository uses and does not declare: on its authors' machines they are simply there. Only what its
 * own settings or tests name is added, and each is said in the proof.
 */
const BY_SETTING: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/--cov\b/, "pytest-cov"],
  [/(^|\s)(-n[ =]?(\d+|auto|logical)|--dist|--numprocesses)\b/m, "pytest-xdist"],
  [/\basyncio_mode\b|--asyncio-mode\b/, "pytest-asyncio"],
  [/^[ \t]*timeout(_method)?[ \t]*=|--timeout\b/m, "pytest-timeout"],
  [/\bDJANGO_SETTINGS_MODULE\b|--(ds|reuse-db|nomigrations)\b/, "pytest-django"],
  [/--benchmark-/, "pytest-benchmark"],
  [/--randomly-|-p ?no:randomly/, "pytest-randomly"],
  [/--reruns\b/, "pytest-rerunfailures"],
  [/--mypy\b/, "pytest-mypy"],
  [/^[ \t]*env[ \t]*=/m, "pytest-env"],
];

export type TestTools = { readonly add: readonly string[]; readonly notes: readonly string[] };

export function undeclaredTestTools(manifests: Manifests, at: string, declared: readonly string[]): TestTools {
  const settings = pytestSettings(manifests, at);
  if (settings === null && !hasPytestTests(manifests, at)) return { add: [], notes: [] };
  const known = new Set(declared.map(nameOf));
  const wanted = ["pytest", ...BY_SETTING.filter(([pattern]) => pattern.test(settings ?? "")).map(([, name]) => name)];
  const add = wanted.filter((name) => !known.has(name));
  const notes = add.map((name) => `${name} is used here but declared nowhere; its newest version was installed.`);
  return { add, notes };
}

/** What stands in the sections that pytest reads; null when there are none. */
function pytestSettings(manifests: Manifests, at: string): string | null {
  const sections = [
    section(manifests.text(inFolder(at, "pytest.ini")), /^\[pytest\]/),
    section(manifests.text(inFolder(at, "pyproject.toml")), /^\[tool\.pytest/),
    section(manifests.text(inFolder(at, "setup.cfg")), /^\[tool:pytest\]/),
    section(manifests.text(inFolder(at, "tox.ini")), /^\[pytest\]/),
  ].filter((one) => one !== null);
  return sections.length === 0 ? null : sections.join("\n");
}

function section(text: string | undefined, heading: RegExp): string | null {
  const lines = (text ?? "").split(/\r?\n/);
  const from = lines.findIndex((line) => heading.test(line));
  if (from < 0) return null;
  const length = lines.slice(from + 1).findIndex((line) => /^\[/.test(line) && !heading.test(line));
  return lines.slice(from, length < 0 ? undefined : from + 1 + length).join("\n");
}

/** Files that pytest collects. Whether they need it or run by `unittest` is not visible in a name, and pytest runs both. */
function hasPytestTests(manifests: Manifests, at: string): boolean {
  const inside = manifests.paths.filter((path) => at === "" || path.startsWith(`${at}/`));
  return inside.some((path) => /(^|\/)(conftest\.py|test_[^/]*\.py|[^/]*_test\.py)$/.test(path));
}
