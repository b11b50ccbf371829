import { describe, expect, it } from "@jest/globals";
import { calledBy, scriptsOf, targetsOf } from "./called-by-tests.ts";

const FILES = ["src/server.js", "src/cli.js", "tools/run.js", "tools/setup.sh", "config/jest.json", "manage.py"];

function called(commands: string[], scripts: Record<string, string> = {}, makefile = ""): string[] {
  const callable = { scripts: scriptsOf(JSON.stringify({ scripts })), targets: targetsOf(makefile) };
  return [...calledBy(commands, { ...callable, has: (path) => FILES.includes(path) })].sort();
}

describe("what test commands call", () => {
  it.each<[what: string, commands: string[], scripts: Record<string, string>, makefile: string, files: string[]]>([
    ["a script by its interpreter", ["npm test"], { test: "node tools/run.js" }, "", ["tools/run.js"]],
    ["a script before it", ["npm test"], { pretest: "sh ./tools/setup.sh", test: "jest" }, "", ["tools/setup.sh"]],
    [
      "a script through another",
      ["npm run ci"],
      { ci: "npm run all && echo", all: "node tools/run.js" },
      "",
      ["tools/run.js"],
    ],
    [
      "behind a variable and a wrapper",
      ["npm test"],
      { test: "CI=1 c8 node --import ./tools/run.js --test" },
      "",
      ["tools/run.js"],
    ],
    ["settings by an option", ["npm test"], { test: "jest --config config/jest.json" }, "", ["config/jest.json"]],
    ["settings after a sign", ["npm test"], { test: "jest --config=config/jest.json" }, "", ["config/jest.json"]],
    [
      "a recipe",
      ["make test"],
      {},
      "test: deps\n\tpython3 manage.py test\ndeps:\n\t@sh tools/setup.sh\n",
      ["manage.py", "tools/setup.sh"],
    ],
    ["not what starts the program", ["npm test"], { start: "node src/server.js", test: "node --test" }, "", []],
    ["not what a linter looks at", ["npm test"], { test: "eslint src/server.js && node --test" }, "", []],
    ["not another target", ["make test"], {}, "test:\n\tgo test ./...\nrun:\n\tnode src/server.js\n", []],
    ["scripts that call each other for ever", ["npm test"], { test: "npm run a", a: "npm test" }, "", []],
  ])("names %s", (_, commands, scripts, makefile, files) => expect(called(commands, scripts, makefile)).toEqual(files));
});
