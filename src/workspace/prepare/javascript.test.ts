import { describe, expect, it } from "@jest/globals";
import { findRecipes } from "./detect.ts";
import type { Recipe } from "./recipe.ts";

type Files = Readonly<Record<string, string>>;
const found = (files: Files): Recipe[] => findRecipes({ paths: Object.keys(files), text: (path) => files[path] });
const all = (recipes: readonly Recipe[]) => recipes.flatMap((one) => [...one.fetch, ...one.build]).join("\n");

const JEST = JSON.stringify({ devDependencies: { jest: "^29" } });
const packageJson = (more: object) => JSON.stringify({ dependencies: { a: "1" }, ...more });

describe("packages of JavaScript", () => {
  it.each<[string, Files, string, RegExp]>([
    [
      "npm without a lockfile",
      { "package.json": JEST },
      "npm packages (package.json)",
      /^npm install --ignore-scripts --no-package-lock/m,
    ],
    [
      "npm",
      { "package.json": JEST, "package-lock.json": "{}" },
      "npm packages (package-lock.json)",
      /^npm ci --ignore-scripts/m,
    ],
    [
      "a shrinkwrap",
      { "package.json": JEST, "npm-shrinkwrap.json": "{}" },
      "npm packages (npm-shrinkwrap.json)",
      /^npm ci/m,
    ],
    [
      "pnpm",
      { "package.json": JEST, "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" },
      "pnpm packages (pnpm-lock.yaml)",
      /pnpm@\^9[\s\S]*pnpm install --ignore-scripts --ignore-pnpmfile --frozen-lockfile/,
    ],
    [
      "an older pnpm",
      { "package.json": JEST, "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" },
      "pnpm packages (pnpm-lock.yaml)",
      /pnpm@\^8/,
    ],
    [
      "a pnpm workspace without a lockfile",
      { "package.json": "{}", "pnpm-workspace.yaml": "packages: [a]" },
      "pnpm packages (package.json)",
      /--no-lockfile/,
    ],
    [
      "yarn",
      { "package.json": JEST, "yarn.lock": "# yarn lockfile v1\n" },
      "yarn packages (yarn.lock)",
      /yarn@\^1[\s\S]*yarn config get registry[\s\S]*YARN_REGISTRY="\$npm_config_registry" yarn install --ignore-scripts --non-interactive --frozen-lockfile/,
    ],
    [
      "yarn berry",
      { "package.json": JEST, "yarn.lock": "__metadata:\n  version: 8\n" },
      "yarn packages (yarn.lock)",
      /cli-dist@\^4[\s\S]*YARN_HTTPS_PROXY="\$HTTPS_PROXY" yarn install --mode=skip-build --immutable/,
    ],
    [
      "a named version",
      { "package.json": packageJson({ packageManager: "yarn@3.6.4" }), "yarn.lock": "" },
      "yarn packages (yarn.lock)",
      /cli-dist@3\.6\.4/,
    ],
    [
      "bun",
      { "package.json": JEST, "bun.lock": "{}" },
      "bun packages (bun.lock)",
      /bun install --ignore-scripts --frozen-lockfile/,
    ],
    [
      "a program without packages",
      { "package.json": '{"scripts":{"test":"bun test"}}' },
      "bun packages (package.json)",
      /bun@\^1/,
    ],
    [
      "a manager that only a script starts",
      { "package.json": packageJson({ scripts: { test: "tsc && yarn jest" } }), "package-lock.json": "{}" },
      "npm packages (package-lock.json)",
      /yarn@\^1[\s\S]*npm ci/,
    ],
    [
      "pnpm's links, which npm takes for ours",
      { "package.json": JEST, "pnpm-lock.yaml": "" },
      "pnpm packages (pnpm-lock.yaml)",
      /then pnpm rebuild \|\| echo/,
    ],
    [
      "deno",
      { "deno.json": "{}", "deno.lock": "{}" },
      "Deno and its packages (deno.lock)",
      /deno@\^2[\s\S]*deno install --frozen/,
    ],
    [
      "workspaces without packages",
      { "package.json": '{"workspaces":["packages/*"]}', "packages/a/package.json": JEST },
      "npm packages (package.json)",
      /npm install/,
    ],
    [
      "a manifest in a folder",
      { "web/package.json": JEST, "web/yarn.lock": "" },
      "yarn packages (web/yarn.lock)",
      /yarn install/,
    ],
  ])("knows %s", (_, files, says, lines) => {
    const recipes = found(files);
    expect(recipes.map((one) => one.says)).toEqual([says]);
    expect(all(recipes)).toMatch(lines);
  });

  it.each<[string, Files]>([
    ["a package that needs nothing", { "package.json": '{"scripts":{"test":"node --test"}}' }],
    ["a manifest that cannot be read", { "package.json": "{" }],
    ["somebody else's manifests", { "node_modules/a/package.json": JEST, "README.md": "" }],
  ])("brings in nothing for %s", (_, files) => expect(found(files).filter((one) => one.at === "")).toEqual([]));

  it.each([
    ["plugins", "nodeLinker: pnpm\nplugins:\n  - path: ./setup.py\n    spec: x\n", "nodeLinker: pnpm\n"],
    ["plugins in another spelling", '{"plugins": [./setup.py], "\\x79arnPath": ./setup.py}', "{}\n"],
    ["plugins that are merged in", "<<: {plugins: [./setup.py]}\nnodeLinker: pnpm\n", "nodeLinker: pnpm\n"],
    ["variables of a file", "injectEnvironmentFiles: [setup.cfg]\n", "{}\n"],
    ["what is no YAML", "plugins: [\n", ""],
    ["nothing else", "packageExtensions:\n  a@1:\n    dependencies:\n      b: 1\n", /^packageExtensions:\n {2}a@1:/],
  ])("takes out of yarn's settings what starts code while packages are fetched: %s", (_, settings, left) => {
    const files = { "package.json": JEST, "yarn.lock": "", ".yarnrc.yml": settings, "a/.yarnrc.yml": settings };
    const [recipe] = found(files);
    for (const path of [".yarnrc.yml", "a/.yarnrc.yml"]) expect(recipe?.files[path]).toMatch(left);
    expect(Object.values(recipe?.files ?? {}).join("")).not.toMatch(/plugins|yarnPath|setup/);
  });

  it("says when there is no lockfile", () => {
    expect(found({ "package.json": JEST })[0]?.notes).toEqual([expect.stringMatching(/no lockfile/)]);
  });
});
