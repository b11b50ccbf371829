import { describe, expect, it } from "@jest/globals";
import { ENTRY_KINDS, entriesOf } from "../../../test/support/builders.ts";
import { draft } from "../../../test/support/ledgers.ts";
import { linkRaw, readRaw } from "../../../test/support/newer.ts";
import type { EntryKind, StepName } from "../ledger/entries.ts";
import { endedBy } from "./interrupt.ts";

const beside = (...drafts: ReturnType<typeof draft>[]) => entriesOf([draft("opened"), ...drafts]).slice(1);
const GOES_ON: readonly EntryKind[] = [
  "commanded",
  "budget_raised",
  "ledger_fault",
  "remarked",
  "merge_approved",
  "text_changed",
];

describe("a step that runs while the ledger grows", () => {
  it("goes on when nothing was written, and beside what does not touch it", () => {
    expect(endedBy("implement", [])).toBeNull();
    expect(endedBy("implement", beside(...GOES_ON.map((kind) => draft(kind))))).toBeNull();
  });

  it.each(ENTRY_KINDS.filter((kind) => !GOES_ON.includes(kind) && kind !== "assignment_changed"))(
    "ends with %s, wherever it stands among others",
    (kind) => {
      const entries = beside(draft("commanded"), draft(kind), draft("stopped"));
      expect(endedBy("review", entries)?.kind).toBe(kind);
    },
  );

  it.each<[StepName, "reviewer" | "implementer", boolean]>([
    ["implement", "implementer", true],
    ["implement", "reviewer", false],
    ["review", "reviewer", true],
    ["diagnose", "reviewer", true],
    ["attack", "reviewer", false],
    ["settle", "reviewer", true],
    ["prove", "reviewer", false],
    ["merge", "implementer", false],
  ])("%s: the %s is another model, ends: %s", (step, role, ends) => {
    expect(endedBy(step, beside(draft("assignment_changed", { role }))) !== null).toBe(ends);
  });

  it("ends with what only a newer version understands", () => {
    const newer = readRaw(linkRaw([draft("opened"), { kind: "epic_joined", data: {} }])).slice(1);
    expect(endedBy("plan", newer)?.kind).toBe("newer");
  });
});
