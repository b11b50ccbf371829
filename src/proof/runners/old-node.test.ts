import { describe, expect, it } from "@jest/globals";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import { openTests } from "./suite.ts";

/** A chain starts another program first, so something of tests is heard before an old Node refuses our options. */
const PYTHON = `test_a (t.A.test_a) ... ok\n\n${"-".repeat(70)}\nRan 1 test in 0.001s\n\nOK\n`;
const REFUSED = "node: --import= is not allowed in NODE_OPTIONS\nmake: *** [Makefile:3: test] Error 9\n";
const JEST = "PASS ./a.test.js\n  ✓ a (1 ms)\n\nTest Suites: 1 passed, 1 total\nTests:       1 passed, 1 total\n";
const RED = "FAIL ./a.test.js\n  ✕ a (1 ms)\n\nTest Suites: 1 failed, 1 total\nTests:       1 failed, 1 total\n";
const WEB = { "web/package.json": '{"scripts":{"test":"jest"}}', Makefile: "test:\n\tcd web && npx jest\n" };

type Run = { readonly code: number; readonly output: string; readonly isReported?: boolean };
type Side = "base" | "head";
const verify: VerifyCommand = { name: "tests", run: "make test", proves: "tests", timeoutSeconds: 60 };

async function ranOn(says: (side: Side, isAsked: boolean) => Run, sides: readonly Side[]) {
  const files = { base: WEB, head: { ...WEB, "web/a.js": "1\n" } };
  const both = { base: treeOf(files.base), head: treeOf(files.head) };
  const asked: string[] = [];
  const sandbox: Sandbox = {
    ...{ driver: "podman", version: "1" },
    run: (request) => {
      const side = request.tree.has("web/a.js") ? "head" : "base";
      const isAsked = request.environment?.["NODE_OPTIONS"] !== undefined;
      asked.push(`${side}${isAsked ? "" : " unasked"}`);
      const { code, output, isReported } = says(side, isAsked);
      request.onOutput?.(Buffer.from(output));
      const reports = new Map(isReported ? [["/tmp/coop-reports/jest-7.json", Buffer.from("{}")]] : []);
      return Promise.resolve({ outcome: "exited", exitCode: code, output, durationMs: 1, reports });
    },
  };
  const { blobs } = both.head;
  const tests = openTests({ sandbox, blobs, commands: [verify], base: both.base.tree });
  const verdicts: string[] = [];
  for (const side of sides) {
    const { verdict, count } = await tests.run(both[side].tree, verify, { again: verdicts.length });
    verdicts.push(`${verdict} ${count?.passed ?? 0}`);
  }
  return { verdicts, asked };
}

function treeOf(files: Readonly<Record<string, string>>) {
  return memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

describe("a Node behind a chain that takes none of our options", () => {
  const old = (_: Side, isAsked: boolean): Run =>
    isAsked ? { code: 2, output: `${PYTHON}${REFUSED}` } : { code: 0, output: `${PYTHON}${JEST}` };

  it("runs the tests once more without them, and is asked no more", async () => {
    expect(await ranOn(old, ["base", "head", "base"])).toEqual({
      verdicts: ["passed 2", "passed 2", "passed 2"],
      asked: ["base", "base unasked", "head unasked", "base unasked"],
    });
  });

  it("is asked no more where the head is run first", async () => {
    expect((await ranOn(old, ["head", "head"])).asked).toEqual(["head", "base", "base unasked", "head unasked", "head unasked"]); // prettier-ignore
  });

  it("still fails where its tests do", async () => {
    const red = (_: Side, isAsked: boolean): Run =>
      isAsked ? { code: 2, output: `${PYTHON}${REFUSED}` } : { code: 2, output: `${PYTHON}${RED}` };
    expect((await ranOn(red, ["base"])).verdicts).toEqual(["failed 1"]);
  });

  it("is not believed to be old for a line that a test prints whatever is asked", async () => {
    const prints = (): Run => ({ code: 2, output: `${PYTHON}${REFUSED}${RED}` });
    expect((await ranOn(prints, ["base", "base"])).asked).toEqual(["base", "base unasked", "base unasked"]);
    const onlyHead = (side: Side): Run => (side === "head" ? prints() : { code: 0, output: JEST });
    expect((await ranOn(onlyHead, ["head", "base"])).asked.at(-1)).toBe("base");
  });

  it("is not believed to be old for what the code of the head does where the base's took the options", async () => {
    const cheats = (side: Side, isAsked: boolean): Run => {
      if (side === "base") return { code: 0, output: `${PYTHON}${JEST}`, isReported: true };
      return isAsked ? { code: 2, output: `${PYTHON}${REFUSED}` } : { code: 0, output: `${PYTHON}${JEST}` };
    };
    const { verdicts, asked } = await ranOn(cheats, ["head", "base"]);
    expect(verdicts[0]).toBe("failed 1");
    expect(asked).toEqual(["head", "base", "base"]);
  });
});
