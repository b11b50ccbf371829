import { expect, it } from "@jest/globals";
import { aDraft, entriesOf, HEAD_SHA, storyDrafts } from "../../test/support/builders.ts";
import { stateOf } from "../core/ticket/proof-codes.ts";
import type { ProofItem } from "../core/ticket/proof-items.ts";
import { collabPage } from "./collab.ts";

/** The page after both reviewers said yes to everything, with this proof of the Definition of Done. */
function ticked(code: "shown" | "not-shown", lines: readonly string[], headSha?: string): string[] {
  const done: ProofItem = { id: "done", code, state: stateOf("done", code), evidence: "As told.", details: [...lines], required: true }; // prettier-ignore
  const over = { items: [done], outcome: "not-ready" as const, ...(headSha === undefined ? {} : { headSha }) };
  const drafts = storyDrafts()
    .slice(0, 11)
    .map((draft) => (draft.kind === "proof_collected" ? aDraft("proof_collected", over) : draft));
  const page = collabPage(entriesOf(drafts), { text: null });
  return [...page.matchAll(/^- \[x\] \*\*(D\d+)\*\*/gm)].map((found) => found[1] ?? "");
}

it.each([
  ["what the proof has shown", "shown", ["D1 proven: ran", "D2 proven: ran"], undefined, ["D1", "D2"]],
  ["only that part of it", "not-shown", ["D1 unknown: Nothing was run.", "D2 proven: ran"], undefined, ["D2"]],
  ["nothing that was not shown", "not-shown", ["D1 unknown: D2 proven: ran", "D2 refuted: no"], undefined, []],
  ["nothing of an earlier commit", "shown", ["D1 proven: ran", "D2 proven: ran"], HEAD_SHA, []],
] as const)("ticks %s, whatever the reviewers say", (_what, code, lines, headSha, expected) => {
  expect(ticked(code, lines, headSha)).toEqual(expected);
});
