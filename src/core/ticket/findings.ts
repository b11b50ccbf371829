import type { Finding, FindingAnswer, FollowUp } from "./finding.ts";
import type { EntryData } from "../ledger/entries.ts";
import { type FindingState, isOpen } from "./ticket.ts";

/** The life of findings: found, answered by an implementer, looked at again by a reviewer, settled by a tiebreaker. */
type Findings = ReadonlyMap<string, FindingState>;

/** What an implementer said about open findings; about any other it has nothing to say. */
export function answered(before: Findings, answers: readonly FindingAnswer[]): Findings {
  const findings = new Map(before);
  for (const answer of answers) {
    const known = findings.get(answer.findingId);
    if (!known || !isOpen(known)) continue;
    // Whether a change of the code can be noticed at all is no dispute for a tiebreaker: both reviewers say it.
    const isSettled = answer.status === "fixed" || known.finding.by === "proof";
    findings.set(answer.findingId, { ...known, answer, state: isSettled ? "answered" : "disputed" });
  }
  return findings;
}

/** A reviewer settles what it was told about earlier findings and adds new ones. */
export function judged(before: Findings, data: EntryData<"reviewed">): Findings {
  const findings = new Map(before);
  for (const followUp of data.followUps) {
    const known = findings.get(followUp.findingId);
    if (known && known.state !== "withdrawn") findings.set(followUp.findingId, followedUp(known, followUp));
  }
  for (const finding of data.findings) {
    const known = findings.get(finding.id);
    // What a person or tiebreaker withdrew stays withdrawn.
    if (known?.state === "withdrawn") continue;
    // Told to be resolved and found again in one breath: it stands, because a doubt is worth more than a word.
    if (known && data.followUps.some((one) => one.findingId === finding.id && one.status === "open")) continue;
    findings.set(finding.id, foundAgain(known, finding));
  }
  return findings;
}

function followedUp(known: FindingState, followUp: FollowUp): FindingState {
  if (followUp.status === "resolved") return { ...known, state: "resolved" };
  const survived = known.state === "answered" ? known.survived + 1 : known.survived;
  return { ...known, state: known.state === "disputed" ? "disputed" : "open", survived };
}

/** The same finding again keeps its history. */
function foundAgain(known: FindingState | undefined, finding: Finding): FindingState {
  const failed = known?.state === "answered" || known?.state === "resolved";
  return { finding, state: "open", answer: known?.answer ?? null, survived: (known?.survived ?? 0) + (failed ? 1 : 0) };
}

export function settled(before: Findings, data: EntryData<"dispute_settled">): Findings {
  const known = before.get(data.findingId);
  if (!known) return before;
  const survived = data.outcome === "upheld" ? known.survived + 1 : known.survived;
  return new Map(before).set(data.findingId, { ...known, state: data.outcome, survived });
}

/** A person set it aside for good: it stands against nothing any more, and what says the same is not taken up again. */
export function dismissed(before: Findings, { findingId, by, why }: EntryData<"finding_dismissed">): Findings {
  const known = before.get(findingId);
  if (!known) return before;
  return new Map(before).set(findingId, { ...known, state: "withdrawn", dismissed: { by, why } });
}
