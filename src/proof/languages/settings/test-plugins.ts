import { parts } from "./parts.ts";
import { at, entriesAt, tomlOf, written } from "./toml.ts";

/** Groups of entry points out of which a runner of tests loads code by itself, wherever the package is installed. */
const GROUP = String.raw`(?:pytest11|hypothesis|nose\.plugins[\d.]*|nose2\.plugins|tox)`;
const GROUPS = new RegExp(`^${GROUP}$`);
const NAMED = new RegExp(`^["']?${GROUP}["']?\\s*=`);

/** Where a manifest in TOML lists entry points, or says which file does. */
const LISTED = ["project.entry-points", "tool.poetry.plugins", "tool.flit.entrypoints", "tool.pdm.entry-points"];
const ELSEWHERE = ["tool.setuptools.dynamic.entry-points", "tool.flit.metadata.entry-points-file"];

const PLUGINS = "which plugins the test run loads";

/**
 * A plugin of pytest decides about every test, and a package that is installed brings its own: `[project.entry-points.pytest11]`.
 * Where a manifest is new, nobody had agreed to it either.
 */
export function pluginSettings(name: string, before: string, after: string): string[] {
  const read = READ[name];
  if (!read || before === after) return [];
  const [was, is] = [read(clean(before)), read(clean(after))];
  // One that is gone is missed by the tests themselves.
  return [...is].some((one) => !was.has(one)) ? [PLUGINS] : [];
}

function clean(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r", "");
}

const READ: Partial<Record<string, (text: string) => Set<string>>> = {
  "pyproject.toml": inToml,
  "setup.cfg": (text) => inIni(text, "options.entry_points"),
  "entry_points.txt": inList,
  "setup.py": inScript,
};

function inToml(text: string): Set<string> {
  const manifest = tomlOf(text);
  if (manifest === null) return new Set(text.split("\n").filter((line) => line.includes("pytest11")));
  const groups = LISTED.flatMap((place) => entriesAt(manifest, place)).filter(([group]) => GROUPS.test(group));
  const entries = groups.flatMap(([, all]) => Object.entries((all ?? {}) as object).map((one) => written(one)));
  const files = ELSEWHERE.flatMap((place) => written(at(manifest, place)));
  return new Set([...entries, ...files].flatMap((one) => one ?? []));
}

/** `pytest11 =` and what is indented below it; `entry_points = file: plugins.ini` says where it stands instead. */
function inIni(text: string, section: string): Set<string> {
  const found = new Set<string>();
  const all = parts(text, HEADING);
  for (const line of (all.get("options") ?? "").split("\n"))
    if (/^entry_points\s*[=:]\s*\S/i.test(line)) found.add(line.replace(/\s/g, ""));
  let isMeant = false;
  for (const line of (all.get(section) ?? "").split("\n").filter((one) => !/^\s*([#;]|$)/.test(one))) {
    if (/^\S/.test(line)) isMeant = NAMED.test(line.replace(/^([^=:]*?):/, "$1="));
    const entry = line.replace(/\s/g, "").replace(/^[\w.]+[=:]$/, "");
    if (isMeant && entry !== "") found.add(entry);
  }
  return found;
}

const HEADING = /^\[\s*([^\][]+?)\s*\]/;

/** The list that lies beside an installed package, and whatever lies on the path of Python counts as installed. */
function inList(text: string): Set<string> {
  const meant = [...parts(text, HEADING)].filter(([name]) => GROUPS.test(name));
  return new Set(meant.flatMap(([, body]) => body.split("\n").slice(1)).filter((line) => /^\s*[^#;\s]/.test(line)).map((line) => line.replace(/\s/g, ""))); // prettier-ignore
}

/** `entry_points={"pytest11": ["a = b"]}`, `entry_points="[pytest11]\na = b"`: a program, read word for word without its remarks. */
function inScript(text: string): Set<string> {
  const code = text.replace(/(^|\s)#.*$/gm, "");
  const found = new Set<string>();
  for (const one of code.matchAll(/pytest11/g)) {
    const [entries = ""] = code.slice(one.index, one.index + ENTRIES_CHARS_READ).split(ENDS);
    for (const entry of entries.split(/[,\n:]/)) found.add(entry.replace(/[\s"'[\](){}]/g, ""));
  }
  found.delete("");
  return found;
}

/** Where a list ends, or the next group of a text begins. */
const ENDS = /[\])}]\s*[,)}]|\n\s*\[/;
/** More entries of one group nobody has. */
const ENTRIES_CHARS_READ = 2000;
