import { expect, it } from "@jest/globals";
import { aDraft, aTicket, entriesOf, storyDrafts } from "../../../test/support/builders.ts";
import { HALTS, halted } from "../../core/rules/halt.ts";
import { helpsWith } from "../../core/rules/let-pass.ts";
import { why } from "../../core/rules/why.ts";
import type { ProofItemId } from "../../core/ticket/proof-items.ts";
import { nextOf } from "./next.ts";

function standing(items: readonly ProofItemId[]) {
  const offers = { items, findings: [] };
  const helps = helpsWith(HALTS.unproven.helps, offers);
  const halt = halted("unproven", "policy", why("proof-missing", offers), { helps });
  return aTicket(entriesOf([...storyDrafts().slice(0, 10), aDraft("proof_collected", { outcome: "not-ready" }), halt]));
}

it.each([
  [["verification"], 'coop resume 1 --say "/coop accept verification <why>"'],
  [["fail-to-pass", "checks"], 'coop resume 1 --say "/coop accept fail-to-pass,checks <why>"'],
  [[], 'coop resume 1 --say "/coop retry"'],
] as const)("offers what a person can accept before the same again: %j", (items, next) => {
  expect(nextOf(standing(items), 1)).toBe(next);
});
