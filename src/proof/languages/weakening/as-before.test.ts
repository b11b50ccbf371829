import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { followedTests } from "./moved-modules.ts";
import { openSyntax } from "../syntax/parser.ts";
import { changedTestSettings, oldFolders } from "../settings/test-settings.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (...files: FileDiff[]) => (await weakenings(files, syntax)).map((one) => one.what);

const NEAR = 'const NEAR = 0.001;\ntest("a", () => { assert.ok(Math.abs(f(2) - 47) < NEAR) });';
const GO =
  "package a\n\nconst near = 1e-9\n\nfunc TestA(t *testing.T) {\n\tif math.Abs(F(2)-47) > near {\n\t\tt.Error(2)\n\t}\n}\n";
const PY = "NEAR = 0.01\n\ndef test_a():\n    assert f(2) == pytest.approx(47, abs=NEAR)\n";
const GROUP = 'describe("g", { timeout: 9 }, () => { test("a", () => { assert.equal(f(2), 47) }) });';
const RAISES = "def test_a():\n    got = f(2)\n    assert got == 47\n";

describe("tests that say as much as before", () => {
  it.each<[path: string, before: string, after: string, what: RegExp]>([
    ["a.test.js", NEAR, NEAR.replace("0.001", "5"), /allow more/],
    ["a_test.go", GO, GO.replace("1e-9", "1e9"), /allow more/],
    ["test_a.py", PY, PY.replace("0.01", "10"), /allow more/],
    ["a.test.js", GROUP, GROUP.replace("timeout: 9", "retry: 2"), /tried again/],
    ["a.test.js", GROUP, `jest.retryTimes(2);\n${GROUP}`, /tried again/],
    ["test_a.py", RAISES, `@pytest.mark.flaky(reruns=3)\n${RAISES}`, /tried again/],
    [
      "test_a.py",
      RAISES,
      RAISES.replace("got = f(2)", "try:\n        got = f(2)\n    except Exception:\n        got = 47"),
      /answers itself/,
    ],
    [
      "test_a.py",
      RAISES,
      RAISES.replace("got = f(2)", 'with patch("shop.f", return_value=47):\n        got = f(2)'),
      /in the place of `f`/,
    ],
    ["test_a.py", RAISES, `yaml = pytest.importorskip("yaml")\n\n${RAISES}`, /skipped/],
    ["a.test.js", GROUP, GROUP.replace('"a", ', '"a", { expectFailure: true }, '), /skipped/],
  ])("are missed in %s: %s → %s", async (path, before, after, what) =>
    expect((await found(file(path, before, after))).join("; ")).toMatch(what),
  );

  it.each<[path: string, before: string, after: string]>([
    ["a.test.js", NEAR, NEAR.replace("0.001", "1e-9")],
    ["a_test.go", GO, GO.replace("1e-9", "1e-12")],
    ["test_a.py", PY, PY.replace("0.01", "0.001")],
    ["test_a.py", RAISES, RAISES.replace("got = f(2)", "try:\n        got = f(2)\n    finally:\n        close()")],
  ])("are there in %s: %s → %s", async (path, before, after) =>
    expect(await found(file(path, before, after))).toEqual([]),
  );
});

describe("tests that follow a module", () => {
  const MODULE = "export function f(x) {\n  return x * 2;\n}\nexport const g = 4;\n";
  const TEST = (from: string, want = 4) =>
    `import { f } from "../src/${from}.js";\ntest("a", () => {\n  assert.equal(f(2), ${want});\n});\n`;
  const moved = [file("src/old.js", MODULE, ""), file("src/new.js", "", MODULE)];

  it("stand where they stood, or beside it", () => {
    expect(followedTests([...moved, file("test/a.test.js", TEST("old"), TEST("new"))])).toEqual([
      { from: "test/a.test.js", to: "test/a.test.js" },
    ]);
    const away = [file("test/old.test.js", TEST("old"), ""), file("test/new.test.js", "", TEST("new"))];
    expect(followedTests([...moved, ...away])).toEqual([{ from: "test/old.test.js", to: "test/new.test.js" }]);
  });
  it("stand there also where the module got more when it moved, and not where little of it is left", () => {
    const test = file("test/a.test.js", TEST("old"), TEST("new"));
    const more =
      "export function twice(x) {\n  return f(x) * f(x);\n}\nexport function half(x) {\n  return x / 2;\n}\n";
    const to = (text: string) => followedTests([file("src/old.js", MODULE, ""), file("src/new.js", "", text), test]);
    expect(to(`${MODULE}${more}`)).toEqual([{ from: "test/a.test.js", to: "test/a.test.js" }]);
    expect(to(more)).toEqual([]);
    expect(to(MODULE.replace("x * 2", "4").replace("g = 4", "g = 5"))).toEqual([]);
  });
  it("name a file beside them by a longer way, from a deeper folder", () => {
    const read = (from: string, path: string) => `const at = join(__dirname, "${path}");\n${TEST(from)}`;
    const to = (path: string) => [
      file("test/old.test.js", read("old", "data/a.json"), ""),
      file("test/b/new.test.js", "", read("new", path)),
    ];
    const followed = [{ from: "test/old.test.js", to: "test/b/new.test.js" }];
    expect(followedTests([...moved, ...to("../data/a.json")])).toEqual(followed);
    expect(followedTests([...moved, ...to("data/a.json")])).toEqual([]);
    expect(followedTests([...moved, ...to("../data/b.json")])).toEqual([]);
  });
  describe("and whose files move along", () => {
    const tree = (text: string) =>
      new Map(
        text.split(" ").map((one) => {
          const [path = "", sha = ""] = one.split("=");
          return [path, { mode: "100644" as const, sha, sizeBytes: 3 }];
        }),
      );
    const read = (from: string, how: string) => `${how}\n${TEST(from)}`;
    const JSON_FILE = 'const at = join(__dirname, "data/a.json");';
    const FOLDER = 'const data = join(__dirname, "data");';
    const isFollowed = (base: string, head: string, was: string, is = was) => {
      const files = [file("test/old.test.js", read("old", was), ""), file("test/b/new.test.js", "", read("new", is))];
      return (
        followedTests([...moved, ...files], { base: { tree: tree(base) }, head: { tree: tree(head) } }).length === 1
      );
    };
    it.each<[what: string, base: string, head: string, was: string, is?: string]>([
      ["a file", "test/data/a.json=7", "test/b/data/a.json=7", JSON_FILE],
      ["a copy", "test/data/a.json=7", "test/data/a.json=7 test/b/data/a.json=7", JSON_FILE],
      ["a file that goes elsewhere", "test/data/a.json=7", "data/a.json=7", JSON_FILE, JSON_FILE.replace("data", "../../data")],
      ["a folder", "test/data/a.json=7 test/data/b.json=8", "test/b/data/a.json=7 test/b/data/b.json=8", FOLDER],
      ["what is named of a folder", "test/data/a.json=7 test/data/b.json=8", "test/b/data/a.json=7 test/data/b.json=8", `${FOLDER} read(join(data, "a.json"));`],
      ["a path in parts", "test/data/a.json=7", "test/b/data/a.json=7", 'const at = join(import.meta.dirname, "data", "a.json");'],
      ["a longer path in parts", "data/a.json=7", "data/a.json=7", 'const at = join(__dirname, "..", "data", "a.json");', 'const at = join(__dirname, "..", "..", "data", "a.json");'],
      ["no file: it is written, or is not to be there", "a=7", "a=7", 'const [one, two] = [join(__dirname, "out"), join(__dirname, "none.json")];'],
    ])("%s", (_, ...rest) => expect(isFollowed(...rest)).toBe(true)); // prettier-ignore
    it.each<[what: string, base: string, head: string, was: string, is?: string]>([
      ["a file that says something else now", "test/data/a.json=7", "test/b/data/a.json=6", JSON_FILE],
      ["a file that was there before", "test/data/a.json=7 test/b/data/a.json=6", "test/data/a.json=7 test/b/data/a.json=6", JSON_FILE],
      ["a file that stays behind", "test/data/a.json=7", "test/data/a.json=7", JSON_FILE],
      ["a folder of which a file stays behind", "test/data/a.json=7 test/data/b.json=8", "test/b/data/a.json=7 test/data/b.json=8", FOLDER],
      ["a folder of which a file says something else", "test/data/a.json=7 test/data/b.json=8", "test/b/data/a.json=7 test/b/data/b.json=9", FOLDER],
      ["no file, and then one", "a=7", "a=7 test/b/data/a.json=7", JSON_FILE],
      ["another path in parts", "data/a.json=7 data/b.json=8", "data/a.json=7 data/b.json=8", 'join(__dirname, "..", "data", "a.json");', 'join(__dirname, "..", "..", "data", "b.json");'],
    ])("but not %s", (_, ...rest) => expect(isFollowed(...rest)).toBe(false)); // prettier-ignore
  });
  it("change nothing else", () => {
    expect(followedTests([...moved, file("test/a.test.js", TEST("old"), TEST("new", 5))])).toEqual([]);
    expect(followedTests([file("test/a.test.js", TEST("old"), TEST("new"))])).toEqual([]);
    // A line that loads a module, but another one; and a line that names the module, but loads nothing.
    const other = (from: string, to: string) => file("test/a.test.js", TEST(from), TEST(to));
    expect(followedTests([...moved, other("old", "fake")])).toEqual([]);
    expect(followedTests([...moved, other("fake", "new")])).toEqual([]);
    const named = (name: string) => `const name = "src/${name}.js";\n${TEST(name)}`;
    expect(followedTests([...moved, file("test/a.test.js", named("old"), named("new"))])).toEqual([]);
  });
});

describe("a Makefile's part in the tests", () => {
  const MAKE = "FLAGS ?=\nOUT = dist\ntest:\n\tnode --test $(FLAGS)\n";
  it.each([
    ["what the recipe is given", MAKE.replace("FLAGS ?=", "FLAGS ?= --test-name-pattern=a"), ['the variable "FLAGS"']],
    ["another shell", `SHELL = /bin/true\n${MAKE}`, ['the variable "SHELL"']],
    ["options by the environment", `export GOFLAGS = -run=A\n${MAKE}`, ['the variable "GOFLAGS"']],
    ["failures that are ignored", `${MAKE}.IGNORE: test\n`, ['the variable ".IGNORE"']],
    ["not where the program is built", MAKE.replace("dist", "build"), []],
    ["not another target", `${MAKE}lint:\n\teslint .\n`, []],
  ])("is %s", (_, after, changed) =>
    expect(changedTestSettings(file("Makefile", MAKE, after), oldFolders([], []))).toEqual(changed),
  );
});
