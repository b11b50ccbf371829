import type { EntryDraft, HaltReason } from "../ledger/entries.ts";

/** Why a ticket stands still, with what a person can do about it. Every reason has its commands. */
const NEXT: Record<HaltReason, readonly string[]> = {
  person: ["`/coop resume` takes the ticket up again", "`/coop stop` ends it"],
  "label-removed": ["put the `coop` label back, or `/coop resume` with the label on", "`/coop stop` ends it"],
  "issue-closed": ["reopen the issue, then `/coop resume`", "`/coop stop` ends it"],
  "pull-request-closed": ["reopen the pull request, then `/coop resume`", "`/coop stop` ends it"],
  "branch-deleted": ["restore the branch on GitHub, then `/coop retry`", "`/coop stop` ends it"],
  "text-changed": [
    "`/coop approve` goes on with the text as it was read",
    "`/coop rework <what changed>` takes the new text",
    "`/coop stop` ends it",
  ],
  budget: ["`/coop budget +5` raises the budget and goes on", "`/coop stop` ends it"],
  rounds: [
    "`/coop rework <what to do differently>` grants one more round",
    "`/coop assign implementer=<model>` first, for another author",
    "`/coop stop` ends it",
  ],
  "same-blocker": [
    "`/coop rework <how to solve it>` grants one more round",
    "`/coop assign implementer=<model>` first, for another author",
    "`/coop stop` ends it",
  ],
  "policy-invalid": ["correct `.github/coop.yml` on the default branch, then `/coop retry`"],
  "model-unusable": ["`/coop retry` asks again", "`/coop assign <role>=<model>` gives the role to another model"],
  "model-unavailable": [
    "`/coop retry` when the provider is back",
    "`/coop assign <role>=<model>` gives the role to another model",
  ],
  "plan-unsound": ["`/coop rework <what to plan instead>`", "`/coop retry` asks again", "`/coop stop` ends it"],
  "nothing-changed": ["`/coop rework <what to change>`", "`/coop stop` ends it"],
  "merge-conflict": [
    "`/coop rework Take in the base branch` writes the change again on top of it",
    "resolve the conflict on the branch yourself, then `/coop resume`",
  ],
  "merge-refused": ["remove what GitHub names, then `/coop resume` and `/coop approve`"],
  "protected-paths": [
    "`/coop approve` accepts exactly these changes at this commit",
    "`/coop rework <what to leave alone>`",
    "`/coop stop` ends it",
  ],
  unproven: ["`/coop retry` collects the proof again", "`/coop rework <what to change>`", "`/coop stop` ends it"],
  "github-refused": ["check the App's permissions in the repository, then `/coop retry`"],
  "ticket-unclear": ["edit the issue, then `/coop rework <what changed>`", "`/coop stop` ends it"],
  internal: ["`/coop retry` runs the step again", "the server's log names the error under the id above"],
};

/** Set aside on purpose, or stuck until somebody acts. */
const PARKED: readonly HaltReason[] = [
  "person",
  "label-removed",
  "issue-closed",
  "pull-request-closed",
  "budget",
  "rounds",
  "same-blocker",
];

/** @param next what a person can do, where it is something else than the reason's usual commands */
export function halted(
  reason: HaltReason,
  by: string,
  sentence: string,
  details: readonly string[] = [],
  next: readonly string[] = NEXT[reason],
): EntryDraft {
  const as = PARKED.includes(reason) ? "parked" : "blocked";
  return {
    kind: "halted",
    data: {
      as,
      reason,
      by,
      sentence: sentence.slice(0, 1500),
      details: details.slice(0, 40).map((line) => line.slice(0, 600)),
      next: [...next],
    },
  };
}
