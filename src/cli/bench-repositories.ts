/** Small repositories for the benchmark of the proof: as they were, and what a change writes into them. */
export type BenchRepository = {
  readonly name: string;
  /** How often one plain run the proof may take. */
  readonly ratioMax: number;
  readonly command: string;
  readonly needs: string;
  readonly base: Readonly<Record<string, string>>;
  /** An honest change with its test; `mark` makes each one a change of its own. */
  change(mark: number): Readonly<Record<string, string>>;
};

const MODULES = 20;
const numbers = Array.from({ length: MODULES }, (_, index) => index);
const filled = (one: (index: number) => readonly (readonly [string, string])[]) =>
  Object.fromEntries(numbers.flatMap((index) => one(index)));

const jsTest = (name: string, more = "") =>
  `import assert from "node:assert/strict";\nimport test from "node:test";\nimport { add } from "../src/${name}.js";\n\ntest("${name}: zero", () => assert.equal(add(0, 0), 0));\n${more}`;
const jsCode = (body: string) => `export function add(a, b) {\n  return ${body};\n}\n`;
const JAVASCRIPT: BenchRepository = {
  name: "javascript",
  ratioMax: 3,
  command: "npm test",
  needs: "npm",
  base: {
    "package.json": '{ "name": "bench", "type": "module", "scripts": { "test": "node --test" } }\n',
    ...filled((index) => [
      [`src/m${index}.js`, jsCode("a - b")],
      [`test/m${index}.test.js`, jsTest(`m${index}`)],
    ]),
  },
  change: (mark) => ({
    "src/m0.js": jsCode(`a + b + ${mark} - ${mark}`),
    "test/m0.test.js": jsTest("m0", `\ntest("m0: adds ${mark}", () => assert.equal(add(1, ${mark}), ${mark + 1}));\n`),
  }),
};

const pyTest = (name: string, more = "") =>
  `import unittest\n\nfrom app.${name} import add\n\n\nclass Adds(unittest.TestCase):\n    def test_zero(self):\n        self.assertEqual(add(0, 0), 0)\n${more}`;
const pyCode = (body: string) => `def add(a, b):\n    return ${body}\n`;
const PYTHON: BenchRepository = {
  name: "python",
  ratioMax: 3,
  command: "python3 -m unittest discover -s tests -t .",
  needs: "python3",
  base: {
    "app/__init__.py": "",
    "tests/__init__.py": "",
    ...filled((index) => [
      [`app/m${index}.py`, pyCode("a - b")],
      [`tests/test_m${index}.py`, pyTest(`m${index}`)],
    ]),
  },
  change: (mark) => ({
    "app/m0.py": pyCode(`a + b + ${mark} - ${mark}`),
    "tests/test_m0.py": pyTest(
      "m0",
      `\n    def test_adds(self):\n        self.assertEqual(add(1, ${mark}), ${mark + 1})\n`,
    ),
  }),
};

/** As Python's suites are: what its tests do takes longer than starting the interpreter. */
const pyLedger = `import sqlite3


def total(rows):
    with sqlite3.connect(":memory:") as ledger:
        ledger.execute("create table entry (id integer primary key, amount integer)")
        ledger.executemany("insert into entry (amount) values (?)", ((row % 97,) for row in range(rows)))
        return ledger.execute("select sum(amount) from entry").fetchone()[0]
`;
const pyLedgerTest = (name: string) =>
  `import unittest\n\nfrom app.ledger import total\n\n\nclass Totals${name}(unittest.TestCase):\n    def test_total(self):\n        self.assertEqual(total(40_000), sum(row % 97 for row in range(40_000)))\n`;
const PYTHON_SUITE: BenchRepository = {
  ...PYTHON,
  name: "python, a suite of a second",
  base: {
    ...PYTHON.base,
    "app/ledger.py": pyLedger,
    ...filled((index) => [[`tests/test_total${index}.py`, pyLedgerTest(`${index}`)]]),
  },
};

const goTest = (more = "") =>
  `package calc\n\nimport "testing"\n\nfunc TestZero(t *testing.T) {\n\tif Add(0, 0) != 0 {\n\t\tt.Fatal("zero")\n\t}\n}\n${more}`;
const goCode = (body: string) =>
  `package calc\n\nimport "encoding/json"\n\n// Add adds.\nfunc Add(a, b int) int {\n\treturn ${body}\n}\n\n// Text is JSON.\nfunc Text(a int) string {\n\ttext, _ := json.Marshal(a)\n\treturn string(text)\n}\n`;
const GO: BenchRepository = {
  name: "go",
  ratioMax: 5,
  command: "go test -v ./...",
  needs: "go",
  base: {
    "go.mod": "module example.org/bench\n\ngo 1.21\n",
    ...filled((index) => [
      [`m${index}/calc.go`, goCode("a - b")],
      [`m${index}/calc_test.go`, goTest()],
    ]),
  },
  change: (mark) => ({
    "m0/calc.go": goCode(`a + b + ${mark} - ${mark}`),
    "m0/calc_test.go": goTest(
      `\nfunc TestAdds(t *testing.T) {\n\tif Add(1, ${mark}) != ${mark + 1} {\n\t\tt.Fatal("adds")\n\t}\n}\n`,
    ),
  }),
};

export const BENCH_REPOSITORIES: readonly BenchRepository[] = [JAVASCRIPT, PYTHON, PYTHON_SUITE, GO];
