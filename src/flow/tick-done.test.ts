import { expect, it } from "@jest/globals";
import { ATTACKED, draft, READY, sha } from "../../test/support/ledgers.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { doneLine } from "../core/ticket/proof-items.ts";
import { publish } from "./publish.ts";
import { paper } from "./thread.fixture.ts";
import { tickDone } from "./tick-done.ts";

/** The Definition of Done in the plan's own comment, ticked with what a proof has shown. */
const shows = (state: "proven" | "refuted", headSha = sha(2)) => {
  const details = [doneLine("D1", { state, why: "A test shows it." })];
  const item = { id: "done" as const, state, required: true, evidence: "As planned.", details };
  return draft("proof_collected", { headSha, items: [item], outcome: state === "proven" ? "ready" : "not-ready" });
};
const ended = (...more: readonly EntryDraft[]) => [...ATTACKED, ...more];

async function stage(drafts: readonly EntryDraft[]) {
  const there = paper(drafts);
  await publish(there.world, there.forge, there.book(), "all");
  there.asked.length = 0;
  return {
    ...there,
    tick: async () => {
      await tickDone(there.world, there.forge, there.book());
      return there.asked.splice(0);
    },
    boxes: () => there.thread.flatMap(({ body }) => body.match(/- \[[ x]\]/g) ?? []),
  };
}

it("is ticked in the comment that carries the plan, once, and the comment keeps its entries", async () => {
  const { tick, boxes, shown, thread } = await stage(ended(shows("proven")));
  const before = shown();
  expect(boxes()).toContain("- [ ]");
  const [plan] = thread;
  expect(await tick()).toEqual([`edits ${plan?.id}`]);
  expect(boxes()[0]).toBe("- [x]");
  expect(shown()).toEqual(before);
  expect(await tick()).toEqual([]);
});

it.each<[string, readonly EntryDraft[]]>([
  ["nothing is proven", ended(shows("refuted"))],
  ["there is no proof", ATTACKED],
  ["a new commit voided the proof", [...READY, draft("head_moved")]],
  ["there was never a plan", READY.filter(({ kind }) => kind !== "planned" && kind !== "plan_approved")],
])("stays as it is while %s", async (_what, drafts) => {
  expect(await (await stage(drafts)).tick()).toEqual([]);
});

it("is ticked off again where a later proof shows it no more", async () => {
  const { tick, boxes, grow } = await stage(ended(shows("proven")));
  await tick();
  expect(boxes()[0]).toBe("- [x]");
  grow([shows("refuted")]);
  expect(await tick()).toHaveLength(1);
  expect(boxes()[0]).toBe("- [ ]");
});

it("is not asked for again in a comment that somebody deleted", async () => {
  const { tick, thread } = await stage(ended(shows("proven")));
  thread.length = 0;
  expect(await tick()).toEqual([]);
  expect(await tick()).toEqual([]);
});

it("waits for the plan's comment where that is not there yet", async () => {
  const there = paper(ended(shows("proven")));
  await tickDone(there.world, there.forge, there.book());
  expect(there.asked).toEqual([]);
  await publish(there.world, there.forge, there.book(), "all");
  there.asked.length = 0;
  await tickDone(there.world, there.forge, there.book());
  expect(there.asked).toEqual([expect.stringMatching(/^edits /)]);
});
