// Held by test/scenarios/guard-lines.test.ts
import type { Snapshot, Tree } from "../trees/tree.ts";
import type { MergeSeen } from "../forge/forge.ts";
import type { Line } from "../core/ticket/proof-facts.ts";
import { shortSha } from "../core/ledger/ids.ts";

/** A clone or a forge. */
type History = {
  merges(base: string, head: string): Promise<readonly MergeSeen[]>;
  mergeBase(one: string, other: string): Promise<string | "gone" | null>;
  snapshot(commitSha: string): Promise<Snapshot | "gone">;
};

/**
 * What merges of the change left out without a conflict: only the other side had changed a file, and the merge took the
 * version from before (`git merge -s ours`). Such a change undoes what others did, and its own commits do not show it.
 * @returns a line for each merge whose files are still so in the head
 */
export async function droppedByMerges(git: History, base: string, head: Snapshot): Promise<Line[]> {
  const notes: Line[] = [];
  for (const { merge, one, other } of await git.merges(base, head.commitSha)) {
    const common = await git.mergeBase(one, other);
    if (common === null || common === "gone") continue;
    const [then, now, mine, theirs] = await Promise.all(
      [common, merge, one, other].map(async (sha) => treeOf(await git.snapshot(sha))),
    );
    if (!then || !now || !mine || !theirs) continue;
    const lost = [...lostOf(then, now, mine, theirs), ...lostOf(then, now, theirs, mine)];
    const files = lost.filter((path) => same(head.tree, now, path)).sort();
    if (files.length > 0) notes.push({ code: "dropped-by-merge", facts: { merge: shortSha(merge), files } });
  }
  return notes;
}

function treeOf(snapshot: Snapshot | "gone"): Tree | null {
  return snapshot === "gone" ? null : snapshot.tree;
}

function same(one: Tree, other: Tree, path: string): boolean {
  return one.get(path)?.sha === other.get(path)?.sha;
}

/** Files that only `theirs` had changed, and that are as before in the merge. */
function lostOf(then: Tree, now: Tree, mine: Tree, theirs: Tree): string[] {
  const paths = new Set([...then.keys(), ...theirs.keys()]);
  return [...paths].filter((path) => !same(then, theirs, path) && same(then, mine, path) && same(now, then, path));
}
