import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { Blobs, Snapshot, Tree } from "../../trees/tree.ts";
import type { Execution, ProofFacts } from "../evidence.ts";
import type { SuiteRun } from "../runners/suite.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import { mergeResult as found } from "./merge-result.ts";

/** As people read it. */
const mergeResult = async (...given: Parameters<typeof found>) => worded(await found(...given));

type Files = Readonly<Record<string, string>>;

/** A repository whose tests pass as long as no file says BROKEN and all prices and labels are one number. */
async function passes(tree: Tree, blobs: Blobs): Promise<boolean> {
  const texts = await Promise.all([...tree.values()].map(async ({ sha }) => (await blobs.get(sha))?.toString() ?? ""));
  const all = texts.join("\n");
  const numbers = new Set(all.match(/(?<=(?:price|label) )\d+/g));
  return !all.includes("BROKEN") && numbers.size === 1;
}

async function judge(base: Files, head: Files, today: Files | null, over: Partial<Execution> = {}) {
  const trees = [base, head, today ?? base].map((files) =>
    memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const)),
  );
  const get = async (sha: string) => {
    for (const { blobs } of trees) {
      const found = await blobs.get(sha);
      if (found) return found;
    }
    return null;
  };
  const blobs = scratchBlobs({ get, put: () => Promise.reject(new Error("nothing is written down")) });
  const at = (index: number, sha: string): Snapshot => ({
    commitSha: sha.repeat(40),
    treeSha: sha.repeat(40),
    tree: trees[index]?.tree ?? new Map(),
  });
  const suite = async (tree: Tree): Promise<SuiteRun> => {
    const verdict = (await passes(tree, blobs)) ? ("passed" as const) : ("failed" as const);
    const run = { command: "npm test", verdict, exitCode: 0, output: "1 failed", count: null, durationMs: 1 };
    return { verdict, count: null, runs: [run] } as unknown as SuiteRun;
  };
  const execution = { state: "possible", tests: { suite }, ...over };
  const facts = { base: at(0, "a"), head: at(1, "b"), today: today ? at(2, "c") : at(0, "a"), blobs, execution };
  return mergeResult(facts as unknown as ProofFacts);
}

const BASE = { "price.txt": "price 1\n", "label.txt": "label 1\n" };

describe("the merge result", () => {
  it.each<[string, Files, Files | null, string, RegExp]>([
    ["does not apply while the base stands still", BASE, null, "not-applicable", /has not moved/],
    [
      "is proven when both sides go together",
      { ...BASE, "a.txt": "a" },
      { ...BASE, "b.txt": "b" },
      "proven",
      /`ccccccc`/,
    ],
    [
      "is refuted when each side passes alone and both together do not",
      { ...BASE, "price.txt": "price 2\n", "label.txt": "label 2\n" },
      { ...BASE, "a-copy.txt": "price 1, label 1\n" },
      "refuted",
      /fail on the merge/,
    ],
    [
      "is refuted when both changed one line",
      { ...BASE, "price.txt": "price 2\n" },
      { ...BASE, "price.txt": "price 3\n" },
      "refuted",
      /conflicts .*`price.txt`/,
    ],
    [
      "blames nobody when the base is red by itself",
      { ...BASE, "a.txt": "a" },
      { ...BASE, "b.txt": "BROKEN" },
      "unknown",
      /own tests/,
    ],
  ])("%s", async (_name, head, today, state, words) => {
    const item = await judge(BASE, head, today);
    expect([item.state, item.evidence]).toEqual([state, expect.stringMatching(words)]);
  });

  it("is unknown where code cannot be run, and says what helps", async () => {
    const none = {
      state: "impossible",
      because: { code: "unprepared", facts: { why: "This server has no sandbox." } },
    } as const;
    const item = await judge(BASE, { ...BASE, "a.txt": "a" }, { ...BASE, "b.txt": "b" }, none);
    expect([item.state, item.evidence]).toEqual(["unknown", expect.stringMatching(/no sandbox.*Update the branch/)]);
  });
});
