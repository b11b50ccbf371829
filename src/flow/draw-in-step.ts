// Held by test/scenarios/under-way.test.ts
import type { Policy } from "../core/rules/policy.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { accessNow } from "./access.ts";
import { dryable } from "./dry.ts";
import { guardedForge } from "./guarded-forge.ts";
import { leaseOn } from "./lease.ts";
import { project } from "./project.ts";
import type { World } from "./world.ts";

/** Steps that end sooner are over before anybody has read what they do; drawing each of them costs ten tickets their writes. */
const DRAWN_AFTER_MS = 20_000;

/** Draws what a step is doing once it has lasted a while, in a moment in which nobody else writes the ticket. */
export function drawWhenItLasts(
  world: World,
  latest: () => Ticket,
  policy: Policy | null,
  signal: AbortSignal,
): { readonly stop: () => void } {
  const over = new AbortController();
  const draw = async () => {
    const { key, ref, forge: place } = latest();
    const lease = leaseOn(world, key);
    try {
      const access = await accessNow(world.repositories, ref, place);
      const writing = dryable(world, key, world.forge(access), latest(), null);
      const forge = guardedForge(writing, () => lease.check());
      await lease.take(AbortSignal.any([signal, over.signal]));
      await project(world, forge, latest(), null, policy, "now");
    } catch (error) {
      // It is drawn again when the step has ended, and nothing may be held up by this.
      if (!over.signal.aborted) world.log.info({ ticket: key, error: String(error) }, "a running step was not drawn");
    } finally {
      await lease.giveBack();
    }
  };
  const timer = setTimeout(() => void draw(), world.stepDrawnAfterMs ?? DRAWN_AFTER_MS).unref();
  return {
    stop: () => {
      clearTimeout(timer);
      over.abort();
    },
  };
}
