import { describe, expect, it } from "@jest/globals";
import { aFinding, aTicket } from "../../../test/support/builders.ts";
import { budgetLeft, type FindingState, isOpen, isReady, isTransient, openBlockers, roundsAllowed, standingBlockers, type Ticket, typeOf, usdForTokens } from "./ticket.ts"; // prettier-ignore

/** What is read off a ticket: its type, its budget, what stands against a merge. */
const base = aTicket();
const of = (over: object): Ticket => ({ ...base, ...over }) as Ticket;
const routed = (over: object) => ({ route: { ...base.route, ...over } });

it("is of the type that it was routed to, that a person forced, or a feature", () => {
  expect(typeOf(of(routed({ type: "bug" })))).toBe("bug");
  expect(typeOf(of({ route: null, opened: { ...base.opened, forcedType: "docs" } }))).toBe("docs");
  expect(typeOf(of({ route: null, opened: { ...base.opened, forcedType: null } }))).toBe("feature");
});

describe("a budget", () => {
  const spend = { ...base.spend, costMicroUsd: 300, unpricedTokens: 30 };
  const paid = (costMicroUsd: number, unpricedTokens: number) => ({ costMicroUsd, unpricedTokens });

  it.each<[string, object, object | undefined, number, number]>([
    ["is what the ledger has not spent", routed({ budgetMicroUsd: 1_000, budgetTokens: 100 }), undefined, 700, 70],
    ["is what the journal has not spent", routed({ budgetMicroUsd: 1_000, budgetTokens: 100 }), paid(400, 40), 600, 60],
    ["believes the ledger where the journal was lost", routed({ budgetMicroUsd: 1_000, budgetTokens: 100 }), paid(0, 0), 700, 70],
    ["is raised, tokens in proportion", { ...routed({ budgetMicroUsd: 1_000, budgetTokens: 100 }), raisedMicroUsd: 505 }, undefined, 1_205, 121],
    ["is raised from nothing, a token for a millionth", { ...routed({ budgetMicroUsd: 0, budgetTokens: 0 }), raisedMicroUsd: 500 }, undefined, 200, 470],
    ["is nothing before there is a route", { route: null }, undefined, -300, -30],
  ])("%s", (_what, over, journal, microUsd, tokens) => {
    const ticket = of({ raisedMicroUsd: 0, ...over, spend });
    expect(budgetLeft(ticket, journal as ReturnType<typeof paid> | undefined)).toEqual({ microUsd, tokens });
  }); // prettier-ignore

  it.each([
    [2_000_000, 1_000_000, 500_000, 1],
    [2_000_000, 1_000_000, 500_001, 2],
    [0, 1_000_000, 1_000_001, 2],
    [2_000_000, 0, 1_000_000, 1],
    [2_000_000, 1_000_000, 0, 0],
  ])("of %i millionths and %i tokens is raised for %i more tokens by %i dollars", (money, tokens, more, usd) => {
    expect(usdForTokens(of(routed({ budgetMicroUsd: money, budgetTokens: tokens })), more)).toBe(usd);
  });
});

describe("what stands against a merge", () => {
  const states: readonly FindingState["state"][] = ["open", "answered", "disputed", "resolved", "withdrawn", "upheld"];
  const found = (severity: "blocker" | "concern") =>
    states.map((state): [string, FindingState] => [
      `${severity} ${state}`,
      { finding: aFinding({ id: `${severity} ${state}`, severity }), state, answer: null, survived: 0 },
    ]);
  const ticket = of({ findings: new Map([...found("blocker"), ...found("concern")]) });
  const names = (all: readonly FindingState[]) => all.map(({ finding }) => finding.id);

  it("is every blocker that is neither resolved nor set aside; open are those that nobody answered", () => {
    expect(names(openBlockers(ticket))).toEqual(["blocker open", "blocker upheld"]);
    expect(names(standingBlockers(ticket))).toEqual(["blocker open", "blocker answered", "blocker disputed", "blocker upheld"]); // prettier-ignore
    expect([...ticket.findings.values()].filter(isOpen)).toHaveLength(4);
  });

  it("is a proof that is missing, of another head or not good", () => {
    const change = { headSha: "h" };
    const proof = (over: object) => of({ change, proof: { headSha: "h", outcome: "ready", ...over } });
    expect(isReady(proof({}))).toBe(true);
    expect(isReady(proof({ headSha: "x" }))).toBe(false);
    expect(isReady(proof({ outcome: "not-ready" }))).toBe(false);
    expect(isReady(of({ change, proof: null }))).toBe(false);
    expect(isReady(of({ change: null, proof: { headSha: "h", outcome: "ready" } }))).toBe(false);
  });
});

it("allows a round more each time that a person asked for one", () => {
  const asked = (...rounds: (number | null)[]) => of({ rework: { state: "done", instructions: rounds.map((round) => ({ round })) } }); // prettier-ignore
  expect([asked(), asked(null), asked(1, null, 2)].map((one) => roundsAllowed(one, 2))).toEqual([2, 2, 4]);
});

it("waits for a model without a person, and for nothing else", () => {
  expect([isTransient("model-unavailable"), isTransient("budget")]).toEqual([true, false]);
});
