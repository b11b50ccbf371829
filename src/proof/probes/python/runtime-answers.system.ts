import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { openSyntax } from "../../languages/syntax/parser.ts";
import { probedPython } from "./probed-python.ts";

const syntax = openSyntax();
const folder = mkdtempSync(join(tmpdir(), "coop-probes-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await syntax.close();
});

const SHOP = `import os
SHAPE = os.environ.get("SHAPE", "")
SEEN = []

def tick(step=1):
    SEEN.append(step)
    return len(SEEN)

def give(x):
    return x

def fail(x):
    SEEN.append(x)
    raise ValueError("%d too many" % len(SEEN))

def mark(row):
    SEEN.append(row)
    row["at"] = len(SEEN)

def order():
    return {"": {"total": 2}, "more": {"id": 7, "total": 2}, "other": {"sum": 2}}[SHAPE]

def page():
    return {"": {"rows": [1, 2]}, "more": {"id": 7, "rows": [1, 2]}, "other": {"lines": [1, 2]}}[SHAPE]

def fill(cart):
    cart["total"] = 2
    if SHAPE == "more":
        cart["id"] = 7

def pages():
    yield order()
    yield tick()
`;

/** What runs in packages and has the name of a test, and what the repository itself keeps in such a folder. */
const ASKS = "def ask(does, *given):\n    return does(*given)\n";

const PATHS = JSON.stringify(["test_shop.py", "asks.py", "vendor/site-packages/kept.py"]);

type Line = { of: string; key: string; gave: string; from: string[]; variants: string[] };

beforeAll(async () => {
  const parsed = await syntax.parse("shop.py", SHOP);
  if (parsed.outcome === "cannot") throw new Error(parsed.why);
  const probed = probedPython("shop.py", SHOP, parsed.root, parsed.language);
  put("shop.py", probed?.text ?? "");
  for (const { path, text } of probed?.beside ?? [])
    put(path, text.replace('"/tmp/coop-reports"', JSON.stringify(folder)));
  put("lib/site-packages/asks.py", ASKS);
  put("lib/dist-packages/asks.py", ASKS);
  put("vendor/site-packages/kept.py", ASKS);
});

beforeEach(() => {
  for (const name of readdirSync(folder)) if (name.startsWith("coop-calls-")) rmSync(join(folder, name));
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs a test of one line that says something. */
function run(line: string, probe: string, shape = "", paths = ""): string {
  put("test_shop.py", `import sys, time\nsys.path[:0] = [${paths}]\nfrom shop import *\n${line}\n`);
  const env = {
    ...process.env,
    COOP_PROBE: probe,
    COOP_PROBE_TESTS: PATHS,
    COOP_PROBE_CODE: '["shop.py"]',
    SHAPE: shape,
  };
  return execFileSync("python3", ["-B", "test_shop.py"], { cwd: folder, env, encoding: "utf8" }).trim();
}

function recorded(line: string, shape = "", paths = ""): Line[] {
  run(line, "record", shape, paths);
  const reports = readdirSync(folder).filter((name) => name.startsWith("coop-calls-"));
  const lines = reports.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"));
  return lines.map((one) => JSON.parse(one) as Line);
}

const FAILS = "for i in range(2):\n    try: fail(1)\n    except ValueError: pass";

it.each([
  ["for i in range(3): tick()", 3],
  ["for i in range(2): give(1)", 1],
  [FAILS, 2],
  ["for i in range(2): mark({})", 2],
  ["for i in range(2): list(pages())", 2],
  ["for i in range(300): tick()", 100],
])("%j makes one line for each answer", (line, count) => {
  const lines = recorded(line);
  expect(new Set(lines.map(({ key }) => key)).size).toBe(1);
  expect(new Set(lines.map(({ gave }) => gave)).size).toBe(count);
  expect(lines).toHaveLength(count);
  for (const { gave } of lines) expect(gave).toMatch(/^[\da-f]{16}$/);
});

it("has the same answer in each run", () => {
  const line = "give([{'a': 1}, {2, 'x', (3,)}, 'b' * 9, open]); mark({}); tick()";
  const first = recorded(line);
  for (const name of readdirSync(folder)) if (name.startsWith("coop-calls-")) rmSync(join(folder, name));
  expect(recorded(line)).toEqual(first);
});

it.each([
  ["print(order())", /^leaf:0\.[\da-f]{4}$/, "{'total': 3}", "{'id': 7, 'total': 3}", "{'sum': 2}"],
  ["print(page())", /^in:drop\.[\da-f]{4}$/, "{'rows': [1]}", "{'id': 7, 'rows': [1]}", "{'lines': [1, 2]}"],
  ["c = {}; fill(c); print(c)", /^effect:0\.[\da-f]{4}$/, "{'total': 3}", "{'total': 3, 'id': 7}", "{'total': 3}"],
  ["print(next(pages()))", /^leaf:0\.[\da-f]{4}$/, "{'total': 3}", "{'id': 7, 'total': 2}", "{'sum': 2}"],
])("%s is changed where it was changed, also in another shape", (line, named, ...shapes) => {
  const [call] = recorded(line);
  const variant = call?.variants.find((name) => named.test(name));
  const probed = (shape: string) => run(line, `${call?.of}|${call?.key}|${variant}`, shape);
  expect(["", "more", "other"].map(probed)).toEqual(shapes);
});

it("finds no caller in what is installed", () => {
  const line = "from asks import ask; ask(give, 1)";
  for (const paths of ['"lib/site-packages"', '"lib/dist-packages"'])
    for (const { from } of recorded(line, "", paths)) expect(from).toEqual(["test_shop.py:4:<module>"]);
  const [kept] = recorded("from kept import ask; ask(give, 2)", "", '"vendor/site-packages"').slice(-1);
  expect(kept?.from[0]).toBe("vendor/site-packages/kept.py:2:ask");
});

it("tells long texts apart by their lengths and ends", () => {
  const keys = recorded("for x in ('', 'a', 'aa'):\n    give('x' * 5_000_000 + x); give(x + 'x' * 5_000_000)");
  expect(new Set(keys.map(({ key }) => key)).size).toBe(5);
});

it.each([
  [
    "a text of 5 MB a thousand times",
    "x = 'at 0x12 /tmp/' * 350_000\nt = time.process_time()\nfor i in range(1000): give(x)",
  ],
  [
    "20,000 calls with 20,000 rows",
    "x = [{'a': i} for i in range(20_000)]\nt = time.process_time()\nfor i in range(20_000): give(x)",
  ],
])("looks quickly at %s", (_, lines) => {
  const say = "\nprint(time.process_time() - t)";
  for (const probe of ["record", "shop.py::give|0123456789abcdef|plus"])
    expect(Number(run(lines + say, probe))).toBeLessThan(6);
});
