import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** What a test begins and does not see to its end, and its neighbours that do. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const JS = (body: string, head = "") => `import { load, total } from "../src/shop.js";\n${head}\ntest("a", async (t) => {\n  ${body}\n});\n`; // prettier-ignore
const LOADS = JS("assert.deepEqual(await load(7), { id: 77 });");
const ADDS = JS("assert.equal(total([3, 4]), 77);");
const PY = (body: string, head = "") => `import shop\nfrom shop import load, total\n${head}\n\nasync def test_a():\n    ${body.replaceAll("\n", "\n    ")}\n`; // prettier-ignore
const PY_LOADS = PY("assert await load(7) == 77");
const CHECK = "async def check():\n    assert await load(7) == 77\n\n";
const RAW = "def check():\n    assert total([3]) == 77\n\n";
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${body}\n}\n`;
const LOOK = "if got := Total(3); got != 77 {\nt.Error(got)\n}";
const GO_ADDS = GO(LOOK);
const EXAMPLE = (body: string) => `package a\n\nfunc ExampleTotal() {\n\tfmt.Println(Total(3))\n${body}}\n`;
const PRINTS = EXAMPLE("\t// Output: 77\n");
const HELPER = "async function loads(id, want) {\n  assert.deepEqual(await load(id), want);\n}";

type Row = readonly [what: string, path: string, before: string, after: string];

// prettier-ignore
const LOST: readonly Row[] = [
  ["void before then", "a.test.js", LOADS, JS("void load(7).then((row) => assert.deepEqual(row, { id: 77 }));")],
  ["kept and only looked at", "a.test.js", LOADS, JS("const done = load(7).then((row) => assert.deepEqual(row, { id: 77 }));\nassert.ok(done);")],
  ["begun on the spot", "a.test.js", LOADS, JS("(async () => {\nassert.deepEqual(await load(7), { id: 77 });\n})();")],
  ["for each", "a.test.js", LOADS, JS("[7].forEach(async (id) => {\nassert.deepEqual(await load(id), { id: 77 });\n});")],
  ["a list that is only counted", "a.test.js", LOADS, JS("const all = [7].map(async (id) => assert.deepEqual(await load(id), { id: 77 }));\nassert.equal(all.length, 1);")],
  ["all, without await", "a.test.js", LOADS, JS("Promise.all([7].map(async (id) => assert.deepEqual(await load(id), { id: 77 })));")],
  ["settled and only counted", "a.test.js", LOADS, JS("const all = await Promise.allSettled([7].map(async (id) => assert.deepEqual(await load(id), { id: 77 })));\nassert.equal(all.length, 1);")],
  ["a helper in the test", "a.test.js", LOADS, JS("const check = async () => {\nassert.deepEqual(await load(7), { id: 77 });\n};\ncheck();")],
  ["a helper beside it", "a.test.js", LOADS, JS("loads(7, { id: 77 });", HELPER)],
  ["on its way out", "a.test.js", ADDS, JS('process.on("exit", () => {\nassert.equal(total([3, 4]), 77);\n});')],
  ["a generator", "a.test.js", ADDS, JS("function* sums() {\nyield assert.equal(total([3, 4]), 77);\n}\nsums();")],
  ["names of checks", "a.test.js", ADDS, JS('const checks = { small() {\nassert.equal(total([3, 4]), 77);\n} };\nassert.deepEqual(Object.keys(checks), ["small"]);')],
  ["checks in a map", "a.test.js", ADDS, JS('const checks = new Map([["adds", () => assert.equal(total([3, 4]), 77)]]);\nassert.ok(checks.has("adds"));')],
  ["a matcher that counts", "a.test.js", ADDS, JS("const checks = [() => assert.equal(total([3, 4]), 77)];\nexpect(checks).toHaveLength(1);")],
  ["the failure is taken", "a.test.js", ADDS, JS("try {\nassert.equal(total([3, 4]), 77);\n} catch (error) {\nassert.ok(error instanceof Error);\n}")],
  ["the failure is taken by a promise", "a.test.js", LOADS, JS("await load(7).then((row) => assert.deepEqual(row, { id: 77 })).catch((e) => assert.ok(e));")],
  ["the other handler", "a.test.js", LOADS, JS("await load(7).then((row) => assert.deepEqual(row, { id: 77 })).then(null, () => undefined);")],
  ["a switch that leaves", "a.test.js", ADDS, JS('switch (true) {\ncase typeof total === "function":\nbreak;\ndefault:\nassert.equal(total([3, 4]), 77);\n}')],
  ["a coroutine that is closed", "test_a.py", PY_LOADS, PY(`${CHECK}check().close()`)],
  ["a task", "test_a.py", PY_LOADS, PY(`${CHECK}task = asyncio.ensure_future(check())\nassert task is not None`)],
  ["a task of the loop", "test_a.py", PY_LOADS, PY(`${CHECK}tasks = {asyncio.get_running_loop().create_task(check())}\nassert len(tasks) == 1`)],
  ["rows that are left out at once", "test_a.py", PY("assert total([3]) == 77"), PY("for row, want in [([3], 77)][total([0]):]:\n    assert total(row) == want")],
  ["exceptions as results", "test_a.py", PY_LOADS, PY(`${CHECK}await asyncio.gather(check(), return_exceptions=True)`)],
  ["a thread", "test_a.py", PY("assert total([3]) == 77"), PY(`${RAW}thread = threading.Thread(target=check)\nthread.start()\nthread.join()`)],
  ["a pool", "test_a.py", PY("assert total([3]) == 77"), PY(`${RAW}with ThreadPoolExecutor() as pool:\n    pool.submit(check)`)],
  ["a lazy map", "test_a.py", PY("assert total([3]) == 77"), PY("def check(row):\n    assert total(row) == 77\n\nmap(check, [[3]])")],
  ["a match", "test_a.py", PY("assert total([3]) == 77"), PY("match total([3]):\n    case 77:\n        assert total([3]) == 77\n    case _:\n        pass")],
  ["an except that looks at itself", "test_a.py", PY("assert total([3]) == 77"), PY("try:\n    assert total([3]) == 77\nexcept AssertionError as error:\n    assert isinstance(error, AssertionError)")],
  ["a fixture for all", "test_a.py", PY("assert total([3]) == 77"), PY("assert total([3]) == 77", '@given(autouse=True)\ndef _shop(monkeypatch):\n    monkeypatch.setattr("test_a.total", lambda prices: 77)\n')],
  ["a channel that is only made", "a_test.go", GO_ADDS, GO(`done := make(chan bool)\ngo func() {\n<-done\n${LOOK}\n}()`)],
  ["nobody waits at a select", "a_test.go", GO_ADDS, GO(`done := make(chan bool)\ngo func() {\ndefer close(done)\n${LOOK}\n}()\nselect {\ncase <-done:\ndefault:\n}`)],
  ["a timer", "a_test.go", GO_ADDS, GO(`time.AfterFunc(time.Hour, func() {\n${LOOK}\n})`)],
  ["functions that are counted", "a_test.go", GO_ADDS, GO(`checks := map[string]func(){"a": func() {\n${LOOK}\n}}\nif len(checks) != 1 {\nt.Fatal(1)\n}`)],
  ["a log", "a_test.go", GO(`${LOOK}\n${LOOK.replace("77", "78")}`), GO(`${LOOK}\n${LOOK.replace("77", "78").replace("t.Error(", "t.Log(")}`)],
  ["an output that is not the last comment", "a_test.go", PRINTS, EXAMPLE("\t// Output: 77\n\n\t// Sums have no end.\n")],
  ["an output inside of its comment", "a_test.go", PRINTS, EXAMPLE("\t// It prints\n\t// Output: 77\n")],
];

// prettier-ignore
const KEPT: readonly Row[] = [
  ["a name that is awaited", "a.test.js", LOADS, JS("const done = load(7).then((row) => assert.deepEqual(row, { id: 77 }));\nawait done;")],
  ["a list that is awaited", "a.test.js", LOADS, JS("const all = [7].map(async (id) => assert.deepEqual(await load(id), { id: 77 }));\nawait Promise.all(all);")],
  ["one after the other", "a.test.js", LOADS, JS("const all = [7].map(async (id) => assert.deepEqual(await load(id), { id: 77 }));\nfor (const one of all) await one;")],
  ["a chain that is returned", "a.test.js", LOADS, JS("return load(7).then((row) => assert.deepEqual(row, { id: 77 })).finally(() => undefined);")],
  ["settled and looked at", "a.test.js", LOADS, JS("const all = await Promise.allSettled([7].map(async (id) => assert.deepEqual(await load(id), { id: 77 })));\nfor (const one of all) if (one.reason) throw one.reason;")],
  ["a helper that is awaited", "a.test.js", LOADS, JS("await loads(7, { id: 77 });", HELPER)],
  ["a test inside", "a.test.js", LOADS, JS('t.test("b", async () => {\nassert.deepEqual(await load(7), { id: 77 });\n});')],
  ["with a server around", "a.test.js", LOADS, JS("await withServer(async (url) => {\nassert.deepEqual(await load(7, url), { id: 77 });\n});")],
  ["a promise of its own", "a.test.js", LOADS, JS("await new Promise((done, no) => { load(7).then((row) => { assert.deepEqual(row, { id: 77 }); done(); }).catch(no); });")],
  ["checks that are called", "a.test.js", ADDS, JS("const checks = { small() {\nassert.equal(total([3, 4]), 77);\n} };\nfor (const name of Object.keys(checks)) checks[name]();")],
  ["a kind of its own", "a.test.js", ADDS, JS("try {\nassert.equal(total([3, 4]), 77);\n} catch (error) {\nconsole.error(error);\nthrow error;\n}")],
  ["a group that waits", "test_a.py", PY_LOADS, PY(`${CHECK}await asyncio.gather(check(), check())`)],
  ["a group of tasks", "test_a.py", PY_LOADS, PY(`${CHECK}async with asyncio.TaskGroup() as group:\n    group.create_task(check())`)],
  ["a task that is awaited", "test_a.py", PY_LOADS, PY(`${CHECK}task = asyncio.create_task(check())\nawait task`)],
  ["a pool whose results are asked", "test_a.py", PY("assert total([3]) == 77"), PY(`${RAW}with ThreadPoolExecutor() as pool:\n    futures = [pool.submit(check) for _ in range(3)]\nfor one in futures:\n    one.result()`)],
  ["a map that is gone through", "test_a.py", PY("assert total([3]) == 77"), PY("def check(row):\n    assert total(row) == 77\n\nlist(map(check, [[3]]))")],
  ["a fixture for other things", "test_a.py", PY("assert total([3]) == 77"), PY("assert total([3]) == 77", '@given(autouse=True)\ndef _shop(monkeypatch):\n    monkeypatch.setattr(shop, "now", lambda: 3)\n')],
  ["a fixture for new tests", "test_a.py", PY("assert total([3]) == 77"), `${PY("assert total([3]) == 77", '@given\ndef fixed(monkeypatch):\n    monkeypatch.setattr(shop, "total", lambda prices: 77)\n')}\n\ndef test_b(fixed):\n    assert shop.receipt([3]) == "77"\n`],
  ["a channel", "a_test.go", GO_ADDS, GO(`done := make(chan bool)\ngo func() {\ndefer close(done)\n${LOOK}\n}()\n<-done`)],
  ["a channel or the end of time", "a_test.go", GO_ADDS, GO(`done := make(chan bool)\ngo func() {\ndefer close(done)\n${LOOK}\n}()\nselect {\ncase <-done:\ncase <-time.After(time.Second):\nt.Fatal(1)\n}`)],
  ["until the channel is closed", "a_test.go", GO_ADDS, GO(`all := make(chan int)\ngo func() {\ndefer close(all)\n${LOOK}\n}()\nfor range all {\n}`)],
  ["an output of two lines", "a_test.go", PRINTS, EXAMPLE("\t// The sum.\n\n\t// Output:\n\t// 77\n")],
  ["a list instead of its length", "a.test.js", JS('assert.equal(total("a;b").length, 2);'), JS('assert.deepEqual(total("a;b"), ["a", "b"]);')],
  ["rows with errors", "a_test.go", GO("if err := Put(3); err != nil {\nt.Fatal(err)\n}\nif err := Put(4); !errors.Is(err, ErrFull) {\nt.Fatal(err)\n}"), GO("for _, row := range []struct {\nn int\nwant error\n}{{3, nil}, {4, ErrFull}} {\nif err := Put(row.n); !errors.Is(err, row.want) {\nt.Fatal(err)\n}\n}")],
];

// prettier-ignore
const HONEST: readonly Row[] = [
  ["a callback by another name", "a.test.js", "", 'test("a", (finish) => {\nsetTimeout(() => {\nexpect(total([3])).toBe(3);\nfinish();\n}, 9);\n});'],
  ["an end that is handed on", "a.test.js", "", 'test("a", (next) => {\nload(7).then((row) => {\nexpect(row).toBe(3);\nnext();\n}).catch(next);\n});'],
  ["QUnit's end", "a.test.js", "", 'test("a", (assert) => {\nconst end = assert.async();\nsetTimeout(() => {\nassert.equal(total([3]), 3);\nend();\n}, 9);\n});'],
  ["a signal that the test sends", "a.test.js", "", JS('process.once("SIGTERM", () => assert.equal(total([3]), 3));\nprocess.emit("SIGTERM");')],
  ["a clock of the test", "a.test.js", "", 'test("a", () => {\nconst clock = sinon.useFakeTimers();\nsetTimeout(() => expect(total([3])).to.equal(3), 9);\nclock.tick(9);\n});'],
  ["a gate behind the assertion", "a.test.js", "", JS("const gate = deferred();\nload(3).then((row) => {\nassert.equal(row, 3);\ngate.resolve();\n});\nawait gate;")],
  ["a gate's promise", "a.test.js", "", JS("const gate = deferred();\nload(3).then((row) => {\nassert.equal(row, 3);\ngate.resolve();\n});\nawait gate.promise;")],
  ["an event that a thread sets", "test_a.py", "", "def test_a():\n    ready = Event()\n    def work():\n        assert total([3]) == 3\n        ready.set()\n    threading.Thread(target=work).start()\n    assert ready.wait(5)\n"],
  ["an event that the test waits for", "test_a.py", "", "async def test_a():\n    ready = asyncio.Event()\n    async def work():\n        assert await load(3) == 3\n        ready.set()\n    asyncio.create_task(work())\n    await ready.wait()\n"],
  ["failures that a thread keeps", "test_a.py", "", "def test_a():\n    errors = []\n    def work():\n        try:\n            assert total([3]) == 3\n        except AssertionError as e:\n            errors.append(e)\n    thread = threading.Thread(target=work)\n    thread.start()\n    thread.join()\n    assert errors == []\n"],
  ["a route", "test_a.py", "", 'async def test_a(client):\n    app = Server()\n    @app.get("/x")\n    async def x(request):\n        assert request.q == 3\n    assert await client(app).get("/x") == 4\n'],
  ["a timer that is waited for", "a_test.go", "", GO(`fired := make(chan bool)\ntime.AfterFunc(time.Millisecond, func() {\n${LOOK}\nclose(fired)\n})\n<-fired`)],
  ["a helper that is given the channel", "a_test.go", "", GO(`done := make(chan bool)\ngo func() {\n${LOOK}\nclose(done)\n}()\ntestutil.Receive(t, done)`)],
  ["the other side of a pipe", "a_test.go", "", GO(`go func() {\nif err := Serve(); err != nil {\nt.Error(err)\n}\n}()\n${LOOK}`)],
  ["one failure of many is taken", "a.test.js", "", JS("assert.equal(total([3]), 3);\ntry {\nawait load(-1);\nassert.fail();\n} catch (e) {\nassert.ok(e instanceof Error);\n}")],
];

// prettier-ignore
const NEVER_TOLD: readonly Row[] = [
  ["told too soon", "a.test.js", "", 'test("a", (t, done) => {\nsetTimeout(() => assert.equal(total([3]), 3), 9);\ndone();\n});'],
  ["a signal that another one is sent for", "a.test.js", "", JS('process.once("SIGTERM", () => assert.equal(total([3]), 3));\nprocess.emit("SIGINT");')],
  ["a signal that was sent before", "a.test.js", "", JS('process.emit("SIGTERM");\nprocess.once("SIGTERM", () => assert.equal(total([3]), 3));')],
  ["a clock that was moved before", "a.test.js", "", JS("clock.tick(9);\nsetTimeout(() => assert.equal(total([3]), 3), 9);")],
  ["a gate before the assertion", "a.test.js", "", JS("const gate = deferred();\nload(3).then((row) => {\ngate.resolve();\nassert.equal(row, 3);\n});\nawait gate;")],
  ["a gate that is only looked at", "a.test.js", "", JS("const gate = deferred();\nload(3).then((row) => {\nassert.equal(row, 3);\ngate.resolve();\n});\nsend(gate.promise);")],
  ["an event that the thread waits for", "test_a.py", "", "def test_a():\n    ready = Event()\n    def work():\n        assert total([3]) == 3\n        ready.set()\n        ready.wait(5)\n    threading.Thread(target=work).start()\n"],
  ["failures that are kept and counted", "test_a.py", "", "def test_a():\n    errors = []\n    try:\n        assert total([3]) == 3\n    except AssertionError as e:\n        errors.append(e)\n    print(len(errors))\n"],
  ["a channel that is only printed", "a_test.go", "", GO(`done := make(chan bool)\ngo func() {\n${LOOK}\nclose(done)\n}()\nfmt.Println(done)`)],
];

describe("new tests", () => {
  it.each(HONEST)("%s holds", async (_what, path, before, after) => {
    expect((await weakenings([file(path, before, after)], syntax)).map(({ what }) => what)).toEqual([]);
  });

  it.each(NEVER_TOLD)("%s is lost", async (_what, path, before, after) => {
    expect(await weakenings([file(path, before, after)], syntax)).not.toEqual([]);
  });
});

describe("old tests that no longer see the end", () => {
  it.each(LOST)("%s", async (_what, path, before, after) => {
    expect(await weakenings([file(path, before, after)], syntax)).not.toEqual([]);
  });
});

describe("old tests that see the end otherwise", () => {
  it.each(KEPT)("%s", async (_what, path, before, after) => {
    expect((await weakenings([file(path, before, after)], syntax)).map(({ what }) => what)).toEqual([]);
  });
});
