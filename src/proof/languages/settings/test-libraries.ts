import { at, entriesAt, tomlOf, written } from "./toml.ts";

/** Libraries that decide whether a test passes, by the names of their packages. */
const OF_SCRIPTS =
  /^(@(jest|vitest|tapjs|japa|testing-library|fast-check)\/.+|(ts-|babel-|esbuild-)?jest|jest-(cli|circus|runner|runtime|mock|diff|each|extended|jasmine2|environment-.+|matcher-utils)|vitest|mocha|chai|chai-.+|sinon|sinon-.+|ava|tap|tape|uvu|jasmine|jasmine-core|expect|expect\.js|should|assert|power-assert|unexpected|supertest|nock|msw|testdouble|proxyquire|qunit|karma|karma-.+|enzyme|fast-check|cypress|playwright|@playwright\/test|@sinonjs\/.+|@types\/(jest|mocha|chai)|c8|nyc|tsx|ts-node|ts-mocha)$/;
const OF_PYTHON =
  /^(pytest|pytest-.+|pluggy|iniconfig|hypothesis|nose|nose2|mock|coverage|tox|nox|unittest2|testtools|testscenarios|assertpy|expects|pyhamcrest|sure|freezegun|time-machine|responses|respx|factory-boy|faker|behave|parameterized|ddt|testfixtures|syrupy|snapshottest|dirty-equals|inline-snapshot)$/;
const OF_GO =
  /^(github\.com\/(stretchr\/testify|onsi\/(gomega|ginkgo)|google\/go-cmp|matryer\/is|frankban\/quicktest|golang\/mock|smartystreets\/(goconvey|assertions)|go-playground\/assert|alecthomas\/assert|shoenig\/test|DATA-DOG\/go-sqlmock)|gotest\.tools|go\.uber\.org\/(mock|goleak))(\/v\d+)?$/;

/**
 * Tests that ask a library of the repository's own folders, or of anywhere else than where packages are published, are answered by what the
 * change wrote: `"chai": "file:./tools/chai"`. So are they where a package of the repository takes such a name.
 */
export function librarySettings(name: string, before: string, after: string): string[] {
  const read = /^requirements[^/]*\.(txt|in)$/.test(name) ? inRequirements : READ[name];
  if (!read || before === after) return [];
  const [was, is] = [read(before), read(after)];
  return [...is].flatMap(([library, from]) =>
    was.get(library) === from ? [] : [`where the library of tests "${library}" comes from`],
  );
}

type Sources = Map<string, string>;

const READ: Partial<Record<string, (text: string) => Sources>> = {
  "package.json": inPackage,
  "pyproject.toml": inToml,
  Pipfile: inToml,
  "setup.cfg": inText,
  "setup.py": inText,
  "go.mod": (text) => {
    const module = /^\s*module\s+["`]?([^\s"`]+)/m.exec(text)?.[1] ?? "";
    return new Map(OF_GO.test(module) ? [[module, "here"]] : []);
  },
};

const DEPENDENCIES = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

function inPackage(text: string): Sources {
  const manifest = jsonOf(text);
  const all = DEPENDENCIES.flatMap((key) => entriesAt(manifest, key));
  const elsewhere = all.filter(([name, from]) => OF_SCRIPTS.test(name) && isElsewhere(name, `${from as string}`));
  const own = at(manifest, "name");
  const isOne = typeof own === "string" && OF_SCRIPTS.test(own);
  return new Map([...elsewhere.map(([name, from]) => [name, `${from as string}`] as const), ...(isOne ? [[own, "here"] as const] : [])]); // prettier-ignore
}

/** `^5.1.0` and `npm:chai@5` are published under this name; `file:`, `link:`, `git+https:`, `npm:other@1`, `me/chai` are something else. */
function isElsewhere(name: string, from: string): boolean {
  return /[:/]|^\.|^~[\\/]/.test(from) && !from.startsWith("catalog:") && !from.startsWith(`npm:${name}@`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function inToml(text: string): Sources {
  const manifest = tomlOf(text);
  const groups = entriesAt(manifest, "tool.poetry.group").map(([, group]) => entriesAt(group, "dependencies"));
  const all = [...TABLES.flatMap((place) => entriesAt(manifest, place)), ...groups.flat()];
  const elsewhere = all.flatMap(([name, from]) =>
    OF_PYTHON.test(plain(name)) && SOURCE.test(written(from) ?? "")
      ? [[plain(name), written(from) ?? ""] as const]
      : [],
  );
  const own = plain(`${(at(manifest, "project.name") ?? at(manifest, "tool.poetry.name")) as string}`);
  return new Map([...inText(text), ...elsewhere, ...(OF_PYTHON.test(own) ? [[own, "here"] as const] : [])]);
}

const TABLES = ["tool.uv.sources", "tool.poetry.dependencies", "tool.poetry.dev-dependencies", "packages", "dev-packages"]; // prettier-ignore
const SOURCE = /"(path|git|url|file|workspace)":/;

/** `pytest @ file:./tools/pytest`, `-e ./tools/pytest`, `git+…#egg=pytest`: the same in every manifest of Python. */
function inText(text: string): Sources {
  const found: Sources = new Map();
  for (const line of text.split("\n").map((one) => one.slice(0, LINE_CHARS_READ).replace(/(^|\s)#.*$/, ""))) {
    const named = [...line.matchAll(AT), ...line.matchAll(EGG)].map(([, name = ""]) => name);
    for (const name of named.map(plain)) if (OF_PYTHON.test(name)) found.set(name, line.trim());
  }
  return found;
}

/** There a line may be a folder: `-e ./tools/pytest`. */
function inRequirements(text: string): Sources {
  const folders = text.split("\n").flatMap((line) => FOLDER.exec(line.slice(0, LINE_CHARS_READ))?.[1] ?? []);
  const libraries = folders.map(plain).filter((name) => OF_PYTHON.test(name));
  return new Map([...inText(text), ...libraries.map((name) => [name, "here"] as const)]);
}

/** No line of a manifest that people write is longer. */
const LINE_CHARS_READ = 1000;
const AT = /(?<![\w.-])([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*@\s*(?=[\w+]+:|[./$])/g;
const EGG = /#egg=([\w.-]+)/g;
const FOLDER = /^\s*(?:(?:-e|--editable)[\s=]\s*)?(?:file:)?(?:\.{0,2}\/)?(?:[\w.-]+\/)+([\w.-]+?)\/?\s*$/;

/** `Pytest_Mock` and `pytest-mock` are one. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[._-]+/g, "-");
}
