import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { RuleDraft } from "../../src/core/rules/draft.ts";
import { recordsOf } from "../../src/audit/records.ts";
import { isInTurn } from "../../src/core/rules/preferences.ts";
import { place } from "../../src/core/rules/rotate.ts";
import { entriesOf } from "../support/builders.ts";
import { draft, MERGEABLE } from "../support/ledgers.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, loudStory, policy, raiseChecked } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const keyOf = ({ repo }: Stage, number: number) => `${repo.fullName}#${number}`;

/** Tickets that were merged long ago: one author's were proven at once, the other's after a fix round. */
async function withPast(stage: Stage, ends: readonly RuleDraft[] = [draft("merged")]) {
  const { ledgers, ledgerKeys } = stage.app().world;
  const by = (model: string) => MERGEABLE.map((one) => (one.kind === "implemented" ? draft("implemented", { model }) : one)); // prettier-ignore
  const fixed = (model: string) => by(model).flatMap((one) => (one.kind === "proof_collected" ? [draft("implemented", { model, round: 1 }), one] : [one])); // prettier-ignore
  for (let at = 1; at <= 5; at++) {
    for (const [number, drafts] of [
      [900 + at, by("sol")],
      [950 + at, fixed("opus")],
    ] as const) {
      const ticket = keyOf(stage, number);
      await ledgers.restore(ticket, entriesOf([...drafts, ...ends], { ticket, key: ledgerKeys }));
    }
  }
}

/** The next ticket that is cast with, or without, the scorecard. */
async function routed(stage: Stage, inTurn: boolean) {
  for (;;) {
    const number = await labelled(stage);
    const { route } = await stage.ticket(number);
    if (isInTurn(place(keyOf(stage, number))) === inTurn) return route;
  }
}

describe("who plays a role where several could", () => {
  it("is by the scorecard, where the policy says so, and every third ticket in turn", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("ties: scorecard\nplanGate: always") });
    await withPast(stage);
    const route = await routed(stage, false);
    expect(route?.assignment.implementer.model).toBe("sol");
    const said = "implementer: sol by the scorecard (proven in the first round: sol 5 of 5, opus 0 of 5).";
    expect(route?.assignmentReasons).toContain(said);
    const turned = await routed(stage, true);
    expect(turned?.assignmentReasons.at(-1)).toMatch(/^The scorecard breaks no ties on this ticket/);
    expect(turned?.assignmentReasons.join()).not.toContain("by the scorecard");
  });

  it("is in turn where the policy says nothing", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    await withPast(stage);
    expect((await routed(stage, false))?.assignmentReasons.join()).not.toContain("scorecard");
  });

  it("counts no ticket that has not ended, is of another kind, or was changed in the database", async () => {
    const stage = await raiseChecked(loudStory());
    await withPast(stage, []);
    const { world } = stage.app();
    const name = stage.repo.fullName;
    expect(await recordsOf(world, name, "feature")).toEqual([]);
    const ticket = keyOf(stage, 990);
    const drafts = [...MERGEABLE, draft("merged")];
    await world.ledgers.restore(ticket, entriesOf(drafts, { ticket, key: world.ledgerKeys }));
    expect(await recordsOf(world, name, "docs")).toEqual([]);
    expect(await recordsOf(world, name, "feature")).toContainEqual({ model: "opus", role: "implementer", good: 1, of: 1 }); // prettier-ignore
    await stage.sql("UPDATE ledger_entries SET content = replace(content, 'opus', 'sol') WHERE ticket = $1", ticket);
    expect(await recordsOf(world, name, "feature")).toEqual([]);
  });
});
