import { iniList } from "../../../workspace/prepare/ini.ts";
import { readSome, type Repository, textOf } from "./repository.ts";

/** Test commands of Python. pytest runs every kind of test, but Python's own runner is always there. */
const PYTEST = "python3 -m pytest -q";

export async function pythonCommands(repository: Repository): Promise<string[]> {
  const plain = await plainCommands(repository);
  const { settings, commands } = await toxOf(repository);
  const [first] = plain;
  if (first === undefined) return [];
  // What is compiled beside its sources is compiled again from each side's.
  const compiles = /\b(?:Extension|ext_modules|cythonize)\b/.test(await textOf(repository, "setup.py"));
  const built = compiles ? [`python3 setup.py -q build_ext --inplace && ${first}`] : [];
  return [...(settings ? [`${settings} ${first}`] : []), ...plain, ...built, ...commands];
}

async function plainCommands(repository: Repository): Promise<string[]> {
  const { tree } = repository;
  const settings = [await textOf(repository, "pyproject.toml"), await textOf(repository, "setup.cfg")].join("\n");
  const saysPytest = tree.has("pytest.ini") || tree.has("conftest.py") || /^\[tool[.:]pytest/m.test(settings);
  const tests = [...tree.keys()].filter((path) => isTest(path) && !hasProjectOfItsOwn(repository, path));
  const django = tree.has("manage.py") ? ["python3 manage.py test"] : [];
  if (tests.length === 0) return saysPytest ? [PYTEST] : django;
  const texts = await readSome(repository, tests);
  const found = texts.some(usesUnittest) ? discoveries(repository, tests) : [];
  const isPlain = !saysPytest && texts.every((one) => usesUnittest(one) && !/\bpytest\b/.test(one));
  return isPlain && found.length > 0 && foldersOf(tests).length === 1
    ? [...found, ...django, PYTEST]
    : [PYTEST, ...found, ...django];
}

/** Also where the class that a test's class is made of comes from another module of the repository. */
function usesUnittest(content: string): boolean {
  if (/^(import|from) unittest\b/m.test(content)) return true;
  return /^class \w+\([\w.]/m.test(content) && /\bself\.(assert|fail)\w*\(/.test(content);
}

function isTest(path: string): boolean {
  return /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path);
}

export const PYTHON_PROJECT = ["pyproject.toml", "setup.py", "setup.cfg"];
/** At the root these say that tests are run from there; in a folder, where the root says nothing, that they are run in it. */
export const PYTHON_ROOT = ["pytest.ini", "manage.py", "Pipfile", "requirements.txt"];
const ONLY_AT_ROOT = ["conftest.py", "tox.ini"];

/** Tests of a project in a folder are run there, where the root is no project itself. */
function hasProjectOfItsOwn({ tree }: Repository, path: string): boolean {
  if (PYTHON_PROJECT.some((name) => tree.has(name))) return false;
  const names = [...PYTHON_ROOT, ...ONLY_AT_ROOT].some((name) => tree.has(name)) ? [] : PYTHON_ROOT;
  const folders = path.split("/").slice(0, -1);
  return folders.some((last, depth) => {
    const at = folders.slice(0, depth + 1).join("/");
    if (PYTHON_PROJECT.some((name) => tree.has(`${at}/${name}`))) return true;
    return !OF_TESTS.test(last) && names.some((name) => tree.has(`${at}/${name}`));
  });
}

/** `tests/requirements.txt` says what tests need, and not where they are run. */
export const OF_TESTS = /^(?:tests?|testing|e2e|integration|docs?)$/;

/** Discovery does not enter folders that are no packages, and takes a strange name for an option or for two. */
function discoveries({ tree }: Repository, tests: readonly string[]): string[] {
  const folders = foldersOf(tests);
  if (folders.includes("")) return ["python3 -m unittest discover"];
  const [folder = ""] = folders;
  if (folders.length > 1 || !/^[\w/]+$/.test(folder)) return [];
  const plain = `python3 -m unittest discover -s ${folder}`;
  // Relative imports work only from the top of the package.
  return tree.has(`${folder}/__init__.py`) ? [`${plain} -t .`, plain] : [plain, `${plain} -t .`];
}

function foldersOf(tests: readonly string[]): string[] {
  return [...new Set(tests.map((path) => path.split("/").slice(0, -1).join("/")))];
}

/** What a line of tox's settings may hold for a shell: nothing that tox or a shell would put something else for. */
const PLAIN = /^[\w./:@%,+= -]*$/;
const STARTS_TESTS = /^(?:python3? -m )?(?:pytest|py\.test|unittest|coverage run|nose2|stestr run|trial) ?/;

/** How tox runs the tests: with which variables, and by which of its commands. */
async function toxOf(repository: Repository): Promise<{ readonly settings: string; readonly commands: string[] }> {
  const ini = (await textOf(repository, "tox.ini")).replace(/ *\\\r?\n\s*/g, " ");
  const lines = (keys: RegExp) => iniList(ini, "testenv", keys).map(withoutPlaceholders);
  const set = lines(/^set_?env$/).map((line) => line.replace(/\s*=\s*/, "="));
  const settings = set.filter((line) => PLAIN.test(line) && /^[A-Z][A-Z0-9_]*=\S*$/.test(line)).join(" ");
  const run = lines(/^commands$/).find((line) => PLAIN.test(line) && STARTS_TESTS.test(line));
  const command = run
    ?.trim()
    .replace(/^(?=pytest|unittest|coverage|nose2)/, "python3 -m ")
    .replace(/^python /, "python3 ");
  return { settings, commands: command ? [`${settings} ${command}`.trim()] : [] };
}

/** tox puts a person's words, or else those of the file, and folders into a line. */
function withoutPlaceholders(line: string): string {
  return line
    .replace(/\{posargs(?::([^{}]*))?\}/g, (_, otherwise: string = "") => otherwise)
    .replace(/\{(?:toxinidir|tox_root)\}/g, ".")
    .replace(/\{envpython\}/g, "python3");
}
