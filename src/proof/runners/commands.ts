import type { Policy, VerifyCommand } from "../../core/rules/policy.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";

/** npm writes this script into every new package; it fails and tests nothing. */
const NPM_PLACEHOLDER = /no test specified/;
/** The policy schema's own default. */
const TIMEOUT_SECONDS = 300;

/**
 * The commands that decide whether the repository works: the policy's own, else what its manifests at the base commit
 * say. The head is not asked: a change must not choose how it is checked.
 * @returns an empty list when nothing was found
 */
export async function findCommands(tree: Tree, blobs: Blobs, policy: Policy): Promise<VerifyCommand[]> {
  if (policy.verify) return policy.verify;
  const found: string[] = [];
  if (await hasNpmTest(tree, blobs)) found.push("npm test");
  else if (await hasNodeTests(tree, blobs)) found.push("node --test");
  if (tree.has("go.mod")) found.push("go test -v ./...");
  const python = await pythonTests(tree, blobs);
  if (python) found.push(python);
  if (tree.has("Cargo.toml")) found.push("cargo test");
  if (found.length === 0 && /^test:/m.test(await text("Makefile", tree, blobs))) found.push("make test");
  return found.map((run) => ({ name: run, run, proves: "tests", timeoutSeconds: TIMEOUT_SECONDS }));
}

async function hasNpmTest(tree: Tree, blobs: Blobs): Promise<boolean> {
  try {
    const manifest = JSON.parse(await text("package.json", tree, blobs)) as { scripts?: { test?: unknown } } | null;
    const script = manifest?.scripts?.test;
    return typeof script === "string" && script.trim() !== "" && !NPM_PLACEHOLDER.test(script);
  } catch {
    return false;
  }
}

/** Tests for node's own runner, in a repository whose package.json does not say how to run them or is not there. */
async function hasNodeTests(tree: Tree, blobs: Blobs): Promise<boolean> {
  const tests = [...tree.keys()].filter(
    (path) => /(^|\/)[^/]+[.-]test\.[cm]?js$/.test(path) && !/node_modules\//.test(path),
  );
  const texts = await readSome(tests, tree, blobs);
  return texts.some((content) => /['"]node:test['"]/.test(content));
}

/** pytest runs every kind of test, but only where it is installed; Python's own runner is always there. */
async function pythonTests(tree: Tree, blobs: Blobs): Promise<string | null> {
  const pytest = "python3 -m pytest -q";
  const settings = [await text("pyproject.toml", tree, blobs), await text("setup.cfg", tree, blobs)].join("\n");
  const saysPytest = tree.has("pytest.ini") || tree.has("conftest.py") || /^\[tool[.:]pytest/m.test(settings);
  if (saysPytest) return pytest;
  const tests = [...tree.keys()].filter((path) => /(^|\/)test_[^/]*\.py$/.test(path));
  if (tests.length === 0) return null;
  const folders = new Set(tests.map((path) => path.split("/").slice(0, -1).join("/")));
  const [folder = ""] = folders;
  const texts = await readSome(tests, tree, blobs);
  const isUnittest = texts.every(
    (content) => /^(import|from) unittest\b/m.test(content) && !/\bpytest\b/.test(content),
  );
  // Discovery does not enter folders that are no packages, and takes a strange name for an option or for two.
  if (!isUnittest || folders.size > 1 || !/^[\w/]*$/.test(folder)) return pytest;
  return folder === "" ? "python3 -m unittest discover" : `python3 -m unittest discover -s ${folder}`;
}

/** A repository's tests are all of one kind, as a rule; these many are enough to see which. */
const READ_MAX = 20;

function readSome(paths: readonly string[], tree: Tree, blobs: Blobs): Promise<string[]> {
  return Promise.all(paths.slice(0, READ_MAX).map((path) => text(path, tree, blobs)));
}

/** Empty text for a file that is missing or a link. */
async function text(path: string, tree: Tree, blobs: Blobs): Promise<string> {
  const file = tree.get(path);
  if (!file || file.mode === "120000" || file.mode === "160000") return "";
  const content = await blobs.get(file.sha);
  if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
  return content.toString("utf8");
}
