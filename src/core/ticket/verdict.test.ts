import { describe, expect, it } from "@jest/globals";
import { draft, finding, REVIEWED, ticketOf, WRITTEN } from "../../../test/support/ledgers.ts";
import { loweredBecause, unusableSteps } from "../../messages/reasons/lowered.ts";
import { findingId, type FollowUp, type Remark } from "./finding.ts";
import { judge, type JudgeInput } from "./verdict.ts";

const remark: Remark = {
  severity: "blocker",
  kind: "implementation",
  title: "Quotes are not escaped",
  path: "src/export.ts",
  line: 50,
  quote: 'out.push(row.join(","))',
  problem: "A cell with a quote breaks the row.",
  instruction: "Escape quotes in src/export.ts.",
};
const fresh = ticketOf(...WRITTEN);

/** A ledger in which the remark was found before, and what became of it. */
function found(severity: Remark["severity"], state: "open" | "withdrawn") {
  const known = finding(1, { ...remark, id: findingId(remark), severity });
  const settled = draft("dispute_settled", { findingId: known.id, outcome: "withdrawn" });
  return ticketOf(...WRITTEN, draft("reviewed", { findings: [known] }), ...(state === "withdrawn" ? [settled] : []));
}

function judged(over: Partial<JudgeInput> = {}, ticket = fresh) {
  return judge(ticket, {
    by: "reviewer",
    remarks: [remark],
    followUps: [],
    verificationSteps: { usable: "yes" },
    misquoted: new Set(),
    delta: null,
    ...over,
  });
}

const delta = (path: string, ...lines: number[]) => new Map([[path, new Set(lines)]]);
const nowhere = { ...remark, path: null, line: null, quote: null };

describe("a verdict", () => {
  it("is changes for one blocker, pass without any", () => {
    expect(judged()).toMatchObject({ verdict: "changes", findings: [{ severity: "blocker", by: "reviewer" }] });
    for (const severity of ["concern", "nice-to-have"] as const)
      expect(judged({ remarks: [{ ...remark, severity }] })).toMatchObject({ verdict: "pass" });
    expect(judged({ remarks: [] })).toEqual({ verdict: "pass", findings: [] });
  });

  it("leaves out what a person set aside for good, in these words and in others", () => {
    const known = finding(1, { ...remark, id: findingId(remark), severity: "blocker" });
    const dismissed = draft("finding_dismissed", { findingId: known.id });
    const ticket = ticketOf(...WRITTEN, draft("reviewed", { findings: [known] }), dismissed);
    const reworded = { ...remark, title: "Escaping of quotes is missing", quote: null, line: 51 };
    const other = { ...remark, title: "An empty sheet crashes", quote: null };
    const { findings, verdict } = judged({ remarks: [remark, reworded, other] }, ticket);
    expect([findings.map((one) => one.title), verdict]).toEqual([["An empty sheet crashes"], "changes"]);
    const followUps: FollowUp[] = [{ findingId: known.id, status: "open", evidence: "Still there." }];
    expect(judged({ remarks: [], followUps }, ticket).verdict).toBe("pass");
  });

  it("counts the same remark once", () => {
    expect(judged({ remarks: [remark, { ...remark, line: 51 }] }).findings).toHaveLength(1);
  });

  it("lowers what cites a place that does not exist, and only that", () => {
    const other = { ...remark, quote: "out.end(new Date())" };
    const { findings, verdict } = judged({ remarks: [remark, other], misquoted: new Set([0]) });
    expect(findings.map((one) => one.severity)).toEqual(["concern", "blocker"]);
    expect(findings[0]?.lowered && loweredBecause(findings[0].lowered)).toContain("does not exist");
    expect(findings[1]?.lowered).toBeNull();
    expect(verdict).toBe("changes");
  });

  it("leaves a misquoted concern as it is", () => {
    const concern = { ...remark, severity: "concern" as const };
    expect(judged({ remarks: [concern], misquoted: new Set([0]) }).findings[0]?.lowered).toBeNull();
  });

  const open = found("blocker", "open");
  it.each([
    ["on a changed line", remark, delta("src/export.ts", 50), fresh, "blocker"],
    ["ten lines from one", remark, delta("src/export.ts", 60), fresh, "blocker"],
    ["eleven lines from one", remark, delta("src/export.ts", 61), fresh, "concern"],
    ["ten lines below one", remark, delta("src/export.ts", 40), fresh, "blocker"],
    [
      "in a file that changed, without a line",
      { ...remark, line: null },
      delta("src/export.ts", 900),
      fresh,
      "blocker",
    ],
    ["in a file that did not change", remark, delta("src/other.ts", 50), fresh, "concern"],
    ["in no file", nowhere, delta("src/export.ts", 50), fresh, "concern"],
    ["outside the delta, but a blocker before", remark, delta("src/other.ts", 1), open, "blocker"],
    ["outside the delta, a concern before", remark, delta("src/other.ts", 1), found("concern", "open"), "concern"],
    ["on a changed line, but withdrawn", remark, delta("src/export.ts", 50), found("blocker", "withdrawn"), "concern"],
  ] as const)("after the first round, a blocker %s", (_name, one, since, ticket, severity) => {
    const { findings, verdict } = judged({ remarks: [one], delta: since }, ticket);
    expect(findings[0]?.severity).toBe(severity);
    expect(verdict).toBe(severity === "blocker" ? "changes" : "pass");
    expect(findings[0]?.lowered === null).toBe(severity === "blocker");
  });

  const followUp = (status: FollowUp["status"]) => [{ findingId: findingId(remark), status, evidence: "Looked." }];
  it.each([
    ["a blocker is still open", "open", open, "changes"],
    ["a blocker is resolved", "resolved", open, "pass"],
    ["a concern is still open", "open", found("concern", "open"), "pass"],
    ["a withdrawn blocker is called open", "open", found("blocker", "withdrawn"), "pass"],
    ["nobody knows the finding", "open", fresh, "pass"],
  ] as const)("looks at follow-ups: %s", (_name, status, ticket, verdict) => {
    expect(judged({ remarks: [], followUps: followUp(status) }, ticket).verdict).toBe(verdict);
  });
});

describe("vague verification steps", () => {
  const why = "“Check that it works” is no step.";
  const vague = { usable: "no" as const, remark: unusableSteps(why) };

  it("block when the Adversary says so, in the first round and later", () => {
    for (const since of [null, delta("src/export.ts", 1)]) {
      const judgement = judged({ by: "adversary", remarks: [], verificationSteps: vague, delta: since });
      expect(judgement.verdict).toBe("changes");
      expect(judgement.findings).toMatchObject([{ severity: "blocker", kind: "requirement", problem: why }]);
    }
  });

  it("are not the Reviewer's to judge", () => {
    expect(judged({ remarks: [], verificationSteps: vague }).verdict).toBe("pass");
  });

  it("do not block once the dispute over them was withdrawn", () => {
    const steps = { by: "adversary" as const, remarks: [], verificationSteps: vague };
    const [blocker] = judged(steps).findings;
    if (!blocker) throw new Error("It blocked a moment ago");
    const ticket = ticketOf(
      ...REVIEWED,
      draft("reviewed", { role: "adversary", findings: [{ ...blocker, lowered: null }] }),
      draft("dispute_settled", { findingId: blocker.id, outcome: "withdrawn" }),
    );
    expect(judged(steps, ticket).verdict).toBe("pass");
  });
});
