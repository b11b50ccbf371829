import { describe, expect, it } from "@jest/globals";
import { codeOwners } from "./code-owners.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

const FILE = `# Who looks at what
*            @all
*.js         @js # the script people
/build/logs/ @doc
docs/*       docs@example.com @writer
apps/        @octo
/scripts/    @doc @octo
**/logs      @log
/src/**/x.ts @x
/free/
!no          @never
[ab].txt     @never
Weird\\ name  @never
`;

describe("the owners of a change", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["the last line that fits", ["a.js"], ["js"]],
    ["a file anywhere by its name", ["deep/down/a.js"], ["js"]],
    ["whatever no other line names", ["README.md"], ["all"]],
    ["a folder at the root", ["build/logs/a/b.txt"], ["log"]],
    ["a folder of that name elsewhere, but no rooted one", ["x/build/other.txt"], ["all"]],
    ["what lies right in a folder", ["docs/a.md"], ["writer"]],
    ["not what lies deeper", ["docs/deep/a.md"], ["all"]],
    ["a folder at any depth", ["x/apps/y/z.md"], ["octo"]],
    ["no file that is called like a folder", ["apps"], ["all"]],
    ["two owners", ["scripts/run.sh"], ["doc", "octo"]],
    ["any folders between two names", ["src/a/b/x.ts"], ["x"]],
    ["no folder between two names", ["src/x.ts"], ["x"]],
    ["nobody, where a line says so", ["free/a.md"], []],
    ["nobody by what GitHub does not read", ["a.txt"], ["all"]],
    ["the owners of most files first", ["a.js", "b.js", "README.md"], ["js", "all"]],
    ["nobody for no file", [], []],
  ])("are those of %s", (_name, paths, expected) => expect(codeOwners(FILE, paths)).toEqual(expected));

  it.each([
    ["a team", "* @org/team.one", ["org/team.one"]],
    ["a managed user", "* @mona_corp", ["mona_corp"]],
    ["no address", "* mona@example.com", []],
    ["nothing that is no name", "* @-x @a/b/c @<b>", []],
    ["three at most", "* @a @b @c @d", ["a", "b", "c"]],
    ["with line ends of Windows", "* @a\r\n*.md @b\r\n", ["a"]],
    ["a question mark for one character", "?.js @a\nab.js @b", ["a"]],
    ["stars in a name", "*a*c.js @a", []],
  ])("are %s", (_name, text, expected) => expect(codeOwners(text, ["x.js"])).toEqual(expected));

  it("are found in linear time", () => {
    const text = `${"**/".repeat(200)}x @a\n${"*a".repeat(200)}b @b\n`;
    const taken = processorTime();
    expect(codeOwners(text, [`${"a/".repeat(400)}b`, "a".repeat(4_000)])).toEqual([]);
    expect(taken.ms()).toBeLessThan(5_000);
  });
});
