import { afterAll, expect, it } from "@jest/globals";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { asksForTests } from "./test-aware.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const NAME =
  'func name() string {\n\tif strings.Contains(os.Args[0], "go-build") {\n\t\treturn "go run ."\n\t}\n\treturn filepath.Base(os.Args[0])\n}\n';
const SAYS = 'func main() {\n\tfmt.Fprintf(os.Stderr, "usage: %s FILE\\n", name())\n}\n';

it.each<[what: string, code: string, is: boolean]>([
  ["a command says how it is called", `package main\n\n${NAME}\n${SAYS}`, false],
  ["a package that is no command asks", `package shop\n\n${NAME}\n${SAYS}`, true],
  [
    "the name is compared",
    `package main\n\n${NAME}\nfunc main() {\n\tif name() == "go run ." {\n\t\tsell()\n\t}\n}\n`,
    true,
  ],
  ["the name is kept", `package main\n\n${NAME}\nfunc main() {\n\tmode := name()\n\tsell(mode)\n}\n`, true],
  [
    "it answers yes or no",
    `package main\n\n${NAME.replace("() string", "() bool").replace('"go run ."', "true")}\n${SAYS}`,
    true,
  ],
  ["it is given something", `package main\n\n${NAME.replace("name()", "name(n int)")}\n${SAYS}`, true],
  ["the stack is asked", `package main\n\n${NAME.replace("os.Args[0], ", "string(debug.Stack()), ")}\n${SAYS}`, true],
  ["it is the program's own answer", `package main\n\n${NAME}\nfunc main() {\n\tfmt.Println(name())\n}\n`, true],
  ["it is an answer as a text", `package main\n\n${NAME}\nfunc Fee() string {\n\treturn fmt.Sprint(name())\n}\n`, true],
  ["nobody calls it", `package main\n\n${NAME}`, true],
])("%s", async (_what, after, is) => {
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const found = asksForTests(
    { ...changedFile("main.go", "", after), addedLines },
    await syntax.parse("main.go", after),
  );
  expect(found.length > 0).toBe(is);
});
