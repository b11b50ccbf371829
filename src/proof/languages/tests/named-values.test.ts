import { expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { namesIn } from "./named-values.ts";

/** What code says by a name instead of a number or a text. */
const read = readerOfTests();

async function texts(path: string, code: string) {
  const parsed = await read(path, code);
  return namesIn(parsed.root);
}

it.each<[string, string, string, readonly string[]]>([
  ["a status in Go", "a.go", "package a\n\nvar x = http.StatusNotFound\n", ["404"]],
  ["a status that Go names shorter", "a.go", "package a\n\nvar x = http.StatusRequestEntityTooLarge\n", ["413"]],
  ["a status in Python", "a.py", "x = HTTPStatus.OK\n", ["200"]],
  ["a status with its number", "a.py", "x = status.HTTP_404_NOT_FOUND\n", ["404"]],
  ["an older name", "a.py", "x = HTTPStatus.REQUEST_URI_TOO_LONG\n", ["414"]],
  ["information that is not the origin's", "a.go", "package a\n\nvar x = http.StatusNonAuthoritativeInfo\n", ["203"]],
  ["a teapot", "a.go", "package a\n\nvar x = http.StatusTeapot\n", ["418"]],
  ["a fault of the server", "a.go", "package a\n\nvar x = http.StatusInternalServerError\n", ["500"]],
  ["a status in JavaScript", "a.js", "x = StatusCodes.CREATED;\n", ["201", "codes"]],
  ["a status by another name", "a.js", "x = constants.HTTP_STATUS_OK;\n", ["200"]],
  ["no status", "a.js", "x = http.status;\n", []],
  ["a kind of error", "a.js", "x = [SyntaxError, MyException, error];\n", ["SyntaxError", "MyException"]],
  ["a key", "a.js", "x = { name: 1 };\n", ["name"]],
  ["no key that is only read", "a.js", "x = y.name;\n", []],
  ["a constant of a list", "a.js", "x = Status.IN_PROGRESS;\n", ["in_progress", "in-progress", "in progress", "inprogress"]],
  ["one word", "a.js", "x = Status.DONE;\n", ["done"]],
  ["no constant in small letters", "a.js", "x = Status.done;\n", []],
  ["a constant in Go's way", "a.go", "package a\n\nvar x = StatusInProgress\n", ["in_progress", "in-progress", "in progress", "inprogress"]],
  ["no single word", "a.go", "package a\n\nvar x = Status\n", []],
  ["nothing that is called", "a.go", "package a\n\nvar x = NewInProgress()\n", []],
  ["nothing that is made", "a.js", "x = new InProgress();\n", []],
])("%s", async (_what, path, code, found) => {
  expect((await texts(path, code)).map(({ text }) => text)).toEqual(found);
}); // prettier-ignore

it("tells where each stands", async () => {
  expect(await texts("a.js", "x = [Status.DONE, RangeError];\n")).toEqual([
    { text: "done", start: 5 },
    { text: "RangeError", start: 18 },
  ]);
});
