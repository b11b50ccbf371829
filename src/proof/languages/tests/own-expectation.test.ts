import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "../weakening/weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const JS = (body: string) => `test("a", () => { const want = { id: 47 }; const got = f(2); ${body} });`;
const PY = (body: string) => `def test_a():\n    want = {"id": 47}\n    got = f(2)\n    ${body}\n`;
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n\twant := F47\n\tgot := F(2)\n\t${body}\n}\n`;
const GO_IS = 'if !reflect.DeepEqual(got, want) {\n\t\tt.Errorf("got %v", got)\n\t}';
const ALWAYS = "an assertion holds whatever the code does";

describe("an expectation that is taken from what came", () => {
  it.each<[path: string, before: string, after: string]>([
    ["a.test.js", JS("assert.deepEqual(got, want);"), JS("assert.deepEqual({ ...want, ...got }, { ...got });")],
    ["a.test.js", JS("assert.deepEqual(got, want);"), JS("assert.deepEqual(got, Object.assign({}, want, got));")],
    ["a.test.js", JS("expect(got).toEqual(want);"), JS("expect(got).toEqual(expect.objectContaining({ ...got }));")],
    ["a.test.js", JS("expect(got).toEqual(want);"), JS("const all = { ...want, ...got }; expect(got).toEqual(all);")],
    ["a.test.js", JS("assert.deepEqual(got, want);"), JS("Object.assign(want, got); assert.deepEqual(got, want);")],
    ["test_a.py", PY("assert got == want"), PY("assert {**want, **got} == got")],
    ["test_a.py", PY("assert got == want"), PY("assert got == want | got")],
    ["test_a.py", PY("assert got == want"), PY("want.update(got)\n    assert got == want")],
    ["a_test.go", GO(GO_IS), GO(`want = got\n\t${GO_IS}`)],
    ["a_test.go", GO(GO_IS), GO(`maps.Copy(want, got)\n\t${GO_IS}`)],
    ["a_test.go", GO(GO_IS), GO(`for k, v := range got {\n\t\twant[k] = v\n\t}\n\t${GO_IS}`)],
  ])("is seen in %s: %s → %s", async (path, before, after) => {
    const found = (await weakenings([file(path, before, after)], syntax)).map((one) => one.what);
    expect(found).toContain(ALWAYS);
  });

  it.each<[path: string, after: string]>([
    ["a.test.js", JS("const before = { ...got }; change(got); assert.deepEqual(got, before);")],
    ["a.test.js", JS("assert.deepEqual(g(got), { ...got, id: 48 });")],
    ["a.test.js", JS("assert.deepEqual(g(got), got);")],
    ["a.test.js", JS("assert.deepEqual(got, { ...want, at: got.at });")],
    ["test_a.py", PY("before = list(got)\n    sort(got)\n    assert got == before")],
    ["test_a.py", PY("before = got.total\n    got.add(0)\n    assert got.total == before")],
    ["a_test.go", GO("before := got\n\tgot = F(3)\n\tif before != got {\n\t\tt.Error(before)\n\t}")],
  ])("is not a value that was kept before something happens, in %s: %s", async (path, after) => {
    const found = (await weakenings([file(path, "", after)], syntax)).map((one) => one.what);
    expect(found).not.toContain(ALWAYS);
  });

  it("is not the real clock instead of a test's own either", async () => {
    const own = 'test("a", () => { clock.tick(500); assert.equal(f(), 47) })';
    const real = 'test("a", async () => { await new Promise((done) => setTimeout(done, 500)); assert.equal(f(), 47) })';
    const found = async (before: string, after: string) =>
      (await weakenings([file("a.test.js", before, after)], syntax)).map((one) => one.what);
    expect(await found(own, real)).toEqual(["waits for the real clock instead of one of its own"]);
    expect(await found(real, own)).toEqual([]);
  });
});
