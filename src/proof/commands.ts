import type { Policy, VerifyCommand } from "../core/policy.ts";
import type { Blobs, Tree } from "../core/tree.ts";

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
  if (tree.has("go.mod")) found.push("go test -v ./...");
  if (await hasPytest(tree, blobs)) found.push("python3 -m pytest -q");
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

async function hasPytest(tree: Tree, blobs: Blobs): Promise<boolean> {
  if (tree.has("pytest.ini") || tree.has("conftest.py")) return true;
  const settings = [await text("pyproject.toml", tree, blobs), await text("setup.cfg", tree, blobs)].join("\n");
  const python = settings.trim() !== "" || tree.has("setup.py") || tree.has("tox.ini");
  return (
    /^\[tool[.:]pytest/m.test(settings) ||
    (python && [...tree.keys()].some((path) => /(^|\/)test_[^/]*\.py$/.test(path)))
  );
}

/** Empty text for a file that is missing or a link. */
async function text(path: string, tree: Tree, blobs: Blobs): Promise<string> {
  const file = tree.get(path);
  if (!file || file.mode === "120000" || file.mode === "160000") return "";
  const content = await blobs.get(file.sha);
  if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
  return content.toString("utf8");
}
