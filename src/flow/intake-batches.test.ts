import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import type { Arriving } from "../store/delivery-store.ts";
import type { Intake } from "./intake.ts";
import { inBatches } from "./intake-batches.ts";

beforeEach(() => void jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask", "nextTick"] }));
afterEach(() => void jest.useRealTimers());

it("tells of the first that is stored at once, and of what comes within a second in one sum", async () => {
  const told: unknown[] = [];
  const intake = {
    now: () => new Date(0),
    index: { byNumbers: async () => [], byHeads: async () => [] },
    deliveries: {
      record: async (arriving: readonly Arriving[]) =>
        arriving.map(({ delivery }) => (delivery.id === "again" ? "seen" : "new")),
    },
  } as unknown as Intake;
  const log = { info: (sum: unknown) => void told.push(sum), debug: () => undefined };
  const store = inBatches(intake, log as never, () => false);
  const come = (id: string) => store({ arrival: { id, event: "issues", action: null }, nudges: [] });
  await come("1");
  expect(told).toEqual([{ new: 1, seen: 0 }]);
  for (const id of ["2", "again", "3"]) await come(id);
  expect(told).toHaveLength(1);
  jest.advanceTimersByTime(1_000);
  expect(told).toEqual([
    { new: 1, seen: 0 },
    { new: 2, seen: 1 },
  ]);
  // Nothing came: nothing is said, and the next one is told of at once again.
  jest.advanceTimersByTime(1_000);
  await come("4");
  expect(told).toHaveLength(3);
});
