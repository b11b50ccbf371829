import { type Finding, findingId, type FollowUp, type Remark, saysTheSame } from "./finding.ts";
import type { Lowered } from "./lowered.ts";
import type { Ticket } from "./ticket.ts";

/**
 * From a reviewer's remarks to findings and a verdict. A model remarks; this code decides what a remark is worth:
 * - what cites a place that does not exist cannot block;
 * - what a person set aside does not come back, in these words or others;
 * - after the first round only an earlier blocker or something in the new delta may block, so that reviews end.
 */
export type Judgement = { readonly findings: Judged[]; readonly verdict: "pass" | "changes" };
/** A finding before the reason for which it was lowered is put into words. */
type Judged = Omit<Finding, "lowered"> & { readonly lowered: Lowered | null };

export type JudgeInput = {
  readonly by: "reviewer" | "adversary";
  readonly remarks: readonly Remark[];
  readonly followUps: readonly FollowUp[];
  /** "Not usable" verification steps are a blocker by themselves; only the Adversary judges them. */
  readonly verificationSteps: { readonly usable: "yes" } | { readonly usable: "no"; readonly remark: Remark };
  /** Remarks whose place does not exist at the head, by index. */
  readonly misquoted: ReadonlySet<number>;
  /** Lines changed since this reviewer last looked, or null when it looks for the first time. */
  readonly delta: ReadonlyMap<string, ReadonlySet<number>> | null;
};

/** How far from a changed line a remark may stand and still be about the change. */
const DELTA_REACH_LINES = 10;
/** How a remark on them begins: they stand in no file whose lines could have changed. */
export const ABOUT_STEPS = "The verification steps";

export function judge(ticket: Ticket, input: JudgeInput): Judgement {
  const findings: Judged[] = [];
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
  return [...input.remarks, input.verificationSteps.remark];
}

function reasonToLower(ticket: Ticket, input: JudgeInput, index: number, remark: Remark, id: string): Lowered | null {
  const known = ticket.findings.get(id);
  if (known?.state === "withdrawn") return { code: "withdrawn", facts: {} };
  if (input.misquoted.has(index)) return { code: "misquoted", facts: {} };
  if (input.delta === null || known?.finding.severity === "blocker") return null;
  if (remark.path === null) return remark.title.startsWith(ABOUT_STEPS) ? null : { code: "no-changed-line", facts: {} };
  const lines = input.delta.get(remark.path);
  const line = remark.line;
  if (!lines) return { code: "file-unchanged", facts: { path: remark.path } };
  const near = line === null || [...lines].some((changed) => Math.abs(changed - line) <= DELTA_REACH_LINES);
  return near ? null : { code: "far-from-changes", facts: {} };
}
