import { afterAll, describe, expect, it } from "@jest/globals";
import { fixturesIn, onlyAddsFixtures } from "./added-fixtures.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const BASE = "import pytest\n\n\n@pytest.fixture\ndef shop():\n    return Shop()\n";
const fixture = (name: string, given = "") => `\n\n@pytest.fixture${given}\ndef ${name}():\n    return 4\n`;
const isHarmless = async (before: string, after: string) => {
  const known = new Set(
    fixturesIn(await syntax.parse("conftest.py", "@pytest.fixture\ndef elsewhere():\n    return 1\n")),
  );
  const [old, now] = [await syntax.parse("conftest.py", before), await syntax.parse("conftest.py", after)];
  return onlyAddsFixtures(old, now, known, new Set(["more", "conftest"]));
};

describe("a conftest that only has more fixtures", () => {
  it.each([
    ["one more", BASE + fixture("cart")],
    ["for a module", BASE + fixture("cart", '(scope="module")')],
    [
      "with a helper and an import",
      `import json\n${BASE}\n\ndef made():\n    return json.loads("{}")\n${fixture("cart")}`,
    ],
    ["new", BASE, ""],
  ])("%s", async (_, after, before = BASE) => expect(await isHarmless(before, after)).toBe(true));

  it.each([
    ["for all tests", BASE + fixture("cart", "(autouse=True)")],
    ["another name", BASE + fixture("cart", '(name="shop")')],
    ["in the place of pytest's", BASE + fixture("monkeypatch")],
    ["in the place of an old one", BASE + fixture("shop")],
    ["in the place of one elsewhere", BASE + fixture("elsewhere")],
    ["a hook", `${BASE}\n\ndef pytest_collection_modifyitems(items):\n    items.clear()\n`],
    ["a hook from elsewhere", `from tests.hooks import pytest_runtest_makereport\n${BASE}`],
    ["whatever there is", `from tests.hooks import *\n${BASE}`],
    ["one of the tests' own modules", `from tests.more import auto\n${BASE}`],
    ["a module of the tests, which runs", `import tests.more\n${BASE}`],
    ["what stands beside it", `from .patches import cart\n${BASE}`],
    ["settings that nobody sees", BASE + fixture("cart", '(**{"autouse": True})')],
    ["a default that runs at once", `${BASE}\n\ndef made(a=setattr(shop, "price", 3)):\n    return a\n`],
    ["what an old one uses", `${BASE}\n\ndef Shop():\n    return None\n`],
    ["files left out", `collect_ignore = ["test_a.py"]\n${BASE}`],
    ["a statement", `${BASE}\nshop.close = None\n`],
    ["a condition", `${BASE}\nif True:\n    import pytest as shop\n`],
    ["a changed one", BASE.replace("Shop()", "Shop(1)")],
    ["one less", "import pytest\n"],
    ["another decorator", `${BASE}\n\n@patched\n@pytest.fixture\ndef cart():\n    return 4\n`],
  ])("is no such one: %s", async (_, after) => expect(await isHarmless(BASE, after)).toBe(false));
});
