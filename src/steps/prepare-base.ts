// Held by test/scenarios/feature.test.ts
import type { Snapshot } from "../trees/tree.ts";
import { NOTHING_PREPARED, type Prepared } from "../workspace/preparer.ts";
import type { StepContext } from "./step.ts";

/**
 * What runs on a change are given before a person has accepted anything: the base's packages. Where they cannot be brought
 * in the runs go on without; the proof says what is missing and why.
 */
export async function preparedBase({ world, ticket, policy, signal }: StepContext, base: Snapshot): Promise<Prepared> {
  if (!world.preparer) return NOTHING_PREPARED;
  const preparation = await world.preparer.prepare({
    tree: base.tree,
    blobs: world.blobs,
    setup: policy?.setup ?? [],
    onProgress: (sentence) => world.log.info({ ticket: ticket.key, preparing: sentence }, "preparing"),
    signal,
  });
  if (preparation.outcome === "failed")
    world.log.warn({ ticket: ticket.key, why: preparation.sentence, said: preparation.details }, "not prepared");
  return preparation.prepared;
}
