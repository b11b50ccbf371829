import { describe, expect, it } from "@jest/globals";
import { meantByEnd, meantPath, newPathMeant, pathToWrite } from "./meant-path.ts";

const PATHS = new Set(["src/x.js", "a/y.js", "y.js", "README.md", "Readme.md", "docs/cafe\u0301.md", "w:1"]);

describe("meantPath", () => {
  it.each([
    ["src/x.js", "src/x.js"],
    ["./src/x.js", "src/x.js"],
    ["/src/x.js", "src/x.js"],
    ["`src/x.js`", "src/x.js"],
    ['"src/x.js"', "src/x.js"],
    [" src/x.js\n", "src/x.js"],
    ["src\\x.js", "src/x.js"],
    ["b/src/x.js", "src/x.js"],
    ["src/x.js:12", "src/x.js"],
    ["src/x.js:12:3", "src/x.js"],
    ["src/x.js#L4-L9", "src/x.js"],
    [".\\src\\x.js", "src/x.js"],
    ["/workspace/src/x.js", "src/x.js"],
    ["workspace/src/x.js", "src/x.js"],
    ["`/workspace/src/x.js:3`", "src/x.js"],
    ["x.js", null],
    ["src/README2.md", null],
    ["app/src/x.js", null],
    ["/app/src/x.js", "src/x.js"],
    ["SRC/X.js", "src/x.js"],
    ["a/y.js", "a/y.js"],
    ["b/y.js", "y.js"],
    // There is a folder `a`, so that this is a file of it which is not there.
    ["a/src/x.js", null],
    ["a/README.md", null],
    ["docs/caf\u00e9.md", "docs/cafe\u0301.md"],
    ["w:1", "w:1"],
    ["readme.md", null],
    ["Readme.md", "Readme.md"],
    ["src/z.js", null],
    ["", null],
  ])("%j means %j", (said, meant) => expect(meantPath(said, PATHS)).toBe(meant));
});

describe("meantByEnd", () => {
  const paths = new Set(["src/x.js", "lib/index.js", "src/index.js", "docs/a/index.js"]);
  it.each([
    ["src//x.js", "src/x.js"],
    ["src/./x.js", "src/x.js"],
    ["src/none/../x.js", "src/x.js"],
    ["../src/x.js", null],
    ["src/x.js.", "src/x.js"],
    ["src/x.js (lines 3-9)", "src/x.js"],
    ["**src/x.js**", "src/x.js"],
    ["@src/x.js", "src/x.js"],
    ["[x](src/x.js)", "src/x.js"],
    ["docs/read%20me.md", "docs/read me.md"],
    ["docs/%zz.md", null],
    ["@new/x.js", null],
  ])("takes from %j what prose puts around it: %j", (said, meant) => {
    expect(meantByEnd(said, new Set(["src/x.js", "docs/read me.md"]))).toBe(meant);
    // Nobody writes over another file than the one that was named.
    if (said.startsWith("@")) expect(pathToWrite(said, new Set(["src/x.js"]))).toBe(said);
  });

  it.each([
    ["x.js", "src/x.js"],
    ["`x.js:12`", "src/x.js"],
    ["/a/index.js", "docs/a/index.js"],
    ["lib/index.js", "lib/index.js"],
    ["index.js", null],
    [".js", null],
    ["z/x.js", null],
  ])("%j means %j", (said, meant) => expect(meantByEnd(said, paths)).toBe(meant));

  it("of several means the one that is likely", () => {
    expect(meantByEnd("index.js", paths, new Set(["lib/index.js"]))).toBe("lib/index.js");
    expect(meantByEnd("index.js", paths, new Set(["lib/index.js", "src/index.js"]))).toBeNull();
  });
});

describe("newPathMeant", () => {
  const there = new Set(["src/x.js", "lib/b/y.js", "README.md"]);
  it.each([
    ["./lib/new.js", "lib/new.js"],
    ["`lib/new.js`", "lib/new.js"],
    ["lib\\new.js", "lib/new.js"],
    [".\\lib\\new.js", "lib/new.js"],
    ["/lib/new.js", "lib/new.js"],
    ["/new.js", "new.js"],
    ["/workspace/src/new.js", "src/new.js"],
    ["/workspace/deep/new.js", "deep/new.js"],
    ["/app/new.js", "new.js"],
    // Each of these may mean what it says, or nothing here.
    ["workspace/src/new.js", "workspace/src/new.js"],
    ["a/src/new.js", "a/src/new.js"],
    ["b/src/new.js", "b/src/new.js"],
    ["/src/new.js", "src/new.js"],
    ["a/new.js", "a/new.js"],
    ["a/deep/new.js", "a/deep/new.js"],
    ["workspace/new.js", "workspace/new.js"],
    ["../new.js", "../new.js"],
    ["/workspace/../new.js", "../new.js"],
    ["/etc/cron.d/new", "/etc/cron.d/new"],
    ["C:\\src\\new.js", "C:\\src\\new.js"],
  ])("%j is %j", (said, path) => expect(newPathMeant(said, there)).toBe(path));

  const rails = new Set(["app/models/user.rb", "tmp/.keep", "bin/setup", "etc/x.conf", "lib/x.rb", "src/a.ts"]);
  it.each([
    ["/app/app/models/new.rb", "app/models/new.rb"],
    ["/src/src/new.ts", "src/new.ts"],
    ["/workspace/app/models/new.rb", "app/models/new.rb"],
    ["/app/models/new.rb", "app/models/new.rb"],
    ["/tmp/checkout/src/new.ts", "src/new.ts"],
    ["/lib/new.rb", "lib/new.rb"],
    // The machine's own, whatever folders a repository has.
    ["/tmp/scratch.py", "/tmp/scratch.py"],
    ["/bin/run", "/bin/run"],
    ["/etc/passwd", "/etc/passwd"],
    // `app/src/deep` and `src/deep` would both be new.
    ["/app/src/deep/new.ts", "/app/src/deep/new.ts"],
  ])("where an application has its folders, %j is %j", (said, path) => expect(newPathMeant(said, rails)).toBe(path));

  it("takes neither of two folders that are both there", () =>
    expect(newPathMeant("/app/src/new.ts", new Set(["app/src/x.ts", "src/x.ts"]))).toBe("/app/src/new.ts"));

  it("takes nothing away where there is such a folder, or such a name", () => {
    expect(newPathMeant("/app/new.js", new Set(["app/x.js"]))).toBe("app/new.js");
    expect(newPathMeant("b/src/new.js", new Set(["b/x.js", "src/x.js"]))).toBe("b/src/new.js");
    expect(newPathMeant("a\\b.txt", new Set(["c\\d.txt"]))).toBe("a\\b.txt");
  });
});

describe("another file that only looks like one", () => {
  it.each([
    ...["ρp", "τt", "тt", "ωw", "κk", "ηh", "αa", "χx", "ζz", "νv", "аa", "оo"],
    ...["²2", "₁1", "ßss", "ﬁfi", "ᵢi", "ⅳiv", "–-", "’'", "ſs", "ıi"],
  ])("is not the one that is there: %s", (pair) => {
    const [said, there] = [`src/${pair.slice(0, 1)}.jl`, `src/${pair.slice(1)}.jl`];
    for (const spelling of [said, `./${said}`, `/${said}`, `\`${said}\``, `/workspace/${said}`]) {
      expect(pathToWrite(spelling, new Set([there]))).toBe(said);
      expect(meantPath(spelling, new Set([there]))).toBeNull();
      expect(meantByEnd(spelling, new Set([there]))).toBeNull();
    }
  });
});

describe("pathToWrite", () => {
  const root = ["src/x.js", "lib/z.js", "package.json"];
  const apart = new Set([...root, "workspace/package.json", "b/package.json", "testbed/run.py", "app/y.js"]);
  it.each([
    ["workspace/src/x.js", "workspace/src/x.js"],
    ["b/lib/z.js", "b/lib/z.js"],
    ["testbed/src/x.js", "testbed/src/x.js"],
    ["b/package.json:3", "b/package.json"],
    ["/workspace/src/x.js", { either: ["src/x.js", "./workspace/src/x.js"] }],
    ["/app/src/x.js", { either: ["src/x.js", "./app/src/x.js"] }],
    ["/app/app/y.js", "app/y.js"],
    ["./workspace/src/x.js", "workspace/src/x.js"],
  ])("where there are such folders, %j is %j", (said, path) => expect(pathToWrite(said, apart)).toEqual(path));

  it.each([
    ["/workspace/src/x.js", "src/x.js"],
    ["file:///workspace/src/new.js", "src/new.js"],
    ["/src/x.js", "src/x.js"],
    ["./src/x.js", "src/x.js"],
    ["src\\x.js", "src/x.js"],
    ["`src/x.js`", "src/x.js"],
    ["b/src/x.js", { either: ["src/x.js", "./b/src/x.js"] }],
    ["/b/src/x.js", { either: ["src/x.js", "./b/src/x.js"] }],
    ["b/src/x.js:3", { either: ["src/x.js", "./b/src/x.js:3"] }],
    ["b\\src\\x.js", { either: ["src/x.js", "./b/src/x.js"] }],
    ["workspace/src/new.js", { either: ["src/new.js", "./workspace/src/new.js"] }],
    ["b/package.json", { either: ["package.json", "./b/package.json"] }],
    ["./b/package.json", "b/package.json"],
    ["./b/src/x.js", "b/src/x.js"],
    ["b/new/deep.js", "b/new/deep.js"],
    ["a/new.js", "a/new.js"],
  ])("where there are none, %j is %j", (said, path) => expect(pathToWrite(said, new Set(root))).toEqual(path));
});
