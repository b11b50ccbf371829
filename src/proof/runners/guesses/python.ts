import { readSome, type Repository, textOf } from "./repository.ts";

/** Test commands of Python. pytest runs every kind of test, but Python's own runner is always there. */
const PYTEST = "python3 -m pytest -q";

export async function pythonCommands(repository: Repository): Promise<string[]> {
  const { tree } = repository;
  const settings = [await textOf(repository, "pyproject.toml"), await textOf(repository, "setup.cfg")].join("\n");
  const saysPytest = tree.has("pytest.ini") || tree.has("conftest.py") || /^\[tool[.:]pytest/m.test(settings);
  const tests = [...tree.keys()].filter((path) => isTest(path) && !hasProjectOfItsOwn(repository, path));
  const django = tree.has("manage.py") ? ["python3 manage.py test"] : [];
  if (tests.length === 0) return saysPytest ? [PYTEST] : django;
  const texts = await readSome(repository, tests);
  const usesUnittest = (content: string) => /^(import|from) unittest\b/m.test(content);
  const found = texts.some(usesUnittest) ? discoveries(repository, tests) : [];
  const isPlain = !saysPytest && texts.every((one) => usesUnittest(one) && !/\bpytest\b/.test(one));
  return isPlain && found.length > 0 && foldersOf(tests).length === 1
    ? [...found, ...django, PYTEST]
    : [PYTEST, ...found, ...django];
}

function isTest(path: string): boolean {
  return /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path);
}

const PROJECT = ["pyproject.toml", "setup.py", "setup.cfg"];

/** Tests of a project in a folder are run there, where the root is no project itself. */
function hasProjectOfItsOwn({ tree }: Repository, path: string): boolean {
  if (PROJECT.some((name) => tree.has(name))) return false;
  const folders = path.split("/").slice(0, -1);
  return folders.some((_, depth) =>
    PROJECT.some((name) => tree.has(`${folders.slice(0, depth + 1).join("/")}/${name}`)),
  );
}

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
