// Held by test/scenarios/human-review.system.ts
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge } from "../forge/forge.ts";
import { changedFiles, linesInDiff } from "../trees/diff.ts";
import type { World } from "./world.ts";

/**
 * Lines of each changed file that GitHub takes inline comments on. One comment on another line would make GitHub refuse the
 * whole review, so findings elsewhere go into the review's body.
 */
export async function commentableLines(
  world: World,
  forge: Forge,
  ticket: Ticket,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const change = ticket.change;
  if (!change) return new Map();
  const [base, head] = [await forge.snapshot(change.baseSha), await forge.snapshot(change.headSha)];
  if (base === "gone" || head === "gone") return new Map();
  const files = await changedFiles(base, head, world.blobs);
  return new Map(files.filter((file) => file.action !== "delete").map((file) => [file.path, linesInDiff(file)]));
}
