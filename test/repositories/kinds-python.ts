import type { Kind } from "./kind.ts";

const before = "def add(a, b):\n    return a - b\n";
const after = "def add(a, b):\n    return a + b\n";
const zero = (from: string) => `from ${from} import add\n\n\ndef test_zero():\n    assert add(0, 0) == 0\n`;
const adds = "\n\ndef test_adds():\n    assert add(1, 2) == 3\n";
const run = "python3 -m pytest -q";
const needs = "python3";

export const PYTHON: readonly Kind[] = [
  {
    name: "pytest with a plugin that nobody declared",
    run,
    needs,
    base: {
      "pyproject.toml": '[project]\nname = "app"\nversion = "1"\n\n[tool.pytest.ini_options]\naddopts = "--cov=app"\n',
      "app/__init__.py": "",
      "app/add.py": before,
      "tests/test_add.py": zero("app.add"),
    },
    head: { "app/add.py": after, "tests/test_add.py": zero("app.add") + adds },
  },
  {
    name: "a src layout with extras, installed in place",
    run,
    needs,
    base: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "app"\nversion = "1"\ndependencies = ["idna"]\n[project.optional-dependencies]\ntest = ["pytest", "pytest-mock"]\n[tool.hatch.build.targets.wheel]\npackages = ["src/app"]\n',
      "src/app/__init__.py": "",
      "src/app/add.py": `import idna\n\n\n${before}`,
      "tests/test_add.py": `${zero("app.add")}\n\ndef test_mocks(mocker):\n    assert mocker.Mock(return_value=1)() == 1\n`,
    },
    head: {
      "src/app/add.py": `import idna\n\n\n${after}`,
      "tests/test_add.py": `${zero("app.add")}\n\ndef test_mocks(mocker):\n    assert mocker.Mock(return_value=1)() == 1\n${adds}`,
    },
  },
  {
    name: "requirements",
    run,
    needs,
    base: {
      "requirements.txt": "idna==3.10\n",
      "requirements-dev.txt": "-r requirements.txt\npytest==8.3.4\n",
      "add.py": `import idna\n\n\n${before}`,
      "test_add.py": zero("add"),
    },
    head: { "add.py": `import idna\n\n\n${after}`, "test_add.py": zero("add") + adds },
  },
  {
    name: "a lockfile of uv, without uv",
    run,
    needs,
    base: {
      "pyproject.toml":
        '[project]\nname = "app"\nversion = "1"\ndependencies = ["idna"]\n[tool.setuptools]\npackages = ["app"]\n',
      "uv.lock":
        'version = 1\n[[package]]\nname = "app"\nversion = "1"\nsource = { editable = "." }\ndependencies = [{ name = "idna" }]\n[[package]]\nname = "idna"\nversion = "3.10"\nsource = { registry = "simple" }\n',
      "app/__init__.py": "",
      "app/add.py": `import idna\n\n\n${before}`,
      "tests/test_add.py": zero("app.add"),
    },
    head: { "app/add.py": `import idna\n\n\n${after}`, "tests/test_add.py": zero("app.add") + adds },
  },
  {
    name: "a Makefile that calls a tool",
    run: "make test",
    policy: { verify: [{ name: "tests", run: "make test" }] },
    needs,
    base: {
      Makefile: "test:\n\tpytest -q\n",
      "requirements.txt": "pytest\n",
      "add.py": before,
      "test_add.py": zero("add"),
    },
    head: { "add.py": after, "test_add.py": zero("add") + adds },
  },
  {
    name: "setup commands of the policy",
    run: ".venv/bin/python -m pytest -q",
    needs,
    policy: {
      setup: [{ name: "packages", run: "python3 -m venv .venv && .venv/bin/pip install --quiet $(cat tools/list)" }],
      verify: [{ name: "tests", run: ".venv/bin/python -m pytest -q" }],
    },
    base: { "tools/list": "pytest idna\n", "add.py": before, "test_add.py": `import idna\n${zero("add")}` },
    head: { "add.py": after, "test_add.py": `import idna\n${zero("add")}${adds}` },
  },
];
