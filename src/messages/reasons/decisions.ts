import type { DecisionCode } from "../../core/rules/why.ts";
import { code, inline } from "../escape.ts";
import { count, issues, listed, partNames, utc } from "../format.ts";
import { HALT_NAMES } from "../ways-out.ts";
import { PROOF_NAMES } from "../proof.ts";
import type { Sentences } from "./by-code.ts";

/** Why this step comes next. */
export const DECISIONS: Sentences<DecisionCode> = {
  "ticket-ended": () => "The ticket has ended.",
  "ticket-halted": ({ as, reason }) => `The ticket is ${as}: ${HALT_NAMES[reason]}.`,
  "left-to-newer": ({ seq, kind }) =>
    `A newer version of this program wrote entry ${seq} (${kind}). The ticket waits for that version.`,
  "new-ticket": () => "The ticket is new.",
  "question-open": () => "The Navigator's question is not answered yet.",
  "text-unclear": () => "The router could not tell from the issue what to build.",
  "type-unsure": ({ type, confidence }) =>
    `The router takes it for a ${type}, but is not sure (${confidence}). The Navigator says what kind of task it is.`,
  "cause-first": () => "For a bug, the Reviewer finds the root cause before the fix is planned.",
  "no-plan": () => "This issue text has no plan yet.",
  "plan-gate": () => "A person has to approve the plan.",
  "plan-dangerous": ({ dangers }) =>
    `The ticket sounded harmless, but its plan does not: ${listed(dangers.map(inline))}. A person has to approve it.`,
  "plan-changes-tests": () => "The plan changes existing tests, so a person has to approve it.",
  "tests-asked": ({ tests }) =>
    `The Implementer asks to change ${count(tests, "old test")} that the plan does not name. A person decides.`,
  "plan-has-parts": ({ parts }) =>
    `The plan has ${count(parts, "part")}. A person chooses: \`/coop split\` opens one ticket a part, \`/coop approve\` builds the first part only.`,
  "plan-within-epic": ({ issue }) => `The plan keeps to the files that the approved plan of #${issue} gives this part.`,
  "epic-approved": ({ parts }) => `The plan is approved as ${count(parts, "ticket")}, one a part.`,
  "look-at-children": () => "The parts may have moved on.",
  "children-moved": ({ parts }) => `${partNames(parts)} moved on.`,
  "parts-may-begin": ({ parts }) => `${partNames(parts)} may begin: nothing that has to come first is open.`,
  "children-at-work": ({ issues: all }) => `${issues(all)} ${all.length === 1 ? "is" : "are"} at work.`,
  "children-ask": ({ issues: asking, others }) =>
    `${issues(asking)} ${asking.length === 1 ? "waits" : "wait"} for a person${others > 0 ? `; ${count(others, "other part")} at work` : ""}.`,
  "epic-done": ({ parts }) => `All ${parts} parts have ended.`,
  "look-at-neighbours": () => "Another open ticket may write the same files.",
  "files-overlap": ({ issue, files }) => `#${issue} writes ${listed(files.map(code))} as well.`,
  "waits-for-ticket": ({ issue, files, until }) =>
    `#${issue} writes ${listed(files.map(code))} as well and was first. This ticket goes on when #${issue} is merged, stopped or waits for a person, at the latest at ${utc(until)}.`,
  "overlap-over": ({ issue }) => `There is no need to wait for #${issue} any longer.`,
  "plan-accepted-by-policy": ({ reason }) => reason || "The policy accepts plans of this kind.",
  "look-before-writing": () => "The issue may have changed since the plan was approved.",
  "plan-approved": () => "The plan is approved.",
  "no-pull-request": () => "The change has no pull request yet.",
  "rework-asked": () => "A person asked for rework.",
  "finding-disputed": ({ findingId }) => `The Implementer disputes ${findingId}.`,
  "blockers-open": ({ blockers }) => `${blockers === 1 ? "One blocker is" : `${blockers} blockers are`} open.`,
  "proof-fixable": ({ items }) =>
    `Another round can fix what is not proven: ${listed(items.map((one) => PROOF_NAMES[one]))}.`,
  "not-reviewed": () => "The Reviewer has not seen this commit yet.",
  "survivors-unheard": ({ survivors }) =>
    `${survivors === 1 ? "One change of the code is" : `${survivors} changes of the code are`} noticed by no test. Both reviewers say whether any input could tell.`,
  "not-attacked": () => "The Adversary has not seen this commit yet.",
  "not-proven": () => "This commit has no proof yet.",
  "all-proven": () => "Everything required is proven. A person decides about the merge.",
  "look-before-merge": () => "The issue or the pull request may have changed since the approval.",
  "checks-stirred": () => "A check on this commit reported something new.",
  "proof-outdated": ({ moved }) =>
    moved === "base"
      ? "The base branch has moved since the proof, so the merge result is tested again."
      : "The repository's checks changed after the proof, so the proof is collected again.",
  "merge-approved": ({ by }) => `${by} approved this commit.`,
  "in-merge-queue": () => "The pull request is in the merge queue of its base branch.",
  "blocker-outlived-round": () => "The last fix round left a blocker open, so another model writes the next one.",
  "plan-doubted": ({ findings, outside, files }) => {
    const outlived = `${listed(findings)} outlived a fix round and ${findings.length === 1 ? "is" : "are"} about what the plan decided`;
    const left = `${outside} of ${count(files, "changed file")} are not in the plan`;
    return `The Architect plans again before the next round: ${listed([findings.length > 0 ? outlived : "", outside > 0 ? left : ""].filter(Boolean))}.`;
  },
  "review-did-not-count": ({ model, role }) =>
    `The review by ${code(model)} is not independent, so another model is the ${role}.`,
  "model-failed": ({ model, times }) => `${model} failed ${count(times, "time")} in a row.`,
  "pull-request-merged": () => "The pull request is merged.",
  "second-approval-needed": ({ by }) =>
    `${by} approved, but nobody knows who pushed this commit. A second person has to approve as well.`,
  "base-branch-changed": ({ to }) => `The pull request now goes into ${code(to)}.`,
  "maybe-unlocked": () => "The conversation was locked. It may be open again by now.",
  "conversation-open-again": () => "The conversation is no longer locked.",
  "maybe-out-of-draft": () => "The pull request was a draft. It may be ready for review by now.",
  "out-of-draft": () => "The pull request is ready for review again.",
  "closed-maybe-merged": () =>
    "The issue was closed, perhaps by a merge of its pull request, which is looked at first.",
  "branch-pushed": () => "Somebody pushed to the branch.",
  "refused-too-long": ({ days }) => `GitHub has not let me write here for ${days} days.`,
  "maybe-back": () => "The App could not reach the repository. It may be able to by now.",
  "repository-back": () => "The App can reach the repository again.",
  "issue-gone": () => "The issue was deleted or moved to another repository.",
  "text-decided-before": () => "The issue has a text again that was decided about before.",
};
