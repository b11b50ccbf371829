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
  const found = await candidates(tree, blobs);
  return found.map((run) => ({ name: run, run, proves: "tests", timeoutSeconds: TIMEOUT_SECONDS }));
}

/** What the manifests suggest, the most telling first; the first of each language. */
export async function candidates(tree: Tree, blobs: Blobs): Promise<string[]> {
  const found: string[] = [];
  const script = await npmScript(tree, blobs);
  if (script) found.push("npm test");
  else found.push(...(await withoutScript(tree, blobs)));
  found.push(...(await goTests(tree, blobs)));
  const python = await pythonTests(tree, blobs);
  if (python) found.push(python);
  if (tree.has("Cargo.toml")) found.push(workspaceOfCargo(await text("Cargo.toml", tree, blobs)));
  found.push(...OTHERS.filter(({ when }) => when(tree)).map(({ run }) => run));
  if (found.length > 0) return found;
  const make = await makeTarget(tree, blobs);
  return make ? [make] : nested(tree, blobs);
}

/** Build tools whose own command tests everything; their reports name the tests. */
const OTHERS: readonly { readonly when: (tree: Tree) => boolean; readonly run: string }[] = [
  { when: (tree) => tree.has("pom.xml") && tree.has("mvnw"), run: "sh mvnw -B test" },
  { when: (tree) => tree.has("pom.xml") && !tree.has("mvnw"), run: "mvn -B test" },
  { when: (tree) => isGradle(tree) && tree.has("gradlew"), run: "sh gradlew test" },
  { when: (tree) => isGradle(tree) && !tree.has("gradlew"), run: "gradle test" },
  { when: (tree) => tree.has("Gemfile") && has(tree, /^spec\/.*_spec\.rb$/), run: "bundle exec rspec" },
  {
    when: (tree) => tree.has("Rakefile") && has(tree, /^test\/.*(?:_test|test_\w+)\.rb$/) && !has(tree, /^spec\//),
    run: "bundle exec rake test",
  },
  { when: (tree) => has(tree, /^phpunit(?:\.dist)?\.xml(?:\.dist)?$/), run: "vendor/bin/phpunit" },
  { when: (tree) => has(tree, /^[^/]+\.(?:sln|slnx|csproj|fsproj)$/), run: "dotnet test" },
  { when: (tree) => tree.has("mix.exs"), run: "mix test" },
  { when: (tree) => tree.has("Package.swift"), run: "swift test" },
  {
    when: (tree) => (tree.has("deno.json") || tree.has("deno.jsonc")) && !tree.has("package.json"),
    run: "deno test -A",
  },
  {
    when: (tree) => tree.has("CMakeLists.txt"),
    run: "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure",
  },
];

function isGradle(tree: Tree): boolean {
  return tree.has("build.gradle") || tree.has("build.gradle.kts") || has(tree, /^settings\.gradle(?:\.kts)?$/);
}

function has(tree: Tree, pattern: RegExp): boolean {
  return [...tree.keys()].some((path) => pattern.test(path));
}

/** `go test` at the root does not enter other modules; a workspace file names them. */
async function goTests(tree: Tree, blobs: Blobs): Promise<string[]> {
  const work = tree.has("go.work") ? await text("go.work", tree, blobs) : "";
  const used = [...work.matchAll(/^\s*(?:use\s+)?(\.\/?[\w./-]*)\s*$/gm)].map((match) => match[1] ?? "");
  const modules = used.map((one) => one.replace(/\/$/, "")).filter((one) => /^\.(?:\/[\w-][\w.-]*)*$/.test(one));
  if (modules.length > 0) return [`go test -v ${modules.map((one) => `${one}/...`).join(" ")}`];
  return tree.has("go.mod") ? ["go test -v ./..."] : [];
}

function workspaceOfCargo(manifest: string): string {
  return /^\[workspace\]/m.test(manifest) && /^\[package\]/m.test(manifest) ? "cargo test --workspace" : "cargo test";
}

async function makeTarget(tree: Tree, blobs: Blobs): Promise<string | null> {
  // The order in which make itself looks.
  const file = ["GNUmakefile", "makefile", "Makefile"].find((name) => tree.has(name));
  const targets = file ? await text(file, tree, blobs) : "";
  return /^test\s*:(?!=)/m.test(targets) ? "make test" : /^check\s*:(?!=)/m.test(targets) ? "make check" : null;
}

/** Tests of a repository whose package.json names no command: workspaces', a known runner's, or node's own. */
async function withoutScript(tree: Tree, blobs: Blobs): Promise<string[]> {
  const manifest = await manifestAt("package.json", tree, blobs);
  if (manifest?.workspaces !== undefined) return ["npm test --workspaces --if-present"];
  const packages = { ...manifest?.dependencies, ...manifest?.devDependencies };
  if ("vitest" in packages) return ["npx vitest run"];
  if ("jest" in packages) return ["npx jest"];
  if ("mocha" in packages) return ["npx mocha"];
  return (await hasNodeTests(tree, blobs)) ? ["node --test"] : [];
}

/** Manifests that lie in folders only, as in `backend/` and `frontend/`. */
async function nested(tree: Tree, blobs: Blobs): Promise<string[]> {
  const at = (name: string) =>
    [...tree.keys()]
      .filter((path) => path.endsWith(`/${name}`) && path.split("/").length <= NESTED_DEPTH_MAX)
      .filter((path) => !/(?:^|\/)(?:node_modules|vendor|fixtures?|examples?|testdata)\//.test(path))
      .map((path) => path.slice(0, -name.length - 1))
      .filter((folder) => /^[\w./-]+$/.test(folder))
      .slice(0, NESTED_MAX);
  const scripts = await Promise.all(
    at("package.json").map(async (folder) => ({
      folder,
      script: await npmScript(tree, blobs, `${folder}/package.json`),
    })),
  );
  return [
    ...scripts.flatMap(({ folder, script }) => (script ? [`npm --prefix ${folder} test`] : [])),
    ...at("go.mod").map((folder) => `go -C ${folder} test -v ./...`),
    ...at("Cargo.toml")
      .slice(0, 1)
      .map((folder) => `cargo test --manifest-path ${folder}/Cargo.toml`),
    ...at("pom.xml")
      .slice(0, 1)
      .map((folder) => `mvn -B -f ${folder} test`),
  ];
}

/** `services/api/package.json`; deeper ones are parts of something. */
const NESTED_DEPTH_MAX = 3;
/** As many as the policy may name itself. */
const NESTED_MAX = 4;

type Manifest = {
  readonly scripts?: { readonly test?: unknown };
  readonly workspaces?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
};

async function manifestAt(path: string, tree: Tree, blobs: Blobs): Promise<Manifest | null> {
  try {
    const value: unknown = JSON.parse(await text(path, tree, blobs));
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

async function npmScript(tree: Tree, blobs: Blobs, path = "package.json"): Promise<string | null> {
  const script = (await manifestAt(path, tree, blobs))?.scripts?.test;
  return typeof script === "string" && script.trim() !== "" && !NPM_PLACEHOLDER.test(script) ? script : null;
}

/** Tests for node's own runner, in a repository whose package.json does not say how to run them or is not there. */
async function hasNodeTests(tree: Tree, blobs: Blobs): Promise<boolean> {
  const tests = [...tree.keys()].filter(
    (path) => /(^|\/)[^/]+[.-]test\.[cm]?[jt]s$/.test(path) && !/node_modules\//.test(path),
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
  if (folder === "") return "python3 -m unittest discover";
  // Relative imports work only from the top of the package.
  const top = tree.has(`${folder}/__init__.py`) ? " -t ." : "";
  return `python3 -m unittest discover -s ${folder}${top}`;
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
