// Held by test/scenarios/interrupt.test.ts
import { z } from "zod";
import type { StepFailedWork } from "../core/ticket/ticket.ts";
import type { Overlay } from "../trees/overlay.ts";
import type { Changes, Snapshot } from "../trees/tree.ts";
import type { StepContext } from "./step.ts";

/**
 * What an Implementer had written when its try ended without a usable end: kept by its hash, named in the ledger, and the
 * beginning of the next try. A try that only waited for its provider is walked through again from the journal instead,
 * from where it began, so that the same questions find their answers.
 */
const keptSchema = z.object({
  /** What the edits lie over: the head they started from and the plan they carry out. */
  over: z.string(),
  model: z.string(),
  attempt: z.number().int(),
  /** How often people had asked for something else: whoever begins after that asks its model another question. */
  reworks: z.number().int().default(0),
  /** The kept work with which this try itself began. */
  began: z.string().nullable(),
  /** Whether its questions find their answers in the journal; those of a coding agent do not. */
  walkedAgain: z.boolean().default(true),
  files: z.array(z.tuple([z.string(), z.enum(["100644", "100755"]), z.string()]).or(z.tuple([z.string(), z.null()]))),
});
type Kept = z.infer<typeof keptSchema>;

export type Begun = { readonly sha256: string; readonly paths: readonly string[] };

/** Puts the edits of the last try back. @returns null when there are none that fit this try */
export async function takeUpWork(context: StepContext, start: Snapshot, overlay: Overlay): Promise<Begun | null> {
  const found = await workFor(context, start);
  if (!found) return null;
  const changes = new Map<string, { content: Buffer; mode: "100644" | "100755" } | null>();
  for (const [path, mode, sha] of found.kept.files) {
    const content = sha === undefined ? null : await context.world.blobs.get(sha);
    if (sha !== undefined && !content) return null;
    changes.set(path, content && mode ? { content, mode } : null);
  }
  overlay.restore(changes);
  return { sha256: found.sha256, paths: [...changes.keys()] };
}

/** @returns null when nothing was written that would have to be kept */
export async function keepWork(
  context: StepContext,
  start: Snapshot,
  changes: Changes,
  began: Begun | null,
): Promise<StepFailedWork | null> {
  if (changes.size === 0) return null;
  const files: Kept["files"] = [];
  for (const [path, change] of changes)
    files.push(change ? [path, change.mode, await context.world.blobs.put(change.content)] : [path, null]);
  const kept: Kept = {
    over: over(context, start),
    ...tryOf(context),
    began: began?.sha256 ?? null,
    walkedAgain: !isWrittenByAgent(context),
    files,
  };
  return { sha256: await context.world.artifacts.put(JSON.stringify(kept)), files: files.length };
}

async function workFor(context: StepContext, start: Snapshot): Promise<{ sha256: string; kept: Kept } | null> {
  const last = await read(context, context.ticket.work?.sha256 ?? null);
  const now = tryOf(context);
  const same =
    last?.kept.walkedAgain &&
    last.kept.model === now.model &&
    last.kept.attempt === now.attempt &&
    last.kept.reworks === now.reworks;
  const one = same ? await read(context, last.kept.began) : last;
  return one?.kept.over === over(context, start) ? one : null;
}

async function read({ world }: StepContext, sha256: string | null): Promise<{ sha256: string; kept: Kept } | null> {
  const bytes = sha256 === null ? null : await world.artifacts.get(sha256);
  const parsed = bytes && keptSchema.safeParse(JSON.parse(bytes.toString("utf8")));
  return sha256 !== null && parsed?.success ? { sha256, kept: parsed.data } : null;
}

export function isWrittenByAgent({ ticket, world }: StepContext): boolean {
  return world.agents?.has(ticket.assignment?.implementer.model ?? "") ?? false;
}

function tryOf({ ticket }: StepContext): Pick<Kept, "model" | "attempt" | "reworks"> {
  const reworks = ticket.rework.instructions.length;
  return { model: ticket.assignment?.implementer.model ?? "", attempt: ticket.tries, reworks };
}

function over({ ticket }: StepContext, start: Snapshot): string {
  return [start.commitSha, start.treeSha, ticket.plan?.planHash ?? "", ticket.change?.round ?? -1].join(" ");
}
