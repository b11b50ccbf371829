import { describe, expect, it } from "@jest/globals";
import { ATTACKED, draft, factsAs, STILL, ticketOf } from "../../../test/support/ledgers.ts";
import { decide } from "../rules/decide.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { DEFAULT_POLICY } from "../rules/policy.ts";
import { dismissFinding } from "../rules/let-pass.ts";
import { equivalents, standingSurvivors } from "./survivors.ts";

/** From a change that no test notices to its answer, from the ledger alone. */
const ID = "F-00000001";
const HEAD = ticketOf(...ATTACKED).change?.headSha ?? "";
const SURVIVOR = { id: ID, path: "src/a.js", line: 3, quote: "if (a < b)", from: "<", to: "<=" };
const item = (survivors: readonly (typeof SURVIVOR)[]) => ({
  ...{ id: "mutation" as const, required: true, evidence: "So.", details: [], survivors: [...survivors] },
  state: survivors.length > 0 ? ("refuted" as const) : ("proven" as const),
});
const proof = (...survivors: (typeof SURVIVOR)[]) =>
  draft("proof_collected", {
    items: [item(survivors)],
    outcome: survivors.length > 0 ? "not-ready" : "ready",
    headSha: HEAD,
  });
const wrote = (status: "fixed" | "disputed", headSha = HEAD) =>
  draft("implemented", { round: 1, headSha, answers: [{ findingId: ID, status, evidence: "No input can tell." }] });
const MODELS = { reviewer: "sol", adversary: "terra" };
const word = (role: "reviewer" | "adversary", equivalent: "yes" | "no", over: object = {}) =>
  draft("reviewed", {
    ...{ role, headSha: HEAD, findings: [], model: MODELS[role] },
    survivors: [{ findingId: ID, equivalent, why: "Both are whole numbers." }],
    ...over,
  });
const next = (...entries: EntryDraft[]) => {
  const decision = decide(ticketOf(...entries), factsAs(STILL));
  return decision.do === "step" ? decision.step : decision.do;
};
const DISPUTED = [...ATTACKED, proof(SURVIVOR), wrote("disputed")];

describe("a change that no test notices", () => {
  it("is a finding, and goes into the next round", () => {
    const ticket = ticketOf(...ATTACKED, proof(SURVIVOR));
    expect(ticket.findings.get(ID)).toMatchObject({
      state: "open",
      finding: { by: "proof", path: "src/a.js", line: 3, quote: "if (a < b)", title: "No test notices `<` → `<=`" },
    });
    expect(next(...ATTACKED, proof(SURVIVOR))).toBe("implement");
  });

  it("is resolved by a proof that does not list it any more", () => {
    const ticket = ticketOf(...ATTACKED, proof(SURVIVOR), wrote("fixed"), proof());
    expect(ticket.findings.get(ID)?.state).toBe("resolved");
    expect(standingSurvivors(ticket)).toEqual([]);
  });

  it("comes back where the test did not notice it after all", () => {
    const ticket = ticketOf(...ATTACKED, proof(SURVIVOR), wrote("fixed"), proof(SURVIVOR));
    expect(ticket.findings.get(ID)).toMatchObject({ state: "open", survived: 1 });
  });

  it("is no dispute for a tiebreaker: both reviewers are asked, one after the other, and then it is proven anew", () => {
    expect(next(...DISPUTED)).toBe("review");
    expect(next(...DISPUTED, word("reviewer", "yes"))).toBe("attack");
    expect(next(...DISPUTED, word("reviewer", "yes"), word("adversary", "yes"))).toBe("prove");
  });

  it("is asked about no further after one no", () => {
    expect(next(...DISPUTED, word("reviewer", "no"))).toBe("prove");
    expect(next(...DISPUTED, word("reviewer", "no"), proof(SURVIVOR))).toBe("implement");
  });

  it("is not asked about while a round can bring its test", () => {
    expect(next(...ATTACKED, proof(SURVIVOR), wrote("fixed"))).toBe("prove");
  });

  it("is asked about where no round is left, before a person is called", () => {
    const none = { ...DEFAULT_POLICY, limits: { ...DEFAULT_POLICY.limits, fixRounds: 0 } };
    const facts = factsAs({ ...STILL, policy: none });
    const entries = [...ATTACKED, proof(SURVIVOR)];
    expect(decide(ticketOf(...entries), facts)).toMatchObject({ do: "step", step: "review" });
    const said = [...entries, word("reviewer", "yes"), word("adversary", "no"), proof(SURVIVOR)];
    expect(decide(ticketOf(...said), facts)).toMatchObject({ do: "record" });
  });
});

describe("two words answer it", () => {
  const yes = [word("reviewer", "yes"), word("adversary", "yes")];
  const of = (...entries: EntryDraft[]) => equivalents(ticketOf(...DISPUTED, ...entries)).map(({ id }) => id);

  it.each<[string, EntryDraft[], string[]]>([
    ["both roles say yes on this head", yes, [ID]],
    ["still after the proof that they lead to", [...yes, proof()], [ID]],
    ["not one of them", [word("reviewer", "yes")], []],
    ["not where one says no", [word("reviewer", "yes"), word("adversary", "no")], []],
    ["not of one model asked twice", [word("reviewer", "yes"), word("adversary", "yes", { model: "sol" })], []],
    ["not where one wrote the change", [word("reviewer", "yes", { model: "opus" }), word("adversary", "yes")], []],
    ["not of another head", [word("reviewer", "yes", { headSha: "9".repeat(40) }), word("adversary", "yes")], []],
    ["not on the next head", [...yes, wrote("disputed", "8".repeat(40))], []],
    ["or a person sets it aside", [draft("finding_dismissed", { findingId: ID })], [ID]],
  ])("%s", (_what, entries, ids) => {
    expect(of(...entries)).toEqual(ids);
  });
});

describe("who sets one aside", () => {
  const said = { by: "mona", source: "comment:9", inline: [] };
  const ticket = ticketOf(...ATTACKED, proof(SURVIVOR));

  it("is nobody where the policy lets nobody accept mutation", () => {
    const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, neverAccept: ["mutation" as const] } };
    expect(dismissFinding(ticket, said, ID, "It is fine.", factsAs({ policy }))).toMatchObject({ outcome: "refused" });
    expect(dismissFinding(ticket, said, ID, "It is fine.", factsAs({}))).toMatchObject({ outcome: "accepted" });
  });

  it("is not who pushed last, where another person has to say it", () => {
    const pushed = ticketOf(...ATTACKED, proof(SURVIVOR), draft("head_moved", { by: "mona", to: "7".repeat(40) }));
    const approvals = { ...DEFAULT_POLICY.approvals, otherThanPusher: true };
    const facts = factsAs({ policy: { ...DEFAULT_POLICY, approvals } });
    expect(dismissFinding(pushed, said, ID, "It is fine.", facts)).toMatchObject({ outcome: "refused" });
  });
});
