import { expect, it } from "@jest/globals";
import { memoryStore } from "../../../test/contracts/sandbox-fixture.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import { openTests } from "./suite.ts";

/** What stands in the manifests of a run. */
async function seen(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  on: "base" | "head",
) {
  const { blobs, tree } = memoryStore();
  const trees = { base: tree(base), head: tree(head) };
  const found: Record<string, string> = {};
  const sandbox: Sandbox = {
    ...{ driver: "podman", version: "1" },
    run: async (request) => {
      for (const [path, { sha }] of request.tree) found[path] = (await request.blobs.get(sha))?.toString("utf8") ?? "";
      return { outcome: "exited", exitCode: 0, output: "", durationMs: 1, reports: new Map() };
    },
  };
  const tests = openTests({ sandbox, blobs, commands: [], base: trees.base });
  await tests.run(trees[on], { name: "tests", run: "pnpm -r test", proves: "tests", timeoutSeconds: 60 });
  return found;
}

const A = { "a/package.json": '{"scripts":{"test":"node --test"}}', "a/x.js": "1" };
const B = { "b/package.json": '{"name": "b",\n "scripts": {"test": "node --test --test-reporter=dot"}}\n' };

it("a package that a change brings is run beside the others with a place for its reporter, and is else as it is", async () => {
  expect(await seen(A, { ...A, ...B }, "head")).toEqual({
    ...A,
    "b/package.json": B["b/package.json"].replace("=dot", "=dot --test-reporter-destination=stdout"),
  });
});

it.each([
  ["of the base", { ...A, ...B }, { ...A, ...B, "a/y.js": "" }, "base"],
  ["that are the base's own", { ...A, ...B }, { ...A, ...B, "a/y.js": "" }, "head"],
  ["that fit", A, { ...A, "b/package.json": '{"scripts":{"test":"node --test t/"}}' }, "head"],
] as const)("manifests %s are run as they are", async (_, base, head, on) => {
  expect(await seen(base, head, on)).toEqual(on === "base" ? base : head);
});
