import type { TestChange } from "../../core/ticket/plan.ts";
import { vainExcuses } from "../../core/ticket/vain-excuse.ts";
import { textsOnBothSides } from "../../trees/both-sides.ts";
import type { Snapshot } from "../../trees/tree.ts";
import type { Sides } from "./source.ts";

/**
 * A plan that lets a test change which neither side has excuses nothing, and its author is mistaken.
 * @returns the sentence for the person at the terminal, or null
 */
export async function excusedInVain(
  changes: readonly TestChange[],
  { base, head, blobs }: Pick<Sides, "blobs"> & Readonly<Record<"base" | "head", Pick<Snapshot, "tree">>>,
): Promise<string | null> {
  const texts = await textsOnBothSides(
    changes.map(({ file }) => file),
    [base.tree, head.tree],
    blobs,
  );
  const [vain] = vainExcuses(changes, (file) => texts.get(file) ?? []);
  if (!vain) return null;
  if (vain.lacks === "file")
    return `The plan lets tests of ${JSON.stringify(vain.file)} change, but there is no such file.`;
  return `The plan lets the test ${JSON.stringify(vain.test)} of ${vain.file} change, but there is no such test: name it as its runner does.`;
}
