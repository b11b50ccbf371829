import { type Finding, findingId, type FollowUp, type Remark, saysTheSame } from "./finding.ts";
import type { Ticket } from "./ticket.ts";

/**
 * From a reviewer's remarks to findings and a verdict. A model remarks; this code decides what a remark is worth:
 * - what cites a place that does not exist cannot block;
 * - what a person set aside does not come back, in these words or others;
 * - after the first round only an earlier blocker or something in the new delta may block, so that reviews end.
 */
export type Judgement = { readonly findings: Finding[]; readonly verdict: "pass" | "changes" };

export type JudgeInput = {
  readonly by: "reviewer" | "adversary";
  readonly remarks: readonly Remark[];
  readonly followUps: readonly FollowUp[];
  /** "Not usable" verification steps are a blocker by themselves; only the Adversary judges them. */
  readonly verificationSteps: { readonly usable: "yes" | "no"; readonly why: string };
  /** Remarks whose place does not exist at the head, by index. */
  readonly misquoted: ReadonlySet<number>;
  /** Lines changed since this reviewer last looked, or null when it looks for the first time. */
  readonly delta: ReadonlyMap<string, ReadonlySet<number>> | null;
};

/** How far from a changed line a remark may stand and still be about the change. */
const DELTA_REACH_LINES = 10;

export function judge(ticket: Ticket, input: JudgeInput): Judgement {
  const findings: Finding[] = [];
  for (const [index, remark] of withSteps(input).entries()) {
    const id = findingId(remark);
    if (findings.some((one) => one.id === id) || isSetAside(ticket, remark)) continue;
    const lowered = remark.severity === "blocker" ? reasonToLower(ticket, input, index, remark, id) : null;
    findings.push({ ...remark, id, by: input.by, severity: lowered ? "concern" : remark.severity, lowered });
  }
  const open = input.followUps.some((one) => {
    const known = ticket.findings.get(one.findingId);
    return one.status === "open" && known?.finding.severity === "blocker" && known.state !== "withdrawn";
  });
  const verdict = open || findings.some((one) => one.severity === "blocker") ? "changes" : "pass";
  return { findings, verdict };
}

function isSetAside({ findings }: Ticket, remark: Remark): boolean {
  return [...findings.values()].some(
    // That a change of a line is not noticed is another thing than what a reviewer says of that line.
    ({ finding, dismissed }) => dismissed && finding.by !== "proof" && saysTheSame(finding, remark),
  );
}

function withSteps(input: JudgeInput): readonly Remark[] {
  if (input.by !== "adversary" || input.verificationSteps.usable === "yes") return input.remarks;
  const remark: Remark = {
    severity: "blocker",
    kind: "requirement",
    title: "The verification steps cannot be followed",
    path: null,
    line: null,
    quote: null,
    problem: input.verificationSteps.why || "The steps are too vague to be followed.",
    instruction: "Give exact commands and the result that each must show.",
  };
  return [...input.remarks, remark];
}

function reasonToLower(ticket: Ticket, input: JudgeInput, index: number, remark: Remark, id: string): string | null {
  const known = ticket.findings.get(id);
  if (known?.state === "withdrawn") return "It was withdrawn when the dispute over it was settled.";
  if (input.misquoted.has(index)) return "The place it cites does not exist at this commit.";
  if (input.delta === null || known?.finding.severity === "blocker") return null;
  if (remark.path === null)
    return remark.title.startsWith("The verification steps")
      ? null
      : "It came up after the first round and points at no changed line.";
  const lines = input.delta.get(remark.path);
  const line = remark.line;
  if (!lines) return `It came up after the first round, and ${remark.path} did not change since.`;
  const near = line === null || [...lines].some((changed) => Math.abs(changed - line) <= DELTA_REACH_LINES);
  return near ? null : "It came up after the first round, outside what changed since.";
}
