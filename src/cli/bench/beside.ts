import type { Model } from "../../models/model.ts";
import type { AheadEvent, AheadSettings } from "../../proof/ahead/ahead.ts";
import { profileOf, simulatedMs } from "./profiles.ts";

/**
 * Machine time that falls beside the time of models. A scripted model answers at once and only says how long it would have taken, so
 * runs that are made ahead are waited for before it answers: what they take is measured, and stands in the machine's time. Of that
 * time as much is counted once as the calls took that were asked for meanwhile, and all of it where its head came to nothing.
 */
export type Beside = {
  readonly ahead: AheadSettings;
  model(model: Model): Model;
  ms(): number;
};

export function besideModels(): Beside {
  const open = new Map<string, { machineMs: number; modelMs: number; readonly ended: Promise<void>; end(): void }>();
  let sum = 0;
  const onEvent = (event: AheadEvent) => {
    if (event.kind === "begun") {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      return void open.set(event.ticket, { machineMs: 0, modelMs: 0, ended, end });
    }
    const one = open.get(event.ticket);
    if (!one) return;
    if (event.kind === "ended") one.machineMs = event.ms;
    one.end();
    if (event.kind === "ended") return;
    open.delete(event.ticket);
    sum += event.kind === "taken" ? Math.min(one.machineMs, one.modelMs) : one.machineMs;
  };
  const model = (from: Model): Model => ({
    ...from,
    ask: async (question, signal, watch) => {
      await Promise.all([...open.values()].map(({ ended }) => ended));
      const reply = await from.ask(question, signal, watch);
      const tookMs = "usage" in reply ? simulatedMs(reply.usage, profileOf(from.name)) : 0;
      for (const one of open.values()) one.modelMs += tookMs;
      return reply;
    },
  });
  return { ahead: { afterMs: 0, onEvent }, model, ms: () => sum };
}
