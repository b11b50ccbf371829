import { expect, it } from "@jest/globals";
import { findRecipes } from "../../src/workspace/prepare/detect.ts";
import { fetchEnvironment } from "../../src/workspace/prepare/environment.ts";
import { isReadWhileFetching } from "../../src/workspace/prepare/inputs.ts";

/**
 * What of a repository could start a program, or lead elsewhere, in the one step that has a way out. Each row is a
 * repository; `EVIL` stands for the program, the package or the place, and must not be in what a tool is given there.
 */
type Files = Readonly<Record<string, string>>;
const NPM = { "package.json": '{"dependencies":{"a":"1"}}' };
const PNPM = { ...NPM, "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" };
const YARN = { ...NPM, "yarn.lock": "# yarn lockfile v1\n" };
const BERRY = { ...NPM, "yarn.lock": "__metadata:\n  version: 8\n" };
const BUN = { ...NPM, "bun.lock": "{}" };
const CARGO = { "Cargo.toml": "[package]\nname='a'\n" };
const GO = { "go.mod": "module a\n\ngo 1.22\n" };
const PIP = { "requirements.txt": "idna\n", "tests/test_a.py": "" };

it.each<[string, Files]>([
  ["a script of package.json, started by npm", { ...NPM, "evil.js": "EVIL" }],
  ["a file of hooks of pnpm", { ...PNPM, ".pnpmfile.cjs": "EVIL" }],
  ["the yarn that a repository commits", { ...YARN, ".yarnrc": 'yarn-path ".yarn/a.cjs"', ".yarn/a.cjs": "EVIL" }],
  ["a plugin of yarn", { ...BERRY, ".yarnrc.yml": "plugins:\n  - path: EVIL\n" }],
  ["a plugin of a yarn that only a script starts", { "package.json": '{"scripts":{"test":"yarn jest"}}', ".yarnrc.yml": "plugins: [EVIL]\n" }], // prettier-ignore
  ["the program of a later yarn", { ...BERRY, ".yarnrc.yml": "yarnPath: EVIL\n" }],
  ["a scanner of bun", { ...BUN, "bunfig.toml": '[install.security]\nscanner = "EVIL"\n' }],
  ["a scanner of bun, in dots", { ...BUN, "bunfig.toml": 'install.security.scanner = "EVIL"\n' }],
  ["what bun loads first", { ...BUN, "bunfig.toml": 'preload = ["EVIL"]\n[install]\nregistry = "https://r/"\n' }],
  ["settings of bun that cannot be read", { ...BUN, "bunfig.toml": "[install.security]\nscanner = EVIL\n" }],
  ["packages whose scripts deno starts", { "deno.json": '{"imports":{"a":"npm:a@1"},"allowScripts":["npm:EVIL"]}' }],
  [
    "the same with remarks",
    { "deno.jsonc": '{/* a */"allowScripts" // "}\n: {"allow":["npm:EVIL",],},"tasks":{"a":"//b"}}' },
  ],
  [
    "the same with its name in codes",
    { "deno.json": '{"allow\\u0053cripts":true,"x":"y"}'.replace("true", '["EVIL"]') },
  ],
  ["settings of deno that cannot be read", { "deno.json": '{"allowScripts": ["EVIL"' }],
  ["a setup.py that pip would build", { ...PIP, "setup.py": "EVIL" }],
  [
    "one in a folder that a requirement names by its path",
    { ...PIP, "requirements.txt": "EVIL/a\n", "EVIL/a/setup.py": "" },
  ],
  ["one behind -e without a dot", { ...PIP, "requirements.txt": "-e EVIL\n", "EVIL/setup.py": "" }],
  ["one behind file:", { ...PIP, "requirements.txt": "file:EVIL/a[test]\n", "EVIL/a/setup.py": "" }],
  ["a session file of nox", { ...PIP, "noxfile.py": "EVIL" }],
  ["a builder in the project's own folder", { ...PIP, "pyproject.toml": '[build-system]\nrequires=[]\nbuild-backend="b"\nbackend-path=["."]\n', "b.py": "EVIL" }], // prettier-ignore
  ["an index that uv's settings name", { ...PIP, "uv.toml": 'index-url = "https://EVIL/"\n' }],
  ["a compiler of cargo", { ...CARGO, ".cargo/config.toml": '[build]\nrustc = "EVIL"\n' }],
  [
    "a helper of cargo that knows passwords",
    { ...CARGO, ".cargo/config": '[registry]\ncredential-provider = "EVIL"\n' },
  ],
  ["a build script of cargo", { ...CARGO, "build.rs": "EVIL" }],
  ["a program of a toolchain in the repository", { ...CARGO, "rust-toolchain.toml": '[toolchain]\npath = "t"\n', "t/bin/cargo": "EVIL" }], // prettier-ignore
  ["flags of go in a file", { ...GO, "go.env": "GOFLAGS=-toolexec=EVIL\n" }],
  ["a generator of go", { ...GO, "gen.go": "//go:generate EVIL\n" }],
  ["a Gemfile, a gemspec", { ...NPM, Gemfile: "EVIL", "a.gemspec": "EVIL" }],
  ["scripts of Gradle", { ...NPM, "build.gradle": "EVIL", "settings.gradle.kts": "EVIL", gradlew: "EVIL" }],
])("what could start by itself while packages are fetched is not there: %s", (_, files) => {
  const recipes = findRecipes({ paths: Object.keys(files), text: (path) => files[path] });
  expect(recipes.length).toBeGreaterThan(0);
  const ours = Object.assign({}, ...recipes.map((one) => one.files)) as Files;
  const read = Object.keys(files).filter((path) => isReadWhileFetching(path) && ours[path] === undefined);
  // What names a place in the repository is read by us; the tool itself reads the file that we write.
  const given = read.filter((path) => path !== "requirements.txt").map((path) => files[path]);
  expect([...given, ...Object.values(ours), ...recipes.flatMap((one) => one.fetch)].join("\n")).not.toContain("EVIL");
});

it("settings stay that only say where packages come from", () => {
  const files: Files = {
    ...BUN,
    "bunfig.toml": '[install]\nregistry = "https://r/"\n[install.security]\nscanner = "a"\n',
    "sub/deno.jsonc": '// a\n{"imports": {"a": "npm:a@1", "b": "jsr:@s//b"}, /* "x" */ "lock": false,}',
  };
  const recipes = findRecipes({ paths: Object.keys(files), text: (path) => files[path] });
  const ours = Object.assign({}, ...recipes.map((one) => one.files)) as Files;
  expect(ours["bunfig.toml"]).toBe('[install]\nregistry = "https://r/"\n');
  expect(ours["sub/deno.jsonc"]).toBe('{"imports":{"a":"npm:a@1","b":"jsr:@s//b"},"lock":false}');
});

it("names the program for git itself, which an .npmrc would choose otherwise", () => {
  expect(fetchEnvironment([], [], [], null)).toMatchObject({ npm_config_git: "git" });
});

it.each([
  ["pnpm", PNPM, /pnpm install --ignore-scripts --ignore-pnpmfile /],
  ["npm", NPM, /npm install --ignore-scripts /],
  ["yarn", YARN, /yarn install --ignore-scripts /],
  ["a later yarn", BERRY, /yarn install --mode=skip-build /],
  ["bun", BUN, /bun install --ignore-scripts /],
])("%s starts no install scripts", (_, files: Files, line) => {
  const [recipe] = findRecipes({ paths: Object.keys(files), text: (path) => files[path] });
  expect(recipe?.fetch.at(-1)).toMatch(line);
});
