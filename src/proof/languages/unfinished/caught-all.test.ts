import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { caughtAll } from "./caught-all.ts";
import { importedBy } from "../tests/imported.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

/** Whether the change of one file is taken for hiding a defect. */
async function isHiding(path: string, before: string, after: string, others: Record<string, string> = {}) {
  const old = new Set(before.split("\n"));
  const lines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const addedLines = lines.filter(({ text }) => !old.has(text));
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const file: FileDiff = { path, action: "change", ...modes, kind: "text", before, after, added: 1, removed: 0, addedLines, hunks: [] }; // prettier-ignore
  const [was, is] = [await syntax.parse(path, before), await syntax.parse(path, after)];
  const known = await importedBy(path, is, Object.keys(others), (one) => syntax.parse(one, others[one] ?? ""));
  return caughtAll(file, was, is, known).length > 0;
}

/** `f` answered this, and now does so in a `try`. */
const js = (answer: string, handler = "catch { return null; }", more = "") =>
  [`${more}export function f(x) {\n  return ${answer};\n}\n`, `${more}export function f(x) {\n  try {\n    return ${answer};\n  } ${handler}\n}\n`] as const; // prettier-ignore
const py = (answer: string, kind = "except Exception", more = "") =>
  [`${more}def f(x):\n    return ${answer}\n`, `${more}def f(x):\n    try:\n        return ${answer}\n    ${kind}:\n        return None\n`] as const; // prettier-ignore
const TOTAL = "function total(x) {\n  return x.a * x.b;\n}\n";

describe("what may fail for reasons of its own may be caught", () => {
  it.each([
    "jwt.verify(x, KEY)",
    "timingSafeEqual(Buffer.from(x), WANT)",
    "process.kill(x, 0)",
    "new Date(x).toISOString()",
    "require.resolve(x)",
    "!!document.createEvent(x)",
    "db.prepare(x).get()",
    "ajv.compile(x)",
    "x.start()",
    "x()",
    "total(x)",
    "[1].map(x)",
    "JSON.parse(x)",
  ])("%s", async (answer) => expect(await isHiding("a.js", ...js(answer))).toBe(false));

  it.each(["importlib.metadata.version(x)", "locale.currency(x)", "x.model_dump()", "int(x)"])("%s", async (answer) =>
    expect(await isHiding("a.py", ...py(answer))).toBe(false),
  );

  const THROWS = 'function total(x) {\n  if (!x) throw new RangeError("nothing");\n  return 1;\n}\n';
  const ONE = "class A { run(x) { return x + 1 } }\n";
  const SAFE = "function safe(x) { try { return x.a } catch { return null } }\n";
  const loop = (inner: string) => `export function f(all) {\n  for (const l of all) ${inner}\n}\n`;
  it.each([
    ["a function that throws on purpose", ...js("total(x)", undefined, THROWS)],
    ["listeners that must not stop each other", loop("l(1);"), loop("{\n    try {\n      l(1);\n    } catch {}\n  }")],
    ["a cleanup", "export function f(s) {\n  s.a = 1;\n}\n", "export function f(s) {\n  try {\n    s.a = 1;\n  } catch {}\n}\n"], // prettier-ignore
    ["a method of another class", ONE, `${ONE}class B {\n  run(x) {\n    try {\n      return x + 1;\n    } catch { return null }\n  }\n}\n`], // prettier-ignore
    ["a helper that did the same", `${SAFE}export function f(x) { return safe(x) }\n`, "export function f(x) {\n  try {\n    return x.a;\n  } catch { return null }\n}\n"], // prettier-ignore
    ["an answer made from the error", ...js("x.a", "catch (e) { return e.message; }")],
  ])("%s", async (_what, before, after) => expect(await isHiding("a.js", before, after)).toBe(false));

  it.each([
    ["Java", "A.java", "class A {\n  Integer f(int[] x) {\n    BODY\n  }\n}\n", "catch (NumberFormatException e)"],
    ["C#", "A.cs", "class A {\n  int? F(int[] x) {\n    BODY\n  }\n}\n", "catch (FormatException)"],
    ["PHP", "a.php", "<?php\nfunction f($x) {\n  BODY\n}\n", "catch (InvalidArgumentException $e)"],
  ])("one kind of error in %s", async (_language, path, form, handler) => {
    const answer = path.endsWith("php") ? "return $x[1];" : "return x[1];";
    const by = (kind: string) => form.replace("BODY", `try { ${answer} } ${kind} { return null; }`);
    const [before, all] = [form.replace("BODY", answer), handler.replace(/\w+Exception/, "Exception")];
    expect(await isHiding(path, before, by(handler))).toBe(false);
    expect(await isHiding(path, before, by(all))).toBe(true);
  });
});

describe("a defect that is caught where it shows is seen", () => {
  it.each([
    ["nothing but operators", ...js("x.a.b * 2")],
    ["a function of the file", ...js("total(x)", undefined, TOTAL)],
    ["an error that is named and thrown away", ...js("total(x)", "catch (e) { void e; return null; }", TOTAL)],
    ["a comment that speaks of others", ...js("/* await fetch() */ total(x)", undefined, TOTAL)],
    ["an answer that is kept", "export function f(x) {\n  return x.a;\n}\n", "export function f(x) {\n  let a = 0;\n  try {\n    a = x.a;\n  } catch {}\n  return a;\n}\n"], // prettier-ignore
    [
      "a method of an object that stands one line lower now",
      "export const api = {\n  f(x) {\n    return x.a;\n  },\n};\n",
      "// The way in.\nexport const api = {\n  f(x) {\n    try {\n      return x.a;\n    } catch { return null }\n  },\n};\n",
    ],
    [
      "an error of its own, moved to a function of its own",
      'class A {\n  f(x) {\n    if (!x) throw new Error("none");\n    return x.a;\n  }\n}\n',
      'class A {\n  f(x) {\n    try {\n      return this.#g(x);\n    } catch {\n      return null;\n    }\n  }\n  #g(x) {\n    if (!x) throw new Error("none");\n    return x.a;\n  }\n}\n',
    ],
  ])("%s", async (_what, before, after) => expect(await isHiding("a.js", before, after)).toBe(true));

  it("in a function that another file holds", async () => {
    const [before, after] = js("total(x)", undefined, 'import { total } from "./total.js";\n');
    expect(await isHiding("src/a.js", before, after, { "src/total.ts": `export ${TOTAL}` })).toBe(true);
    expect(await isHiding("src/a.js", before, after, { "lib/total.ts": `export ${TOTAL}` })).toBe(false);
    const [old, now] = py("total(x)", undefined, "from .sums import total\n");
    expect(await isHiding("shop/a.py", old, now, { "shop/sums.py": "def total(x):\n    return x.a\n" })).toBe(true);
  });

  it.each(["except", "except Exception", "except (Exception,)", "except (ValueError, Exception) as e"])(
    "%s",
    async (kind) => expect(await isHiding("a.py", ...py("TABLE[x]", kind))).toBe(true),
  );
  it.each(["except KeyError", "except (KeyError, IndexError) as e"])("but not %s", async (kind) =>
    expect(await isHiding("a.py", ...py("TABLE[x]", kind))).toBe(false),
  );

  const go = (inner: string, answer = "x[1]") =>
    [`package a\n\nfunc F(x []int) int {\n\treturn ${answer}\n}\n`, `package a\n\nfunc F(x []int) int {\n\tdefer func() {\n\t\t${inner}\n\t}()\n\treturn ${answer}\n}\n`] as const; // prettier-ignore
  it.each(["recover()", "_ = recover()", "if r := recover(); r != nil {\n\t\t}", "r := recover()\n\t\t_ = r"])(
    "%s",
    async (inner) => expect(await isHiding("a.go", ...go(inner))).toBe(true),
  );
  it("but not in Go what others may do", async () =>
    expect(await isHiding("a.go", ...go("recover()", "regexp.MustCompile(x)"))).toBe(false));
  it.each([
    ["a cleanup at the end", "func F(x []int) int {\n\treturn x[1]\n}\n", "func F(x []int) int {\n\tdefer func() {\n\t\tx[0] = 0\n\t}()\n\treturn x[1]\n}\n"], // prettier-ignore
    ["where nothing is answered", "func F(x []int) {\n\tx[1] = 0\n}\n", "func F(x []int) {\n\tdefer func() {\n\t\trecover()\n\t}()\n\tx[1] = 0\n}\n"], // prettier-ignore
  ])("nor in Go %s", async (_name, before, after) =>
    expect(await isHiding("a.go", `package a\n\n${before}`, `package a\n\n${after}`)).toBe(false),
  );
});
