import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { endsInFinally } from "./ends-in-finally.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (path: string, text: string, added = true) => {
  const addedLines = added ? text.split("\n").map((line, index) => ({ line: index + 1, text: line })) : [];
  const file = { path, addedLines, before: "", after: text } as unknown as FileDiff;
  return endsInFinally(file, await syntax.parse(path, text)).length;
};
const PY = (handler: string, end: string) => `def load(path):\n    rows = []\n    try:\n        rows = read(path)\n${handler}    finally:\n        ${end}\n`; // prettier-ignore
const JS = (handler: string, end: string) => `function load(path) {\n  let rows = [];\n  try {\n    rows = read(path);\n  } ${handler}finally {\n    ${end}\n  }\n}\n`; // prettier-ignore

describe("a return in finally", () => {
  it.each([
    ["a.py", PY("", "return rows")],
    ["a.py", PY("", "return")],
    ["a.py", PY("    except ValueError:\n        rows = None\n", "return rows")],
    ["a.js", JS("", "return rows;")],
    ["a.ts", JS("", "if (rows.length > 0) return rows;")],
    ["a.js", JS("catch (error) {\n    throw error;\n  } ", "return rows;")],
    ["a.py", PY("    except Exception:\n        raise\n", "return rows")],
    ["a.js", JS("", "{ return; }")],
    ["a.js", JS("", "if (true) return;")],
    ["a.py", "for one in all:\n    try:\n        send(one)\n    finally:\n        break\n"],
    ["a.py", "for one in all:\n    try:\n        send(one)\n    finally:\n        continue\n"],
    ["a.js", "for (const one of all) { try { send(one); } finally { continue; } }"],
    ["a.js", "done: { try { send(); } finally { break done; } }"],
  ])("throws every error away, in %s", async (path, text) => {
    expect(await found(path, text)).toBe(1);
    expect(await found(path, text, false)).toBe(0);
  });

  it.each([
    ["a.py", PY("", "close(path)")],
    ["a.py", PY("    except Exception as error:\n        log(error)\n", "return rows")],
    ["a.py", PY("    except:\n        raise Broken(path)\n", "close(path)")],
    ["a.js", JS("catch (error) {\n    report(error);\n  } ", "return rows;")],
    ["a.js", JS("", "if (timer === null) return;\n    clearTimeout(timer);")],
    ["a.js", JS("", "waiting.forEach((one) => {\n      return one();\n    });")],
    ["a.js", JS("", "for (const one of open) if (one.closed) continue;")],
    ["a.py", PY("    except (ValueError, Exception) as error:\n        log(error)\n", "return rows")],
    ["a.py", PY("    except builtins.Exception as error:\n        log(error)\n", "return rows")],
    ["a.py", PY("    except* Exception as error:\n        log(error)\n", "return rows")],
    ["a.js", "function f() { try { try { a(); } catch (e) { report(e); } } finally { return 1; } }"],
    ["a.js", JS("", "for (const one of open) { one.close(); break; }")],
    ["a.js", JS("", "switch (kind) { case 1: close(); break; }")],
    ["a.go", "package a\nfunc f() error { defer close(); return nil }\n"],
  ])("is none where errors are heard of, in %s: %s", async (path, text) => expect(await found(path, text)).toBe(0));
});
