import { describe, expect, it } from "@jest/globals";
import { memoryTree } from "../trees/memory-tree.ts";
import { openOverlay } from "../trees/overlay.ts";
import { sha256 } from "../core/ledger/chain.ts";
import { blobSha } from "../trees/blob-sha.ts";
import { keepWork, takeUpWork } from "./kept-work.ts";
import type { StepContext } from "./step.ts";

const SHA = "a".repeat(40);
const { tree, blobs: base } = memoryTree([["a.js", Buffer.from("one\n")]]);
const start = { commitSha: SHA, treeSha: SHA, tree };

function world() {
  const kept = new Map<string, Buffer>();
  const put = (name: string, content: Buffer) => (kept.set(name, content), Promise.resolve(name));
  return {
    blobs: {
      get: async (sha: string) => kept.get(sha) ?? (await base.get(sha)),
      put: (content: Buffer) => put(blobSha(content), content),
    },
    artifacts: {
      get: (hash: string) => Promise.resolve(kept.get(hash) ?? null),
      put: (text: string) => put(sha256(text), Buffer.from(text)),
    },
  };
}

type Known = {
  readonly tries: number;
  readonly model: string;
  readonly work: string | null;
  readonly plan?: string;
  /** How often a person asked for a rework. */
  readonly reworks?: number;
};

function context(over: ReturnType<typeof world>, { tries, model, work, plan = "p", reworks = 0 }: Known): StepContext {
  const ticket = {
    ...{ tries, work: work === null ? null : { sha256: work, files: 1 }, change: null },
    ...{ assignment: { implementer: { model } }, plan: { planHash: plan } },
    rework: { instructions: Array.from({ length: reworks }, () => "Make it louder.") },
  };
  return { world: over, ticket } as unknown as StepContext;
}

/** A try that edits, fails and is kept. @returns the hash that the ledger names */
async function failedTry(over: ReturnType<typeof world>, known: Known, path: string): Promise<string> {
  const overlay = openOverlay(start, over.blobs);
  const begun = await takeUpWork(context(over, known), start, overlay);
  await overlay.write(path, "new\n");
  const work = await keepWork(context(over, known), start, overlay.changes(), begun);
  return work?.sha256 ?? "";
}

describe("kept work", () => {
  it.each([
    ["another try", { tries: 1, model: "opus" }],
    ["another model", { tries: 0, model: "sol" }],
    ["a rework", { tries: 0, model: "opus", reworks: 1 }],
  ])("is the beginning of %s, deletions and modes included", async (_name, next) => {
    const over = world();
    const first = openOverlay(start, over.blobs);
    first.remove("a.js");
    await first.write("run.sh", "#!/bin/sh\n");
    const work = await keepWork(context(over, { tries: 0, model: "opus", work: null }), start, first.changes(), null);
    const second = openOverlay(start, over.blobs);
    const begun = await takeUpWork(context(over, { ...next, work: work?.sha256 ?? "" }), start, second);
    expect(begun?.paths).toEqual(["a.js", "run.sh"]);
    expect(second.changes()).toEqual(first.changes());
    expect(work?.files).toBe(2);
  });

  it("leaves a try that only waited where it began, so that the journal answers it again", async () => {
    const over = world();
    const one = await failedTry(over, { tries: 0, model: "opus", work: null }, "b.js");
    const two = await failedTry(over, { tries: 1, model: "opus", work: one }, "c.js");
    const same = openOverlay(start, over.blobs);
    await takeUpWork(context(over, { tries: 1, model: "opus", work: two }), start, same);
    expect([...same.changes().keys()]).toEqual(["b.js"]);
    const next = openOverlay(start, over.blobs);
    await takeUpWork(context(over, { tries: 2, model: "opus", work: two }), start, next);
    expect([...next.changes().keys()]).toEqual(["b.js", "c.js"]);
  });

  it("is not put over another commit or another plan, nor kept when there is none", async () => {
    const over = world();
    const work = await failedTry(over, { tries: 0, model: "opus", work: null }, "b.js");
    const overlay = openOverlay(start, over.blobs);
    const next = { tries: 1, model: "opus", work };
    expect(await takeUpWork(context(over, { ...next, plan: "q" }), start, overlay)).toBeNull();
    expect(await takeUpWork(context(over, next), { ...start, commitSha: "b".repeat(40) }, overlay)).toBeNull();
    expect(overlay.changes().size).toBe(0);
    expect(await keepWork(context(over, next), start, new Map(), null)).toBeNull();
  });
});
