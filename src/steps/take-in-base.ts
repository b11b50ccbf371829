// Held by test/scenarios/base-branch.system.ts
import { setTimeout as sleep } from "node:timers/promises";
import { isPlain, mergeTrees, plainText, sameFile } from "../trees/merge.ts";
import type { Blobs, Changes, Snapshot, Tree } from "../trees/tree.ts";
import { asOnBase } from "../messages/steps/implement.ts";
import type { PullFacts } from "../forge/forge.ts";
import type { FileText } from "../roles/briefing.ts";
import { snapshotOf } from "./snapshots.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { StepContext, StepResult } from "./step.ts";

/**
 * A round on a pull request that conflicts with its base, or breaks together with it, begins with the base taken in. What only the base changed is
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

/** GitHub works out in the background whether a pull request merges, mostly within seconds. */
const MERGEABLE_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000];

/** @returns null when there is nothing to take in: nobody asked, or the pull request merges as it is */
export async function takeInBase(
  context: StepContext,
  base: Snapshot,
  head: Snapshot,
): Promise<TakenIn | StepResult | null> {
  const { ticket, forge, world } = context;
  const breaks = breaksOnMerge(ticket);
  if (!ticket.pull || (ticket.rework.state !== "pending" && !breaks)) return null;
  const pull = breaks ? await forge.pull(ticket.pull.number) : await pullWorkedOut(context, ticket.pull.number);
  if (pull === "gone" || pull.state === "closed") return null;
  if (pull.mergeable === true && !breaks) return null;
  const now = await snapshotOf(context, ticket.pull.baseBranch);
  if (now.outcome !== "found") return now;
  const { tree, conflicts } = await mergeTrees(world.blobs, base.tree, head.tree, now.snapshot.tree);
  const beside: FileText[] = [];
  for (const path of conflicts) {
    const text = await plainText(world.blobs, now.snapshot.tree.get(path));
    beside.push({
      path: asOnBase(path, ticket.pull.baseBranch),
      text: text ?? "(deleted, or no text)",
    });
  }
  return { outcome: "taken-in", base: now.snapshot, start: { ...head, tree }, beside };
}

/** Where GitHub does not say it in time, the base is taken in: that is right whether they conflict or not. */
async function pullWorkedOut({ forge, signal }: StepContext, number: number): Promise<PullFacts | "gone"> {
  let pull = await forge.pull(number);
  for (const ms of MERGEABLE_WAITS_MS) {
    if (pull === "gone" || pull.state === "closed" || pull.mergeable !== null) return pull;
    await sleep(ms, undefined, { signal });
    pull = await forge.pull(number);
  }
  return pull;
}

/** The proof found that the change does not work together with the base branch as it is now. */
function breaksOnMerge({ proof }: Ticket): boolean {
  return proof?.items.some((item) => item.id === "merge-result" && item.state === "refuted") ?? false;
}

/** What a commit has to write so that `from` becomes `to`. */
export async function changesBetween(from: Tree, to: Tree, blobs: Blobs): Promise<Changes> {
  const changes = new Map<string, { content: Buffer; mode: "100644" | "100755" } | null>();
  for (const path of from.keys()) if (!to.has(path)) changes.set(path, null);
  for (const [path, file] of to) {
    if (sameFile(from.get(path), file) || !isPlain(file)) continue;
    const content = await blobs.get(file.sha);
    if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
    changes.set(path, { content, mode: file.mode === "100755" ? "100755" : "100644" });
  }
  return changes;
}
