import { describe, expect, it } from "@jest/globals";
import { findRecipes } from "./detect.ts";
import type { Manifests, Recipe } from "./recipe.ts";

type Files = Readonly<Record<string, string>>;
const manifests = (files: Files): Manifests => ({ paths: Object.keys(files), text: (path) => files[path] });
const found = (files: Files): Recipe[] => findRecipes(manifests(files));
const all = (recipes: readonly Recipe[]) => recipes.flatMap((one) => [...one.fetch, ...one.build]).join("\n");
const texts = (recipes: readonly Recipe[]) => recipes.flatMap((one) => Object.values(one.files)).join("");

describe("packages of Python", () => {
  const TEST = { "tests/test_a.py": "" };
  it.each<[string, Files, string[]]>([
    ["requirements", { "requirements.txt": "idna==3.7\n# x\npytest==8.0\n", ...TEST }, ["idna==3.7", "pytest==8.0"]],
    ["included files", { "requirements.txt": "-r base.txt\n", "base.txt": "idna\n", ...TEST }, ["idna", "pytest"]],
    [
      "files for tests",
      { "requirements.txt": "idna\n", "requirements-dev.txt": "pytest-mock\n", ...TEST },
      ["idna", "pytest-mock", "pytest"],
    ],
    ["a folder of them", { "requirements/test.txt": "pytest==8.1\n", ...TEST }, ["pytest==8.1"]],
    [
      "lists of a setup.py by their names",
      {
        "setup.py":
          "NEEDS = ['idna']\nsetup(install_requires=NEEDS, extras_require={'test': ['freezegun'], 'docs': ['sphinx']})",
        ...TEST,
      },
      ["idna", "freezegun", "pytest", "setuptools", "wheel"],
    ],
    [
      "a Pipfile without a lockfile",
      { Pipfile: '[packages]\nidna = "*"\n[dev-packages]\npytest = ">=7"\n', ...TEST },
      ["idna", "pytest>=7"],
    ],
    [
      "pyproject",
      {
        "pyproject.toml":
          '[project]\nname="a"\ndependencies=["idna"]\n[project.optional-dependencies]\ntest=["pytest"]\ndocs=["sphinx"]\n',
        ...TEST,
      },
      ["idna", "pytest", "setuptools", "wheel"],
    ],
    [
      "dependency groups",
      {
        "pyproject.toml": '[dependency-groups]\ndev=[{include-group="test"}]\ntest=["pytest>=8"]\nlint=["ruff"]\n',
        ...TEST,
      },
      ["pytest>=8"],
    ],
    [
      "poetry without its lockfile",
      {
        "pyproject.toml":
          '[tool.poetry]\npackage-mode=false\n[tool.poetry.dependencies]\npython="^3.10"\nidna="^3.4"\nx="~1.2"\ny="2.0"\n',
        ...TEST,
      },
      ["idna>=3.4,<4", "x>=1.2,<1.3", "y==2.0", "pytest"],
    ],
    [
      "setup.cfg",
      {
        "setup.cfg":
          "[metadata]\nname=a\n[options]\ninstall_requires =\n  idna\n  certifi; python_version>'3'\n[options.extras_require]\ntest =\n  pytest\n",
        ...TEST,
      },
      ["idna", "certifi", "pytest", "setuptools", "wheel"],
    ],
    [
      "literals of setup.py",
      {
        "setup.py":
          "setup(name='a', install_requires=['idna>=3', \"certifi\", f'a=={v}', 'acme' + part, 'b==%s' % v, \"tomli; python_version < '3.11'\"])",
        ...TEST,
      },
      ["idna>=3", "certifi", "tomli; python_version < '3.11'", "pytest", "setuptools", "wheel"],
    ],
    [
      "tox",
      { "tox.ini": "[testenv]\ndeps =\n  pytest\n  -rrequirements.txt\n", "setup.py": "", ...TEST },
      ["pytest", "setuptools", "wheel"],
    ],
    [
      "tox without an INI file, nox and hatch's own tests",
      {
        "tox.toml": '[env_run_base]\ndeps = ["attrs", "-r requirements.txt"]\n',
        "noxfile.py":
          'import nox\n@nox.session\ndef lint(session):\n    session.install("ruff")\n@nox.session\ndef tests(session):\n    session.install("pytest", "freezegun")\n    session.install("-e", "server")\n    session.install("--group", "test", "-c", "limits", "anyio")\n    session.install(f"django=={v}", "trio", env={"PIP_NO_BINARY": "lxml"})\n    session.install("acme" + SUFFIX)\n    session.install("foo" "bar")\n    session.install("tomli; python_version < \'3.11\'", env={"A": "b"})\n',
        "pyproject.toml": '[tool.hatch.envs.hatch-test]\nextra-dependencies = ["idna"]\n',
        ...TEST,
      },
      ["attrs", "pytest", "freezegun", "anyio", "tomli; python_version < '3.11'", "idna"],
    ],
    [
      "extras that ask for others of their project, which is never asked of a registry",
      {
        "pyproject.toml":
          '[project]\nname="My_App"\n[project.optional-dependencies]\nfast=["idna"]\ntest=["pytest"]\ndev=["my-app[test, fast]", "attrs"]\n',
        ...TEST,
      },
      ["pytest", "idna", "attrs", "setuptools", "wheel"],
    ],
    [
      "members of a workspace, which are never asked of a registry",
      {
        "pyproject.toml":
          '[project]\nname="a"\ndependencies=["core-lib", "idna", "pytest"]\n[tool.uv.sources]\ncore_lib={workspace=true}\nidna={index="inner"}\n',
        ...TEST,
      },
      ["idna", "pytest", "setuptools", "wheel"],
    ],
    [
      "what a builder needs to install in place",
      { "pyproject.toml": '[project]\nname="a"\n[build-system]\nrequires=["hatchling>=1.2", "hatch-vcs"]\n', ...TEST },
      ["editables", "hatch-vcs", "hatchling>=1.2", "pytest"],
    ],
    [
      "a plugin that only the settings name",
      { "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--cov=app -n auto"\n' },
      ["pytest", "pytest-cov", "pytest-xdist"],
    ],
    ["tests without any manifest", { ...TEST }, ["pytest"]],
  ])("reads %s", (_, files, lines) => {
    const recipes = found(files);
    expect(texts(recipes).trimEnd().split("\n").sort()).toEqual([...lines].sort());
    expect(recipes[0]?.needs).toEqual(["python3"]);
  });

  it.each<[string, Files, string[]]>([
    [
      "poetry.lock",
      {
        "poetry.lock":
          '[[package]]\nname="pytest"\nversion="8.0.0"\n[package.dependencies]\ncolorama={version="*",markers="sys_platform == \'win32\'"}\n[[package]]\nname="colorama"\nversion="0.4"\n',
      },
      ["pytest==8.0.0", "colorama==0.4 ; (sys_platform == 'win32')"],
    ],
    [
      "uv.lock",
      {
        "uv.lock":
          '[[package]]\nname="app"\nversion="1"\nsource={editable="."}\ndependencies=[{name="idna"}]\n[[package]]\nname="idna"\nversion="3.7"\nsource={registry="x"}\n[[package]]\nname="pytest"\nversion="8.0"\nsource={registry="x"}\n',
      },
      ["idna==3.7", "pytest==8.0"],
    ],
    ["pdm.lock", { "pdm.lock": '[[package]]\nname="pytest"\nversion="8.0"\ngroups=["default"]\n' }, ["pytest==8.0"]],
    [
      "Pipfile.lock",
      { "Pipfile.lock": '{"default":{"idna":{"version":"==3.7"}},"develop":{"pytest":{"version":"==8.0"}}}' },
      ["idna==3.7", "pytest==8.0"],
    ],
  ])("reads %s without the tool that wrote it", (_, files, lines) => {
    const recipes = found({ "pyproject.toml": "", ...files, ...TEST });
    expect(texts(recipes).trimEnd().split("\n")).toEqual(lines);
    expect(all(recipes)).toMatch(/--no-deps/);
  });

  it("takes what pip-compile wrote and not what it was written from", () => {
    const recipes = found({
      "requirements-dev.in": "-r requirements.txt\npytest\n",
      "requirements-dev.txt": "pytest==8.0 --hash=sha256:bb\n",
      "requirements.txt": "idna==3.7 --hash=sha256:aa\n",
    });
    expect(texts(recipes)).toBe("pytest==8.0 --hash=sha256:bb\nidna==3.7 --hash=sha256:aa\n");
  });

  it("reads the lockfile of a workspace of uv for its members too, and for no other project in it", () => {
    const pinned = '[[package]]\nname="pytest"\nversion="8.0"\nsource={registry="x"}\n';
    const recipes = found({
      "uv.lock": `[[package]]\nname = "a"\nsource = { editable = "packages/a" }\n${pinned}`,
      "pyproject.toml": "",
      "packages/a/pyproject.toml": '[project]\nname="a"\ndependencies=["pytest"]\n',
      "packages/a/test_a.py": "",
      "tools/b/pyproject.toml": '[project]\nname="b"\ndependencies=["idna"]\n',
    });
    expect(recipes.map((one) => one.says.replace("Python packages ", ""))).toEqual([
      "(uv.lock)",
      "(uv.lock for packages/a)",
      "(tools/b/pyproject.toml)",
    ]);
    expect(recipes[1]?.files["packages/a/coop-requirements-pinned.txt"]).toBe("pytest==8.0\n");
  });

  it("names the manifest that asks for packages", () => {
    const says = (name: string, text: string) => found({ [name]: text, "test_a.py": "" })[0]?.says;
    expect(says("setup.py", "setup(install_requires=['idna'])")).toBe("Python packages (setup.py)");
    expect(says("Pipfile", '[packages]\nidna = "*"\n')).toBe("Python packages (Pipfile)");
  });

  it("keeps the repository's own code out of the fetch step", () => {
    const [recipe] = found({
      "requirements.txt": "-e .[dev]\n./plugin\nidna\n",
      "setup.py": "",
      "plugin/setup.py": "",
    });
    expect(recipe?.fetch.join()).not.toMatch(/-e |plugin/);
    expect(texts([recipe as Recipe])).not.toMatch(/-e|\.\//);
    expect(recipe?.build.map((line) => /-e (\S+)/.exec(line)?.[1])).toEqual(["/workspace", "/workspace/plugin"]);
  });

  it("keeps hashed files apart, since pip accepts nothing without a hash beside them", () => {
    const [recipe] = found({ "requirements.txt": "idna==3.7 \\\n    --hash=sha256:aa\n", "tests/test_a.py": "" });
    expect(Object.values(recipe?.files ?? {})).toEqual(["idna==3.7      --hash=sha256:aa\n", "pytest\n"]);
  });
});

describe("packages of compiled languages", () => {
  it.each<[string, Files, string[], RegExp]>([
    [
      "a Go module",
      { "go.mod": "module a\n" },
      ["Go modules (go.mod)"],
      /^go mod download$[\s\S]*go test .*-exec \/bin\/true/m,
    ],
    [
      "nested Go modules",
      { "a/go.mod": "", "b/go.mod": "" },
      ["Go modules (a/go.mod)", "Go modules (b/go.mod)"],
      /go mod download/,
    ],
    [
      "a Go workspace",
      { "go.work": "", "a/go.mod": "" },
      ["Go modules (go.work)", "Go modules (a/go.mod)"],
      /go mod download/,
    ],
    ["vendored Go packages", { "go.mod": "", "vendor/modules.txt": "" }, ["Go modules (go.mod)"], /^go test/m],
    [
      "a crate",
      { "Cargo.toml": "", "Cargo.lock": "" },
      ["Rust crates (Cargo.lock)"],
      /^cargo fetch --locked$[\s\S]*cargo clean --offline -p/m,
    ],
    ["a crate without a lockfile", { "Cargo.toml": "" }, ["Rust crates (Cargo.toml)"], /^cargo fetch$/m],
    ["a workspace of crates", { "Cargo.toml": "", "crates/a/Cargo.toml": "" }, ["Rust crates (Cargo.toml)"], /cargo/],
    ["Maven", { "pom.xml": "<project/>" }, ["Maven artifacts (pom.xml)"], /^mvn /m],
    [
      "Maven modules",
      { "pom.xml": "<packaging>pom</packaging>", "a/pom.xml": "<project/>" },
      ["Maven artifacts (pom.xml)"],
      /^mvn /m,
    ],
  ])("knows %s", (_, files, says, lines) => {
    const recipes = found(files);
    expect(recipes.map((one) => one.says)).toEqual(says);
    expect(all(recipes)).toMatch(lines);
  });
});
