import { expect, it } from "@jest/globals";
import { TEST_TICKET } from "../../test/support/builders.ts";
import { sayOnce } from "./say-once.ts";
import type { World } from "./world.ts";

/** A thread and what is noted of it, with a process that may die on any line. */
function stage() {
  const notes = new Map<string, { remoteId: number | null; bodySha256: string }>();
  const thread: number[] = [];
  let looks = 0;
  const world = {
    projections: {
      get: async (_key: string, kind: string) => notes.get(kind) ?? null,
      put: async (_key: string, kind: string, note: { remoteId: number | null; bodySha256: string }) => {
        if (note.remoteId !== null && dies === "before it is noted") throw new Error("killed");
        notes.set(kind, note);
      },
    },
  } as unknown as World;
  let dies: "never" | "before it is said" | "before it is noted" = "never";
  const say = (kind = "reply:5") =>
    sayOnce(world, TEST_TICKET, kind, {
      find: async () => ((looks += 1), thread[0] ?? null),
      say: async () => {
        if (dies === "before it is said") throw new Error("killed");
        return thread.push(thread.length + 1);
      },
    });
  return { thread, looks: () => looks, say, dies: (when: typeof dies) => void (dies = when) };
}

it("says it once, and looks for nothing that was never begun", async () => {
  const { say, thread, looks } = stage();
  await say();
  await say();
  expect([thread, looks()]).toEqual([[1], 0]);
  await say("reply:6");
  expect([thread, looks()]).toEqual([[1, 2], 0]);
});

it.each(["before it is said", "before it is noted"] as const)("says it once although the process dies %s", async (when) => {
  const { say, thread, looks, dies } = stage();
  dies(when);
  await expect(say()).rejects.toThrow("killed");
  dies("never");
  await say();
  await say();
  expect([thread, looks()]).toEqual([[1], 1]);
}); // prettier-ignore
