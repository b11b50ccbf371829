import { aPlan } from "../../../test/support/builders.ts";
import { draft, ROUTED } from "../../../test/support/ledgers.ts";
import type { Policy } from "./policy.ts";

/** A plan of three parts, as far as its ledger tells, for the tests of what becomes of it. */
export const [chunk] = aPlan().chunks;
export const CHUNKS = [1, 2, 3].map((one) => ({
  ...chunk!,
  title: `Part ${one}`,
  files: [{ path: `src/${one}.ts`, action: "create" as const, intent: "New." }],
}));
export const three = aPlan({
  chunks: [
    { ...CHUNKS[0]!, after: [] },
    { ...CHUNKS[1]!, after: [1] },
    { ...CHUNKS[2]!, after: [] },
  ],
});
export const planned = (mode: Policy["epics"]["mode"], sideBySide = 2) =>
  draft("planned", { plan: three, epics: { mode, sideBySide } });
export const ASKED = [...ROUTED, planned("ask")];
export const YES = [...ASKED, draft("epic_approved", { by: "maria" })];
export const children = [21, 22, 23].map((issue, index) => ({ part: index + 1, issue }));
export const SPLIT = [...YES, draft("epic_split", { children })];
export const HALF_SPLIT = [...YES, draft("epic_split", { children: children.slice(0, 1) })];
export const begun = (part: number) => draft("child_begun", { part, issue: 20 + part });
export const ended = (part: number, as: "merged" | "left-out") =>
  draft("child_ended", { part, issue: 20 + part, as, by: "petra" });

export const PART_LEFT_OUT = draft("halted", { as: "blocked", reason: "part-left-out", by: "policy" });
