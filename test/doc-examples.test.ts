import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "@jest/globals";

/** `f("a") // → "b"` in a docstring is true, or the docstring is a lie that nobody notices. */
const EXAMPLE = /^(?: \*|\/\*\* @example) (?<said>\S.*?) \/\/ → (?<answer>.*?)(?: \*\/)?$/gmu;

const sources = globSync("src/**/*.ts")
  .filter((path) => !path.endsWith(".test.ts"))
  .sort()
  .map((path) => ({ path, text: readFileSync(path, "utf8") }))
  .filter(({ text }) => text.includes("// → "));
const examples = sources.flatMap(
  ({ path, text }) =>
  [...text.matchAll(EXAMPLE)].map(({ groups }): [string, string, string] => [groups?.said ?? "", groups?.answer ?? "", path]), // prettier-ignore
);

/** What an example may name: everything that the files with examples export, and the policy's schema. */
async function scope(): Promise<Record<string, unknown>> {
  const paths = [...sources.map(({ path }) => path), "src/core/rules/policy.ts"];
  const modules = await Promise.all(paths.map((path) => import(pathToFileURL(resolve(path)).href) as Promise<object>));
  return Object.assign({}, ...modules) as Record<string, unknown>;
}

function valueOf(text: string, names: Record<string, unknown>): unknown {
  // Sources of this project, not a foreign text.
  const run = new Function(...Object.keys(names), `return (${text});`) as (...values: unknown[]) => unknown;
  return run(...Object.values(names));
}

it("finds the examples of every file that has some", () => {
  const found = new Set(examples.map(([, , path]) => path));
  const all = sources.filter(({ text }) => /@example/.test(text)).map(({ path }) => path);
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter((path) => !found.has(path))).toEqual([]);
});

it.each(examples)("%s is %s", async (said, answer) => {
  const names = await scope();
  expect(valueOf(said, names)).toEqual(valueOf(answer, names));
});
