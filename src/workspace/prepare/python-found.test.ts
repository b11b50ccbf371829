import { describe, expect, it } from "@jest/globals";
import { findRecipes } from "./detect.ts";
import type { Manifests, Recipe } from "./recipe.ts";

/** What locks with several versions, environments of tox and files that a build writes ask for. */
type Files = Readonly<Record<string, string>>;
const TEST = { "tests/test_a.py": "" };
const manifests = (files: Files): Manifests => ({ paths: Object.keys(files), text: (path) => files[path] });
const found = (files: Files): Recipe[] => findRecipes(manifests({ ...files, ...TEST }));
const lines = (files: Files) => found(files).flatMap((one) => Object.values(one.files).join("").trim().split("\n"));

const locked = (name: string, version: string, more = "") =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "r" }\n${more}`;

describe("a lockfile of uv", () => {
  const [OLD, NEW] = ["python_full_version < '3.11'", "python_full_version >= '3.11'"];
  it.each<[what: string, packages: string[], wanted: string[]]>([
    [
      "with two versions, each for its own machines",
      [
        locked("cov", "1", `resolution-markers = ["${OLD}"]\n`),
        locked("cov", "2", `resolution-markers = ["${NEW}"]\n`),
        locked("top", "1", `dependencies = [\n  { name = "cov", version = "1", marker = "${OLD}" },\n  { name = "cov", version = "2", marker = "${NEW}" },\n]\n`),
      ],
      [`cov==1 ; ((${OLD})) and ((${OLD}))`, `cov==2 ; ((${NEW})) and ((${NEW}))`, "top==1"],
    ],
    [
      "with two versions that everybody wants",
      [
        locked("cov", "1", `resolution-markers = ["${OLD}", "sys_platform == 'win32'"]\n`),
        locked("cov", "2", `resolution-markers = ["${NEW}"]\n`),
        locked("top", "1", 'dependencies = [{ name = "cov" }]\n'),
      ],
      [`cov==1 ; (${OLD}) or (sys_platform == 'win32')`, `cov==2 ; (${NEW})`, "top==1"],
    ],
    [
      "with one version, wanted on one machine",
      [locked("cov", "1"), locked("top", "1", `dependencies = [{ name = "cov", marker = "${OLD}" }]\n`)],
      [`cov==1 ; (${OLD})`, "top==1"],
    ],
  ])("%s", (_what, packages, wanted) => {
    const files = { "uv.lock": packages.join("\n"), "pyproject.toml": '[tool.uv]\npackage = false\n' };
    expect(lines(files).filter((line) => line !== "pytest")).toEqual(wanted);
  }); // prettier-ignore
});

describe("an environment of tox", () => {
  it.each<[what: string, files: Files, wanted: string[]]>([
    ["with a file", { "tox.ini": "[testenv]\ndeps =\n  mock\n  -rrequirements/base.txt\n", "requirements/base.txt": "toolz\n" }, ["mock", "toolz"]],
    ["with a file by tox's own name of the folder", { "tox.ini": "[testenv]\ndeps = -r {toxinidir}/reqs/base-requirements.txt\n", "reqs/base-requirements.txt": "toolz\n" }, ["toolz"]],
    ["with a file that is not there", { "tox.ini": "[testenv]\ndeps =\n  mock\n  -r ../base.txt\n" }, ["mock"]],
    ["with a file of hashes, which stands alone", { "tox.ini": "[testenv]\ndeps =\n  mock\n  -r requirements/base.txt\n", "requirements/base.txt": "toolz==1 --hash=sha256:1\n" }, ["mock"]],
  ])("%s", (_what, files, wanted) => {
    expect(lines(files)).toEqual([...wanted, "pytest"]);
  }); // prettier-ignore
});

describe("a file that only a build writes", () => {
  const brought = (files: Files) => found(files).flatMap((one) => one.brings.map((path) => [path, path in one.files]));
  const project = '[project]\nname = "a"\n';
  it.each<[what: string, files: Files, wanted: string[]]>([
    ["setuptools-scm", { "pyproject.toml": `${project}[tool.setuptools_scm]\nversion_file = "src/a/_version.py"\n` }, ["src/a/_version.py"]],
    ["an older one", { "setup.py": 'setup(use_scm_version={"write_to": "a/_version.py"})' }, ["a/_version.py"]],
    ["hatch-vcs", { "pyproject.toml": `${project}[tool.hatch.build.hooks.vcs]\nversion-file = "a/_v.py"\n` }, ["a/_v.py"]],
    ["pdm", { "pyproject.toml": `${project}[tool.pdm.version]\nsource = "scm"\nwrite_to = "a/_v.py"\n` }, ["a/_v.py"]],
    ["one in a folder", { "lib/pyproject.toml": `${project}[tool.setuptools_scm]\nwrite_to = "a/_v.py"\n` }, ["lib/a/_v.py"]],
    ["one that is in the repository", { "pyproject.toml": `${project}[tool.setuptools_scm]\nwrite_to = "a/_v.py"\n`, "a/_v.py": "" }, []],
    ["one outside", { "pyproject.toml": `${project}[tool.setuptools_scm]\nwrite_to = "../_v.py"\n` }, []],
    ["one that is no module", { "pyproject.toml": `${project}[tool.setuptools_scm]\nwrite_to = "VERSION"\n` }, []],
    ["none", { "pyproject.toml": `${project}[tool.setuptools_scm]\n` }, []],
  ])("%s", (_what, files, wanted) => {
    expect(brought(files)).toEqual(wanted.map((path) => [path, true]));
  }); // prettier-ignore
});
