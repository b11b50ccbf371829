import { describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { changedTestSettings, oldFolders } from "./test-settings.ts";

/** What a manifest brings into a test run: plugins that load themselves, and other code under the name of a library. */
const of = (path: string, before: string, after: string) => {
  const was = new Set(before.split("\n"));
  const addedLines = after.split("\n").flatMap((text, at) => (was.has(text) ? [] : [{ line: at + 1, text }]));
  const file = { ...changedFile(path, before, after), addedLines };
  return changedTestSettings(file, oldFolders(["tests/test_a.py", "a_test.go"], [file]));
};
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const PLUGINS = ["which plugins the test run loads"];
const from = (library: string) => [`where the library of tests "${library}" comes from`];
const TOML = '[project]\nname = "a"\n';
const CFG = "[metadata]\nname = a\n";
const SETUP = 'from setuptools import setup\n\nsetup(name="a", packages=["a"])\n';
const setup = (more: string) => SETUP.replace(")\n", `, ${more})\n`);

describe("plugins of the test run", () => {
  it.each<[string, string, string]>([
    ["pyproject.toml", TOML, `${TOML}\n[project.entry-points.pytest11]\nx = "a.x"\n`],
    ["pyproject.toml", TOML, `${TOML}\n[project.entry-points."pytest11"]\nx = "a.x"\n`],
    ["pyproject.toml", TOML, `${TOML}\n[project.entry-points]\npytest11 = { x = "a.x" }\n`],
    ["pyproject.toml", TOML, `${TOML}entry-points.pytest11.x = "a.x"\n`],
    ["pyproject.toml", TOML, `${TOML}\n[tool.poetry.plugins.pytest11]\nx = "a.x"\n`],
    ["pyproject.toml", TOML, `${TOML}\n[tool.poetry.plugins."pytest11"]\nx = "a.x"\n`],
    ["pyproject.toml", TOML, `${TOML}\n[project.entry-points.hypothesis]\n_ = "a.x"\n`],
    ["pyproject.toml", TOML, `${TOML}\n[tool.setuptools.dynamic]\nentry-points = { file = ["x.txt"] }\n`],
    ["pyproject.toml", `${TOML}\n[project.entry-points.pytest11]\nx = "a.x"\n`, `${TOML}\n[project.entry-points.pytest11]\nx = "a.y"\n`], // prettier-ignore
    ["setup.cfg", CFG, `${CFG}\n[options.entry_points]\npytest11 =\n    x = a.x\n`],
    ["setup.cfg", CFG, `${CFG}\n[options.entry_points]\npytest11 = x = a.x\n`],
    ["setup.cfg", `${CFG}\n[options.entry_points]\npytest11 =\n    x = a.x\n`, `${CFG}\n[options.entry_points]\npytest11 =\n    x = a.x\n    y = a.y\n`], // prettier-ignore
    ["setup.cfg", CFG, `${CFG}\n[options]\nentry_points = file: x.txt\n`],
    ["setup.py", SETUP, setup('entry_points={"pytest11": ["x = a.x"]}')],
    ["setup.py", SETUP, setup("entry_points={'console_scripts': [], 'pytest11': [\n  'x = a.x',\n]}")],
    ["setup.py", SETUP, setup('entry_points="""\n[pytest11]\nx = a.x\n"""')],
    ["setup.py", setup('entry_points={"pytest11": ["x = a.x"]}'), setup('entry_points={"pytest11": ["x = a.y"]}')],
    ["a.dist-info/entry_points.txt", "", "[pytest11]\nx = a.x\n"],
    ["a.egg-info/entry_points.txt", "[console_scripts]\na = a:run\n", "[console_scripts]\na = a:run\n\n[pytest11]\nx = a.x\n"], // prettier-ignore
  ])("are seen in %s, where it is changed or new", (path, before, after) => {
    expect(of(path, before, after)).toEqual(PLUGINS);
    expect(of(`more/${path}`, "", after)).toEqual(PLUGINS);
  });

  const OLD = `${TOML}\n[project.entry-points.pytest11]\nx = "a.x"\n`;
  it.each<[string, string, string, string]>([
    ["a program", "pyproject.toml", TOML, `${TOML}\n[project.scripts]\na = "a:run"\n`],
    ["plugins of the product", "pyproject.toml", TOML, `${TOML}\n[project.entry-points."a.plugins"]\nx = "a.x"\n`],
    [
      "the same in another spelling",
      "pyproject.toml",
      OLD,
      `${TOML}\n[project.entry-points]\npytest11 = {x = "a.x"}\n`,
    ],
    ["a version beside an old one", "pyproject.toml", OLD, OLD.replace('"a"', '"a"\nversion = "2"')],
    ["one that goes", "pyproject.toml", OLD, TOML],
    ["a keyword", "pyproject.toml", TOML, `${TOML}keywords = ["pytest11"]\n`],
    ["a program", "setup.cfg", CFG, `${CFG}\n[options.entry_points]\nconsole_scripts =\n    pytest12 = a:run\n`],
    ["a remark", "setup.cfg", CFG, `${CFG}\n[options.entry_points]\n# pytest11 =\n#   x = a.x\n`],
    ["a program", "setup.py", SETUP, setup('entry_points={"console_scripts": ["a = a:run"]}')],
    ["a remark", "setup.py", SETUP, `# no pytest11 here\n${SETUP}`],
    ["a program", "a.egg-info/entry_points.txt", "", "[console_scripts]\na = a:run\n"],
    ["a program beside an old one", "setup.py", setup('entry_points={"pytest11": ["x = a.x"]}'), setup('entry_points={"pytest11": ["x = a.x"], "console_scripts": ["a = a:run"]}')], // prettier-ignore
  ])("are not %s: %s", (_what, path, before, after) => expect(of(path, before, after)).toEqual([]));
});

describe("another place of a library of tests", () => {
  const dev = (name: string, version: string) => json({ name: "a", devDependencies: { [name]: version } });
  const MOD = "module a\n\ngo 1.22\n";
  it.each<[string, string, string, string]>([
    ["chai", "package.json", dev("chai", "^5.1.0"), dev("chai", "file:./tools/chai")],
    ["chai", "package.json", dev("chai", "^5.1.0"), dev("chai", "link:../chai")],
    ["chai", "package.json", dev("chai", "^5.1.0"), dev("chai", "./tools/chai")],
    ["chai", "package.json", dev("chai", "^5.1.0"), dev("chai", "npm:shai@5.1.0")],
    ["chai", "package.json", dev("chai", "^5.1.0"), dev("chai", "me/chai")],
    ["@jest/globals", "package.json", "", dev("@jest/globals", "workspace:*")],
    ["chai", "tools/chai/package.json", "", json({ name: "chai", version: "5.1.0" })],
    ["pytest", "pyproject.toml", TOML, `${TOML}\n[tool.uv.sources]\npytest = { path = "tools/pytest" }\n`],
    ["pytest-mock", "pyproject.toml", TOML, `${TOML}\n[tool.poetry.dependencies]\npytest_mock = { path = "x" }\n`],
    ["pytest", "pyproject.toml", TOML, `${TOML}\n[tool.poetry.group.dev.dependencies]\npytest = [{ git = "x" }]\n`],
    ["pytest", "pyproject.toml", TOML, `${TOML}\n[dependency-groups]\ndev = [\n  "pytest @ file:./tools/pytest",\n]\n`],
    ["pytest", "tools/pytest/pyproject.toml", "", '[project]\nname = "pytest"\n'],
    ["pytest", "Pipfile", "", '[dev-packages]\npytest = {path = "./tools/pytest"}\n'],
    ["pytest", "requirements-dev.txt", "pytest==8.0\n", "pytest @ git+https://example.org/x\n"],
    ["pytest", "requirements.txt", "pytest==8.0\n", "-e ./tools/pytest\n"],
    ["pytest", "requirements.txt", "pytest==8.0\n", "git+https://example.org/x#egg=pytest\n"],
    ["pytest", "setup.cfg", CFG, `${CFG}\n[options]\ninstall_requires =\n    pytest @ file:./tools/pytest\n`],
    ["pytest", "setup.py", SETUP, setup('tests_require=["pytest @ file:./tools/pytest"]')],
    ["github.com/stretchr/testify", "tools/testify/go.mod", "", "module github.com/stretchr/testify\n"],
  ])("is seen: %s in %s", (library, path, before, after) => expect(of(path, before, after)).toEqual(from(library)));

  it.each([
    ["go.mod", MOD],
    ["go.mod", ""],
    ["go.work", "go 1.22\n"],
    ["go.work", ""],
  ])("is seen in a `replace` of %s after %j", (path, before) => {
    const after = `${before || "module a\n"}\nreplace github.com/stretchr/testify => ./tools/testify\n`;
    expect(of(path, before, after)).toEqual(["a `replace`"]);
  });

  it.each<[string, string, string, string]>([
    ["another version", "package.json", dev("chai", "^5.1.0"), dev("chai", "^5.2.0")],
    ["a first version", "package.json", dev("a", "1"), dev("vitest", "~3.0.0 || >=3.1")],
    ["one of a catalog", "package.json", dev("chai", "^5.1.0"), dev("chai", "catalog:")],
    ["the same under its whole name", "package.json", dev("chai", "^5.1.0"), dev("chai", "npm:chai@5.1.0")],
    ["a package of the product", "package.json", dev("a", "1"), dev("@acme/chai", "workspace:*")],
    ["an old place", "package.json", dev("chai", "file:./c"), dev("chai", "file:./c").replace('"a"', '"b"')],
    ["a package of the product", "pyproject.toml", TOML, `${TOML}\n[tool.uv.sources]\nacme = { path = "../acme" }\n`],
    ["another version", "pyproject.toml", TOML, `${TOML}\n[tool.poetry.dependencies]\npytest = "^8"\n`],
    ["a version with an extra", "pyproject.toml", TOML, `${TOML}dependencies = ["coverage[toml]>=7"]\n`],
    ["an address of a person", "pyproject.toml", TOML, `${TOML}authors = [{ email = "mock@example.org" }]\n`],
    ["another version", "requirements.txt", "pytest==8.0\n", "pytest==8.1 # ./tools/pytest\n"],
    ["a folder of tests", "setup.cfg", CFG, `${CFG}\n[options]\npackages =\n    a/mock\n`],
    ["one library more", "go.mod", MOD, `${MOD}\nrequire github.com/stretchr/testify v1.9.0\n`],
    ["a part that is new", "go.work", "go 1.22\n", "go 1.22\n\nuse ./tools\n"],
  ])("is not %s: %s", (_what, path, before, after) => expect(of(path, before, after)).toEqual([]));
});
