import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { testSide } from "../tests/test-side.ts";
import { isOfOrder } from "./side-by-side.ts";

/** Which changes keep runs apart that new tests let run side by side: there luck may decide what a test says. */
const read = readerOfTests();
const linesOf = (text: string, is: (line: string) => boolean = () => true) =>
  new Set(text.split("\n").flatMap((line, at) => (is(line) ? [at + 1] : [])));

async function ofOrder(ending: string, code: string, test: string): Promise<boolean> {
  const [product, tests] = [`src/a.${ending}`, ending === "py" ? "test_a.py" : ending === "go" ? "a_test.go" : "a.test.js"];
  const [is, by] = [await read(product, code), await read(tests, test)];
  return isOfOrder([{ of: is, lines: linesOf(code, (line) => !line.includes("old")) }], [{ of: testSide(tests, by), lines: linesOf(test) }]);
} // prettier-ignore

const go = (steps: string) => `package a\n\nfunc Put(n int) int {\n\t${steps}\n\treturn n\n}\n`;
const GO_TEST =
  'package a\n\nfunc TestPut(t *testing.T) {\n\tgo func() { Put(1) }()\n\tif Put(2) != 2 {\n\t\tt.Error("no")\n\t}\n}\n';
const js = (steps: string) => `export class Store {\n  put(n) {\n    ${steps}\n    return n;\n  }\n}\n`;
const JS_TEST = 'test("puts", async () => {\n  const store = new Store();\n  await Promise.all([store.put(1), store.put(2)]);\n});\n'; // prettier-ignore
const py = (steps: string) => `class Store:\n    def put(self, n):\n        ${steps}\n        return n\n`;
const PY_TEST = "def test_puts():\n    threads = [Thread(target=Store().put, args=(n,)) for n in range(2)]\n";

describe("code that keeps runs apart", () => {
  it.each<[string, string, string]>([
    ["a lock", go("mu.Lock()"), GO_TEST],
    ["a package of it", go("atomic.AddInt64(&n, 1)"), GO_TEST],
    ["what is sent", go("out <- n"), GO_TEST],
    ["what is waited for", go("n = <-out"), GO_TEST],
    ["a choice of both", go("select {\n\tcase n = <-out:\n\tdefault:\n\t}"), GO_TEST],
    ["a channel", go("out := make(chan int)"), GO_TEST],
    ["a row that is locked", go('db.Exec("SELECT n FROM rows FOR UPDATE")'), GO_TEST],
  ])("is seen in Go: %s", async (_what, code, test) => expect(await ofOrder("go", code, test)).toBe(true));

  it.each<[string, string, string]>([
    ["a chain that others wait for", js("this.last = this.last.then(() => n);"), JS_TEST],
    ["what is pending", js("this.pending = load(n);"), JS_TEST],
    ["what is pending elsewhere", js("cache.inFlight = load(n);"), JS_TEST],
    ["a mutex", js("mutex.runExclusive(() => n);"), JS_TEST],
    ["a chain, in a worker", js("this.last = this.last.finally(() => n);"), 'test("puts", () => {\n  new Worker(put);\n});\n'],
  ])("is seen in JavaScript: %s", async (_what, code, test) => expect(await ofOrder("js", code, test)).toBe(true)); // prettier-ignore

  it.each<[string, string, string]>([
    ["a lock", py("with self._lock: pass"), PY_TEST],
    ["a package of it", py("self.x = threading.local()"), PY_TEST],
    ["a task that is kept", py("self.x = asyncio.create_task(load(n))"), PY_TEST],
  ])("is seen in Python: %s", async (_what, code, test) => expect(await ofOrder("py", code, test)).toBe(true));
});

describe("code that does not", () => {
  it.each<[string, string, string, string]>([
    ["nothing is kept apart", "go", go("n++"), GO_TEST],
    ["a sign before a number", "go", go("n = -n"), GO_TEST],
    ["a word in a remark", "go", go("// mu.Lock()"), GO_TEST],
    ["a text that locks no row", "go", go('db.Exec("SELECT n FROM rows")'), GO_TEST],
    ["a lock that was there", "go", go("mu.Lock() // old"), GO_TEST],
    ["a lock in what no test reaches", "go", go("n++") + "\nfunc Other() {\n\tmu.Lock()\n}\n", GO_TEST],
    ["tests that run nothing side by side", "go", go("mu.Lock()"), GO_TEST.replace("go func() { Put(1) }()", "Put(1)")],
    ["a list that is kept", "js", js("this.pending = rows.filter(n);"), JS_TEST],
    ["a value that is kept", "js", js("this.last = n;"), JS_TEST],
    ["a call that is kept under another name", "js", js("this.last = load(n);"), JS_TEST],
    ["a chain that nobody keeps", "js", js("const last = load(n).then(() => n);"), JS_TEST],
    ["a map", "js", js("this.last = new Map(n);"), JS_TEST],
    ["tests of which one waits for the other", "js", js("this.pending = load(n);"), 'test("puts", async () => {\n  await new Store().put(1);\n});\n'],
    ["another word", "py", py("self.x = clock(n)"), PY_TEST],
  ])("%s", async (_what, ending, code, test) => expect(await ofOrder(ending, code, test)).toBe(false)); // prettier-ignore

  it("is told by what tests reach through others", async () => {
    const through = `${go("return inner(n)")}\nfunc inner(n int) int {\n\tmu.Lock()\n\treturn n\n}\n`;
    expect(await ofOrder("go", through, GO_TEST)).toBe(true);
    const made = "class Store:\n    def __init__(self):\n        self._lock = Lock()\n    def put(self, n):\n        return n\n"; // prettier-ignore
    expect(await ofOrder("py", made, PY_TEST)).toBe(true);
  });
});
