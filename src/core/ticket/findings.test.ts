import { describe, expect, it } from "@jest/globals";
import { aFinding } from "../../../test/support/builders.ts";
import type { EntryData } from "../ledger/entries.ts";
import type { Finding, FindingAnswer } from "./finding.ts";
import { answered, dismissed, judged, settled } from "./findings.ts";
import type { FindingState } from "./ticket.ts";

/** One finding's life, step by step: each state that it may be in, and what each entry makes of it. */
type State = FindingState["state"];
const STATES: readonly State[] = ["open", "answered", "disputed", "resolved", "withdrawn", "upheld"];
const finding: Finding = aFinding({ id: "F-1" });
const answer = (status: FindingAnswer["status"]): FindingAnswer => ({ findingId: "F-1", status, evidence: "e" });
const known = (state: State, survived = 2): FindingState => ({ finding, state, answer: answer("fixed"), survived });
const after = (fold: (before: ReadonlyMap<string, FindingState>) => ReadonlyMap<string, FindingState>, state: State) =>
  fold(new Map([["F-1", known(state)]])).get("F-1");
const shown = (one: FindingState | undefined) => one && `${one.state} ${one.survived}`;
const review = (over: object) => ({ findings: [], followUps: [], ...over }) as unknown as EntryData<"reviewed">;
const followUp = (status: string) => review({ followUps: [{ findingId: "F-1", status }] });
const again = review({ findings: [{ ...finding, title: "again" }] });

it.each<[string, (before: ReadonlyMap<string, FindingState>) => ReadonlyMap<string, FindingState>, readonly string[]]>([
  ["answered as fixed", (of) => answered(of, [answer("fixed")]), ["answered 2", "answered 2", "disputed 2", "resolved 2", "withdrawn 2", "answered 2"]],
  ["disputed", (of) => answered(of, [answer("disputed")]), ["disputed 2", "answered 2", "disputed 2", "resolved 2", "withdrawn 2", "disputed 2"]],
  ["looked at again: resolved", (of) => judged(of, followUp("resolved")), ["resolved 2", "resolved 2", "resolved 2", "resolved 2", "withdrawn 2", "resolved 2"]],
  ["looked at again: open", (of) => judged(of, followUp("open")), ["open 2", "open 3", "disputed 2", "open 2", "withdrawn 2", "open 2"]],
  ["found again", (of) => judged(of, again), ["open 2", "open 3", "open 2", "open 3", "withdrawn 2", "open 2"]],
  ["upheld", (of) => settled(of, { findingId: "F-1", outcome: "upheld" } as EntryData<"dispute_settled">), STATES.map(() => "upheld 3")],
  ["withdrawn", (of) => settled(of, { findingId: "F-1", outcome: "withdrawn" } as EntryData<"dispute_settled">), STATES.map(() => "withdrawn 2")],
  ["dismissed", (of) => dismissed(of, { findingId: "F-1", by: "mona", why: "w" } as EntryData<"finding_dismissed">), STATES.map(() => "withdrawn 2")],
])("a finding that is %s", (_what, fold, states) => {
  expect(STATES.map((state) => shown(after(fold, state)))).toEqual(states);
}); // prettier-ignore

describe("what is kept", () => {
  it("is its history, where it is found again in other words", () => {
    const found = after((of) => judged(of, again), "answered");
    expect(found).toEqual({ finding: { ...finding, title: "again" }, state: "open", answer: answer("fixed"), survived: 3 }); // prettier-ignore
  });

  it("is what an implementer said, and who set it aside", () => {
    expect(after((of) => answered(of, [answer("disputed")]), "open")?.answer).toEqual(answer("disputed"));
    const aside = after((of) => dismissed(of, { findingId: "F-1", by: "mona", why: "w" } as EntryData<"finding_dismissed">), "open"); // prettier-ignore
    expect(aside?.dismissed).toEqual({ by: "mona", why: "w" });
  });

  it("is nothing of a finding that nobody knows, and a new one begins without a past", () => {
    const none = new Map<string, FindingState>();
    expect(answered(none, [answer("fixed")]).size).toBe(0);
    expect(judged(none, followUp("open")).size).toBe(0);
    expect(settled(none, { findingId: "F-1", outcome: "upheld" } as EntryData<"dispute_settled">)).toBe(none);
    expect(dismissed(none, { findingId: "F-1", by: "m", why: "w" } as EntryData<"finding_dismissed">)).toBe(none);
    expect(judged(none, again).get("F-1")).toMatchObject({ state: "open", answer: null, survived: 0 });
  });

  it("is one doubt where a review both follows up and finds again", () => {
    const both = (status: string) => review({ ...again, followUps: [{ findingId: "F-1", status }] });
    expect(shown(after((of) => judged(of, both("open")), "answered"))).toBe("open 3");
    expect(shown(after((of) => judged(of, both("resolved")), "answered"))).toBe("open 3");
    const other = review({ ...again, followUps: [{ findingId: "F-2", status: "open" }] });
    expect(after((of) => judged(of, other), "open")?.finding.title).toBe("again");
  });
});
