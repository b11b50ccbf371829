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
      // Only what is installed knows its version.
      "src/app/__init__.py": 'from importlib.metadata import version\n\nVERSION = version("app")\n',
      "src/app/add.py": `import idna\n\n\n${before}`,
      "tests/test_add.py": `${zero("app.add")}\n\ndef test_mocks(mocker):\n    assert mocker.Mock(return_value=1)() == 1\n`,
    },
    head: {
      "src/app/add.py": `import idna\n\n\n${after}`,
      "tests/test_add.py": `${zero("app.add")}\n\ndef test_mocks(mocker):\n    assert mocker.Mock(return_value=1)() == 1\n${adds}`,
    },
  },
  {
    name: "requirements, and a variable that tox sets",
    run: "MODE=strict python3 -m pytest -q",
    needs,
    base: {
      "requirements.txt": "idna==3.10\n",
      "requirements-dev.txt": "-r requirements.txt\npytest==8.3.4\n",
      "tox.ini": "[testenv]\nsetenv =\n    MODE = strict\ncommands = pytest {posargs}\n",
      "add.py": `import os\n\nimport idna\n\nMODE = os.environ["MODE"]\n\n\n${before}`,
      "test_add.py": zero("add"),
    },
    head: {
      "add.py": `import os\n\nimport idna\n\nMODE = os.environ["MODE"]\n\n\n${after}`,
      "test_add.py": zero("add") + adds,
    },
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
  {
    name: "Django with its own runner",
    run: "python3 manage.py test",
    needs: "python3",
    base: {
      "requirements.txt": "Django>=4.2,<5\n",
      "manage.py":
        'import os\nimport sys\n\nif __name__ == "__main__":\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\n    from django.core.management import execute_from_command_line\n\n    execute_from_command_line(sys.argv)\n',
      "site1/__init__.py": "",
      "site1/settings.py":
        'SECRET_KEY = "x"\nINSTALLED_APPS = ["sums"]\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\nDEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n',
      "sums/__init__.py": "",
      "sums/models.py":
        "from django.db import models\n\n\nclass Sum(models.Model):\n    a = models.IntegerField()\n    b = models.IntegerField()\n\n    def total(self):\n        return self.a - self.b\n",
      "sums/tests.py":
        "from django.test import TestCase\n\nfrom .models import Sum\n\n\nclass SumTest(TestCase):\n    def test_zero(self):\n        self.assertEqual(Sum.objects.create(a=0, b=0).total(), 0)\n",
      "sums/migrations/__init__.py": "",
      "sums/migrations/0001_initial.py":
        'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    initial = True\n    dependencies = []\n    operations = [migrations.CreateModel(name="Sum", fields=[("id", models.BigAutoField(primary_key=True, serialize=False)), ("a", models.IntegerField()), ("b", models.IntegerField())])]\n',
    },
    head: {
      "sums/models.py":
        "from django.db import models\n\n\nclass Sum(models.Model):\n    a = models.IntegerField()\n    b = models.IntegerField()\n\n    def total(self):\n        return self.a + self.b\n",
      "sums/tests.py":
        "from django.test import TestCase\n\nfrom .models import Sum\n\n\nclass SumTest(TestCase):\n    def test_zero(self):\n        self.assertEqual(Sum.objects.create(a=0, b=0).total(), 0)\n\n    def test_adds(self):\n        self.assertEqual(Sum.objects.create(a=1, b=2).total(), 3)\n",
    },
  },
];
