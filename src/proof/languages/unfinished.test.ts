import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../trees/diff.ts";
import { openSyntax } from "./parser.ts";
import { unfinished } from "./unfinished.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function added(path: string, text: string): FileDiff {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const modes = { modeBefore: null, modeAfter: "100644" as const };
  return {
    path,
    action: "create",
    ...modes,
    kind: "text",
    before: "",
    after: text,
    added: addedLines.length,
    removed: 0,
    addedLines,
    hunks: [],
  };
}

const CAUGHT: readonly [path: string, text: string][] = [
  ["a.js", "  // TODO: handle days"],
  ["a.py", "x = 1  # FIXME"],
  ["a.go", "/* XXX wrong for zero */"],
  ["a.test.js", "// TODO more cases"],
  ["a.ts", 'throw new Error("not implemented");'],
  ["a.ts", 'throw new Error("clock() is not yet implemented")'],
  ["a.py", 'raise RuntimeError("Not implemented")'],
  ["a.rs", "    todo!()"],
  ["a.rs", '    unimplemented!("later")'],
  ["a.go", '\tpanic("not implemented")'],
  ["a.cs", "throw new NotImplementedException();"],
  ["a.js", "// placeholder implementation"],
  ["a.js", "return 42; // hardcoded for now"],
  ["a.js", "// In a real application this would ask the database"],
  ["a.js", "// ... existing code ..."],
  ["a.js", "// ... rest of the code"],
  ["a.py", "# this is a stub"],
  ["a.js", "// dummy data for now"],
  ["a.js", "// will be implemented with the next release"],
  ["a.js", "function onSave() {}"],
  ["a.js", "export async function onSave(event) {\n}"],
  ["a.py", "def save(self):\n    pass\n"],
  ["a.py", "def save(self): ..."],
  ["a.py", "def save(self):\n    raise NotImplementedError\n"],
  ["a.go", "func Save() {}"],
  ["a.js", "  debugger;"],
  ["a.py", "    breakpoint()"],
  ["a.js", 'console.log("DEBUG", value);'],
  ["a.js", 'console.log(">>> here");'],
  ["a.rs", "dbg!(x);"],
  ["a.js", "// const a = old(b);\n// if (a) {\n//   a.run();\n// }"],
  ["a.js", "const url = 'http://a.b'; // TO" + "DO: another host"],
  ["a.ts", "class A { save(event: Event): void { throw new NotImplementedError(); } }"],
  ["a.py", 'def save(self):\n    """Saves."""\n    ...\n'],
  ["a.go", "package a\n\nfunc (s *S) Save(x int) {\n\t// Saves.\n}"],
  ["README.md", "TBD"],
  ["README.md", "_Coming soon._"],
  ["README.md", "Lorem ipsum dolor sit amet"],
  ["data.json", "<<<<<<< HEAD"],
];

const ORDINARY: readonly [path: string, text: string][] = [
  ["todo.js", 'const TODO = "todo"; // states of an item'],
  ["todo.js", 'import { addTodo } from "./todo.js"; // Todo items are kept in order'],
  ["a.js", 'const url = "http://example.com/TODO";'],
  ["a.js", 'fetch("https://api.example.com/#TODO")'],
  ["README.md", "- [ ] TODO list of the user"],
  ["a.html", '<input placeholder="Your name">'],
  ["a.tsx", "// The placeholder of the field is shown while it is empty"],
  ["a.js", "const noop = () => {};"],
  ["a.js", "function noop() {}"],
  ["a.ts", "constructor(readonly name: string) {}"],
  ["a.ts", "promise.catch(() => {});"],
  ["a.py", "class NotFound(Exception):\n    pass"],
  ["a.py", "from abc import ABC\nclass Store(ABC):\n    def save(self):\n        raise NotImplementedError\n"],
  ["a.py", "try:\n    run()\nexcept KeyError:\n    pass"],
  ["a.py", "def f():\n    pass_count = 1\n    return pass_count"],
  ["cli.js", 'console.log("Usage: clock <minutes>");'],
  ["cli.js", "console.log(`${total} files`);"],
  ["a.js", "// This stubbornly retries until the server answers"],
  ["a.js", "// Implements the later of the two drafts"],
  ["a.js", "// Example:\n//   const a = clock(5);\n// gives 00:05"],
  ["a.js", "// For now() see the clock port."],
  ["a.js", 'if (response.status === 501) throw new HttpError(501, "Server answered: Not Implemented");'],
  ["a.test.js", "function onSave() {}"],
  ["a.test.js", "const fake = {}; // a fake response for now() to read"],
  ["a.css", "#todo { color: red; }"],
  ["a.js", "export const DEBUG = false;"],
  ["a.js", 'log.debug("DEBUG level is on");'],
  ["a.go", "func (s *S) Close() error { return nil }"],
  ["a.sh", "# Demo data lives in examples/"],
  ["a.js", "// Sample data is read from the file that the user names"],
  ["a.js", "const mock = createMock(); // a mock of the port, exported for users' tests"],
  ["a.md", "======="],
  ["a.js", "// Reads lists in which TODO or FIXME may stand."],
  ["a.js", 'const help = "// TODO: write it down";'],
  ["a.js", "const help = `\n  // TODO: write it down\n`;"],
  ["a.js", 'const words = ["throw new Error(\\"not implemented\\")", "debugger;"];'],
  [
    "a.py",
    "class Shape:\n    def area(self):\n        raise NotImplementedError\n\n\nclass Dot(Shape):\n    def area(self):\n        return 0\n",
  ],
  ["a.py", "class Hook(Base):\n    def close(self):\n        pass\n"],
  ["a.py", "from typing import Protocol\n\n\nclass Store(Protocol):\n    def save(self, day): ...\n"],
  ["a.ts", "class ReadOnly extends Map { set(): never { throw new TypeError('read-only'); } }"],
  ["a.ts", "class NullLogger { log(line: string): void {} }"],
  ["README.md", "What is to be done stands in the tracker."],
];

describe("unfinished", () => {
  const found = async (path: string, text: string) => unfinished(added(path, text), await syntax.parse(path, text));
  it.each(CAUGHT)("finds in %s: %j", async (path, text) => expect(await found(path, text)).not.toEqual([]));
  it.each(ORDINARY)("leaves alone in %s: %j", async (path, text) => expect(await found(path, text)).toEqual([]));
});
