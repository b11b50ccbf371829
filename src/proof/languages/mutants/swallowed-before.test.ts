import { afterAll, describe, expect, it } from "@jest/globals";
import { openSyntax } from "../syntax/parser.ts";
import { newlySwallowed } from "./swallowed-before.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

type Files = Readonly<Record<string, string>>;

async function newIn(before: Files, after: Files): Promise<number> {
  const parse = (files: Files) => Promise.all(Object.entries(files).map(([path, text]) => syntax.parse(path, text)));
  const [old, now] = [await parse(before), await parse(after)];
  const isNew = newlySwallowed(old, now);
  return now.reduce((sum, one) => sum + isNew(one).size, 0);
}

const READ = "try { return JSON.parse(readFileSync(file)); } catch { return null; }";
const INLINE = `export function report(files) { return files.map((file) => { ${READ} }).filter(Boolean); }`;
const ROW = `export function readRow(file) { ${READ} }`;
const PUT = "package shop\n\nfunc Put(n int) error {\n\tif n < 0 {\n\t\treturn errLow\n\t}\n\treturn nil\n}\n";
const TWICE =
  "\nfunc Twice(n int) error {\n\tif err := Put(n); err != nil {\n\t\treturn nil\n\t}\n\treturn Put(n)\n}\n";
const WARM = "\nfunc Warm(n int) error {\n\terr := Put(n)\n\tif err != nil {\n\t\treturn nil\n\t}\n\treturn nil\n}\n";

describe("an error that became an answer before", () => {
  it.each<[string, Files, Files]>([
    ["is known where it stood", { "a.js": ROW }, { "a.js": ROW }],
    ["was taken out into another file", { "a.js": INLINE }, { "a.js": "export const report = (files) => files.map(readRow);", "b.js": ROW }],
    ["got another name for what it reads", { "a.js": INLINE }, { "b.js": ROW.replaceAll("file)", "path)") }],
    ["got types", { "a.js": ROW }, { "a.ts": "export function readRow(file: string): Row | null {\n  try {\n    return JSON.parse(readFileSync(file)) as Row;\n  } catch (error: unknown) {\n    return null;\n  }\n}\n" }],
    ["reads otherwise in the same function", { "a.js": ROW }, { "b.js": ROW.replace("(file) {", "(file) { let x = 1;").replace("readFileSync(file)", 'readFileSync(file, "utf8")') }],
    ["answers another nothing", { "a.js": ROW }, { "a.js": ROW.replace("null", "[]") }],
    ["moved to another method", { "a.js": "class A { all() { return this.load().catch(() => []); } }" }, { "a.js": "class A { some() { return this.load().catch(() => []); } }" }],
    ["was indented", { "a.py": "def f(p):\n    try:\n        return read(p)\n    except Exception:\n        return None\n" }, { "a.py": "def g(path):\n    if path:\n        try:\n            return read(path)\n        except Exception:\n            return None\n" }],
    ["moved in Go", { "a.go": PUT + WARM }, { "a.go": PUT, "b.go": "package shop\n" + WARM.replace("Warm", "Heat") }],
    ["is gone", { "a.js": INLINE }, { "a.js": "export const report = (files) => files;" }],
  ])("%s", async (_, before, after) => expect(await newIn(before, after)).toBe(0)); // prettier-ignore

  it.each<[string, Files, Files]>([
    ["stands in a file of its own", {}, { "a.js": ROW }],
    ["stands beside `return nil`", { "a.go": PUT }, { "a.go": PUT + TWICE }],
    ["stands beside another of Go", { "a.go": PUT + WARM }, { "a.go": PUT + WARM + TWICE }],
    ["took the place of another", { "a.go": PUT + WARM }, { "a.go": PUT + TWICE }],
    ["has the words of a function that answers nothing", { "a.js": "export const empty = () => [];" }, { "a.js": "export const empty = () => [];\nexport const names = async (load) => (await load().catch(() => [])).sort();" }],
    ["asks for something else", { "a.js": INLINE }, { "a.js": "export const send = (all) => { try { return post(all); } catch { return null; } };" }],
    ["stands in a function that told before", { "a.js": "export const load = (t) => { try { return read(t); } catch (e) { throw new Bad(e); } };" }, { "a.js": "export const load = (t) => { try { return read(t); } catch (e) { return null; } };" }],
    ["is the second of a function", { "a.js": "export const load = (p) => p.catch(() => []);" }, { "a.js": "export const load = async (p, q) => [await p.catch(() => []), await q.read().catch(() => [])];" }],
  ])("is new: %s", async (_, before, after) => expect(await newIn(before, after)).toBeGreaterThan(0)); // prettier-ignore
});
