import { posix } from "node:path";
import { parse } from "smol-toml";
import { iniList } from "./ini.ts";
import { nameOf, requirementsOf } from "./python-requirements.ts";
import { setupLists } from "./python-setup.ts";
import { inFolder, type Manifests } from "./recipe.ts";

/** What a Python project says about itself: its packages, those for its tests, what builds it. Read, never run. */
export type Declared = {
  readonly requirements: readonly string[];
  /** The project can be installed in place. */
  readonly installable: boolean;
  readonly buildRequires: readonly string[];
};

/** Names of extras and groups that hold what tests need, by the habits of the ecosystem. */
const TESTING = /^(tests?|testing|dev|devel|develop|development|ci|check|pytest|unit|all[-_]?tests?|dev[-_]tests?)$/i;
/** What these ask for besides, once they are to install in place: a program of theirs says so, and none is run here. */
const IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  hatchling: ["editables"],
  "meson-python": ["ninja"],
  "scikit-build-core": ["cmake", "ninja"],
};
/** Of setuptools itself, for a project that does not say what builds it. */
const SETUPTOOLS = ["setuptools", "wheel"];

type Table = Readonly<Record<string, unknown>>;

export function declaredBy(manifests: Manifests, at: string, extras: readonly string[] = []): Declared {
  const pyproject = toml(manifests.text(inFolder(at, "pyproject.toml")));
  const cfg = manifests.text(inFolder(at, "setup.cfg")) ?? "";
  const setup = manifests.text(inFolder(at, "setup.py"));
  const wanted = (name: string) => TESTING.test(name) || extras.includes(name);
  const tool = table(pyproject["tool"]);
  const requirements = [
    ...project(table(pyproject["project"]), wanted),
    ...groups(table(pyproject["dependency-groups"]), wanted),
    ...toolTables(tool, wanted),
    ...iniList(cfg, "options", /^install_requires$/),
    ...iniList(cfg, "options", /^tests_require$/),
    ...iniList(cfg, "options.extras_require", { test: wanted }),
    ...(setup === undefined ? [] : setupLists(setup, wanted)),
    ...pipfile(toml(manifests.text(inFolder(at, "Pipfile")))),
  ];
  const environments = environmentsOf(manifests, at, cfg, table(tool["tox"]));
  const poetry = table(tool["poetry"]);
  const installable =
    setup !== undefined ||
    /^\[metadata\]/m.test(cfg) ||
    pyproject["project"] !== undefined ||
    (poetry["name"] !== undefined && poetry["package-mode"] !== false);
  const named = strings(table(pyproject["build-system"])["requires"]);
  const builds = [...named, ...named.flatMap((line) => IN_PLACE[nameOf(line) ?? ""] ?? [])];
  const here = placesOf(table(tool["uv"]));
  const isElsewhere = (line: string) => !here.has(nameOf(line) ?? "");
  return {
    requirements: [...new Set([...requirements, ...environments])].filter(isElsewhere),
    installable,
    buildRequires: installable ? (builds.length > 0 ? builds : SETUPTOOLS) : [],
  };
}

function toml(text: string | undefined): Table {
  try {
    return text === undefined ? {} : (parse(text) as Table);
  } catch {
    return {};
  }
}

/**
 * An extra may ask for others of the same project, as `app[test]`. The registry must not be asked for that name: whoever
 * holds it there would bring their code in.
 */
function project(one: Table, wanted: (name: string) => boolean): string[] {
  const own = typeof one["name"] === "string" ? nameOf(one["name"]) : null;
  const extras = new Map(Object.entries(table(one["optional-dependencies"])).map(([name, list]) => [name, list]));
  const taken = new Set<string>();
  const take = (name: string): string[] => {
    if (taken.has(name)) return [];
    taken.add(name);
    return strings(extras.get(name)).flatMap(follow);
  };
  const follow = (line: string): string[] => {
    if (own === null || nameOf(line) !== own) return [line];
    const asked = /^[\w.-]+\s*\[([^\]]*)\]/.exec(line)?.[1] ?? "";
    return asked.split(",").flatMap((extra) => take(extra.trim()));
  };
  return [...strings(one["dependencies"]).flatMap(follow), ...[...extras.keys()].filter(wanted).flatMap(take)];
}

/** Names that uv finds in the repository, or where nobody is asked here: not in the registry, whoever holds them there. */
function placesOf(uv: Table): Set<string | null> {
  const sources = Object.entries(table(uv["sources"])).filter(
    ([, one]) => table(one)["workspace"] === true || ["path", "git", "url"].some((key) => key in table(one)),
  );
  return new Set(sources.map(([name]) => nameOf(name)));
}

/** What tox and nox install before the tests: written out, and nothing that a program computes. */
function environmentsOf(manifests: Manifests, at: string, cfg: string, tox: Table): string[] {
  const legacy = tox["legacy_tox_ini"];
  const inis = [manifests.text(inFolder(at, "tox.ini")) ?? "", cfg, typeof legacy === "string" ? legacy : ""];
  const tables = [tox, toml(manifests.text(inFolder(at, "tox.toml")))].map((one) => table(one["env_run_base"]));
  const nox = manifests.text(inFolder(at, "noxfile.py")) ?? "";
  const sessions = nox.split(/^@nox\.session/m).filter((one) => /^\s*def \w*tests?\b|^\s*def \w*tests?_/m.test(one));
  const installs = sessions.flatMap((one) => [...one.matchAll(/\bsession\.install\(([^()]{0,2000})\)/g)]);
  const lines = [
    ...inis.flatMap((ini) => iniList(ini, "testenv", /^deps$/)),
    ...tables.flatMap((one) => strings(one["deps"])),
    ...installs.flatMap(([, words = ""]) => installed(words)),
  ];
  return [
    ...lines.filter((line) => !/^(-|\.|\{|[\w,!-]+:)|[\\/]|\.txt$/.test(line)),
    ...lines.flatMap((line) => fromFile(manifests, at, line)),
  ];
}

/** `-r requirements/base.txt`, whose hashes would forbid everything beside them. */
function fromFile(manifests: Manifests, at: string, line: string): string[] {
  const path = /^(?:-r|--requirement)[ =]?\s*(?:\{(?:toxinidir|tox_root)\}\/)?([\w./-]+)$/.exec(line)?.[1];
  const read = path === undefined ? null : requirementsOf(manifests, posix.normalize(inFolder(at, path)));
  return read && !read.hashed ? [...read.lines] : [];
}

/**
 * The names among a call's first arguments, up to what is no plain text: what a program computes, an option's value
 * (`"--group", "test"`) and a setting of pip are no names, and whoever holds them in the registry would bring code in.
 */
function installed(words: string): string[] {
  const plain = /^(?:[\s,]*(?:"[^"{}\n]{1,200}"|'[^'{}\n]{1,200}')(?=\s*(?:,|$)))*/.exec(words)?.[0] ?? "";
  const names = plain.replace(/(["'])-[^"'\n]*\1[\s,]*(?:(["'])[^"'\n]*\2)?/g, "");
  return quotedIn(names);
}

/** Quotation marks of the other kind may stand inside, as around the value of a marker. */
function quotedIn(text: string): string[] {
  return [...text.matchAll(/"([^"\n]{1,200})"|'([^'\n]{1,200})'/g)].map(([, a, b]) => a ?? b ?? "");
}

/** A group may include another one; each is taken once. */
function groups(all: Table, wanted: (name: string) => boolean): string[] {
  const taken = new Set<string>();
  const take = (name: string): string[] => {
    const list = all[name];
    if (taken.has(name) || !Array.isArray(list)) return [];
    taken.add(name);
    return list.flatMap((one: unknown) => {
      const included = table(one)["include-group"];
      return typeof one === "string" ? [one] : typeof included === "string" ? take(included) : [];
    });
  };
  return Object.keys(all).filter(wanted).flatMap(take);
}

function toolTables(tool: Table, wanted: (name: string) => boolean): string[] {
  const poetry = table(tool["poetry"]);
  const poetryGroups = Object.entries(table(poetry["group"])).filter(([name]) => wanted(name));
  const pdm = Object.entries(table(table(tool["pdm"])["dev-dependencies"]));
  const hatch = Object.entries(table(table(tool["hatch"])["envs"])).filter(
    ([name]) => /^(?:default|hatch-test)$/.test(name) || wanted(name),
  );
  return [
    ...strings(table(tool["uv"])["dev-dependencies"]),
    ...pdm.flatMap(([, list]) => strings(list)),
    ...hatch.flatMap(([, env]) => [
      ...strings(table(env)["dependencies"]),
      ...strings(table(env)["extra-dependencies"]),
    ]),
    ...poetryTable(table(poetry["dependencies"])),
    ...poetryTable(table(poetry["dev-dependencies"])),
    ...poetryGroups.flatMap(([, group]) => poetryTable(table(table(group)["dependencies"]))),
  ].filter((line) => !line.startsWith("-"));
}

/** poetry's own spelling of versions, as far as pip has a word for it. */
function poetryTable(dependencies: Table): string[] {
  return Object.entries(dependencies).flatMap(([name, one]) => {
    if (name === "python") return [];
    // What comes from elsewhere is not asked of the registry: whoever holds its name there would bring code in.
    if (["path", "git", "url", "file", "svn", "hg"].some((key) => key in table(one))) return [];
    const { version, extras, markers } = typeof one === "string" ? { version: one } : table(one);
    const with_ = strings(extras).length > 0 ? `[${strings(extras).join(",")}]` : "";
    const marker = typeof markers === "string" ? ` ; ${markers}` : "";
    return [`${name}${with_}${poetryVersion(typeof version === "string" ? version : "*")}${marker}`];
  });
}

/** `^1.2` → `>=1.2,<2`, `~1.2` → `>=1.2,<1.3`, `1.2` → `==1.2`. */
function poetryVersion(version: string): string {
  if (version === "*") return "";
  return version
    .split(",")
    .map((part) => part.trim())
    .map((part) => {
      const [, sign = "", number = ""] = /^(\^|~(?!=)|)\s*v?(\d[\w.+-]*|\d*\.\*)$/.exec(part) ?? [];
      if (number === "") return part;
      if (sign === "") return `==${number}`;
      return `>=${number},<${above(sign, number)}`;
    })
    .join(",");
}

function above(sign: string, number: string): string {
  const parts = number.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0);
  const first = parts.findIndex((part) => part > 0);
  const at = sign === "~" ? Math.min(1, parts.length - 1) : first < 0 ? parts.length - 1 : first;
  return [...parts.slice(0, at), (parts[at] ?? 0) + 1].join(".");
}

/** pipenv spells what it wants as poetry does. */
function pipfile(one: Table): string[] {
  return [...poetryTable(table(one["packages"])), ...poetryTable(table(one["dev-packages"]))];
}

function table(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
