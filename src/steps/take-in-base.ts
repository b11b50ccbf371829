import { diff3Merge } from "node-diff3";
import type { Blobs, Changes, Snapshot, Tree, TreeFile } from "../trees/tree.ts";
import type { FileText } from "../roles/briefing.ts";
import { decodeText } from "../trees/text.ts";
import { snapshotOf } from "./snapshots.ts";
import type { StepContext, StepResult } from "./step.ts";

/**
 * A rework round on a pull request that conflicts with its base begins with the base taken in. What only the base changed is
 * taken; what both changed is merged line by line where that is clear. Where it is not, our version stays and the
 * Implementer is shown the base's beside it: no line of either side is dropped silently.
 */
export type TakenIn = {
  readonly outcome: "taken-in";
  /** The base branch as it is now: what the change is measured against from here on. */
  readonly base: Snapshot;
  /** The head's commit with the files of both sides. Its tree stands nowhere on GitHub yet. */
  readonly start: Snapshot;
  /** The base's version of files that neither side could be followed in alone. */
  readonly beside: readonly FileText[];
};

/** GitHub works out in the background whether a pull request merges. */
const MERGEABLE_RETRY_MS = 2_000;

/** @returns null when there is nothing to take in: nobody asked, or the pull request merges as it is */
export async function takeInBase(
  context: StepContext,
  base: Snapshot,
  head: Snapshot,
): Promise<TakenIn | StepResult | null> {
  const { ticket, forge, world } = context;
  if (!ticket.pull || ticket.rework.state !== "pending") return null;
  const pull = await forge.pull(ticket.pull.number);
  if (pull === "gone" || pull.state === "closed" || pull.mergeable === true) return null;
  if (pull.mergeable === null)
    return { outcome: "later", inMs: MERGEABLE_RETRY_MS, why: "GitHub is working out whether the change merges." };
  const now = await snapshotOf(context, ticket.pull.baseBranch);
  if (now.outcome !== "found") return now;
  const { tree, conflicts } = await mergedTree(world.blobs, base.tree, head.tree, now.snapshot.tree);
  const beside: FileText[] = [];
  for (const path of conflicts) {
    const text = await textOf(world.blobs, now.snapshot.tree.get(path));
    beside.push({
      path: `${path} (as it is on ${ticket.pull.baseBranch} now)`,
      text: text ?? "(deleted, or no text)",
    });
  }
  return { outcome: "taken-in", base: now.snapshot, start: { ...head, tree }, beside };
}

/** What a commit has to write so that `from` becomes `to`. */
export async function changesBetween(from: Tree, to: Tree, blobs: Blobs): Promise<Changes> {
  const changes = new Map<string, { content: Buffer; mode: "100644" | "100755" } | null>();
  for (const path of from.keys()) if (!to.has(path)) changes.set(path, null);
  for (const [path, file] of to) {
    if (same(from.get(path), file) || !isPlain(file)) continue;
    const content = await blobs.get(file.sha);
    if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
    changes.set(path, { content, mode: file.mode === "100755" ? "100755" : "100644" });
  }
  return changes;
}

async function mergedTree(blobs: Blobs, base: Tree, ours: Tree, theirs: Tree) {
  const tree = new Map<string, TreeFile>();
  const conflicts: string[] = [];
  for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
    const merged = await mergedFile(blobs, base.get(path), ours.get(path), theirs.get(path));
    if (merged === "conflict") conflicts.push(path);
    const standing = merged === "conflict" ? ours.get(path) : merged;
    if (standing) tree.set(path, standing);
  }
  return { tree, conflicts };
}

type Maybe = TreeFile | undefined;

async function mergedFile(blobs: Blobs, before: Maybe, our: Maybe, their: Maybe): Promise<Maybe | "conflict"> {
  if (same(our, their) || same(before, their)) return our;
  // Links and submodules cannot be written by the Implementer, so the base's always count.
  if (same(before, our) || (their && !isPlain(their))) return their;
  const [o, a, b] = [await textOf(blobs, before), await textOf(blobs, our), await textOf(blobs, their)];
  if (!our || o === null || a === null || b === null) return "conflict";
  const regions = diff3Merge(lines(a), lines(o), lines(b), { excludeFalseConflicts: true });
  if (regions.some((region) => region.conflict)) return "conflict";
  const content = Buffer.from(regions.flatMap((region) => region.ok ?? []).join(""));
  return { mode: our.mode, sha: await blobs.put(content), sizeBytes: content.length };
}

/** With their line ends, so that joining them gives the same bytes. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

async function textOf(blobs: Blobs, file: Maybe): Promise<string | null> {
  const content = file && isPlain(file) ? await blobs.get(file.sha) : null;
  return content ? decodeText(content) : null;
}

function isPlain(file: TreeFile): boolean {
  return file.mode === "100644" || file.mode === "100755";
}

function same(a: Maybe, b: Maybe): boolean {
  return a?.sha === b?.sha && a?.mode === b?.mode;
}
