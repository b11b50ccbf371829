import { type HaltDraft, type Help, helpsFor } from "../core/rules/halt.ts";
import { raiseOffered } from "../core/rules/raise.ts";
import type { HaltReason } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";

/** The words for `HALTS`: what each reason is called, and how each way out is offered. */
export const HALT_NAMES: Readonly<Record<HaltReason, string>> = {
  person: "a person parked it",
  "label-removed": "the label was removed",
  "issue-closed": "the issue was closed",
  "pull-request-closed": "the pull request was closed",
  "branch-deleted": "a branch or commit is gone",
  "text-changed": "the ticket's text changed",
  budget: "the budget is used up",
  rounds: "the fix rounds are used up",
  "same-blocker": "the same blocker came back",
  "policy-invalid": "the policy file is not valid",
  "model-unusable": "a model gave no usable answer",
  "model-unavailable": "a model could not be reached",
  "plan-unsound": "the plan did not hold",
  "nothing-changed": "the Implementer changed nothing",
  "merge-conflict": "the branch conflicts with its base",
  "merge-refused": "the merge was refused",
  "protected-paths": "protected files were touched",
  unproven: "required proof is missing",
  "github-refused": "a request was refused",
  "ticket-unclear": "the ticket is unclear",
  "part-left-out": "a part that others need was left out",
  internal: "this program had an error",
};

type HaltFacts = HaltDraft["data"]["because"]["facts"];

/** One line a way out, the action first. */
export const HELP_LINES: { readonly [H in Help]: (facts: HaltFacts, ticket?: Ticket | null) => string } = {
  resume: () => "`/coop resume` continues the ticket",
  "resume-without-part": () => "`/coop resume` goes on with the other parts without it",
  "resume-tomorrow": () => "`/coop resume` after midnight UTC continues the ticket",
  "resume-when-reopened": () => "Reopen the issue if it is still closed, then say `/coop resume`",
  "resume-when-pull-reopened": () =>
    "Reopen the pull request if it is still closed (restore its branch first, if deleted), then say `/coop resume`",
  "resume-when-resolved": () => "Or resolve the conflict on the branch yourself, then say `/coop resume`",
  "resume-when-unblocked": () =>
    "Remove what GitHub names, then say `/coop resume` and approve again with `/coop approve`",
  "resume-with-new-text": () => "`/coop resume` takes the text as it is now",
  "resume-when-pushed": () => "Push a fix to the branch, then say `/coop resume`",
  retry: () => "`/coop retry` runs the step again",
  "retry-later": () => "`/coop retry` asks again, once the provider is back",
  "retry-proof": () => "`/coop retry` collects the proof again",
  "retry-when-restored": () => "Restore the branch on GitHub, then say `/coop retry`",
  "retry-when-corrected": () => "Correct `.github/coop.yml` on the default branch, then say `/coop retry`",
  "retry-when-permitted": () =>
    "Remove the obstacle named above or give the App the permission, then say `/coop retry`",
  "put-label-back": () => "Put the `coop` label back on the issue",
  unlock: () => "Unlock the conversation of the issue and, if there is one, of its pull request",
  "leave-draft": () =>
    "Mark the pull request as ready for review. The ticket is then ready again and waits for an approval",
  "let-in": () => "Install the App for this repository again, or end its suspension. The ticket then goes on by itself",
  "keep-text": () => "`/coop approve` keeps the text that was read",
  "take-text": () => "`/coop rework <what changed>` takes the new text",
  "accept-item": (facts) =>
    `\`/coop accept ${namedIn(facts, "items") ?? "<item>"} <why>\` lets it pass for this commit (several at once: \`a,b\`)`,
  "dismiss-finding": (facts) =>
    `\`/coop dismiss ${namedIn(facts, "findings") ?? "<finding>"} <why>\` sets the finding aside for good`,
  "accept-protected": () => "`/coop approve` accepts exactly these files at this commit",
  rework: () => "`/coop rework <what to do instead>` starts another round",
  "rework-one-more": () => "`/coop rework <what to do differently>` grants one more round",
  "rework-on-base": () => "`/coop rework Take in the base branch` writes the change again on top of it",
  "other-author": () => "For another author, say `/coop assign implementer=<model>` before the rework",
  "other-model": () => "`/coop assign <role>=<model>` gives the role to another model. Then say `/coop retry`",
  "start-today": () => "`/coop budget +1` starts this ticket today anyway",
  "raise-budget": (facts, ticket = null) =>
    `\`/coop budget +${raiseOffered(ticket, missingMicroUsd(facts))}\` raises the budget and continues`,
  stop: () => "`/coop stop` ends the ticket",
};

/** The same at a desk, where nothing is done on GitHub. */
const HELP_LINES_AT_DESK: Partial<typeof HELP_LINES> = {
  "resume-when-pull-reopened": () => "Restore the branch, then say `/coop resume`",
  "resume-when-unblocked": () =>
    "Remove what is named above, then say `/coop resume` and approve again with `/coop approve`",
  "retry-when-restored": () => "Restore what is gone, then say `/coop retry`",
  "retry-when-corrected": () =>
    "Correct `.github/coop.yml`, commit it to the branch that the ticket began from, then say `/coop retry`",
  "retry-when-permitted": () => "Remove the obstacle named above, then say `/coop retry`",
};

function helpLine(help: Help, facts: HaltFacts, ticket: Ticket | null): string {
  const own = ticket?.forge.kind === "desk" ? HELP_LINES_AT_DESK[help] : undefined;
  return (own ?? HELP_LINES[help])(facts, ticket);
}

/** The one thing that is offered, or the choice of several. */
function namedIn(facts: HaltFacts, list: "items" | "findings"): string | null {
  const names = list in facts ? ((facts as Partial<Record<string, readonly string[]>>)[list] ?? []) : [];
  return names.length > 0 ? names.slice(0, OFFERS_NAMED_MAX).join("|") : null;
}

/** More of them do not fit the line of a way out. */
const OFFERS_NAMED_MAX = 8;

/** What the call lacks that was too dear, or had too many tokens. */
function missingMicroUsd(facts: HaltFacts): number {
  if ("raiseUsd" in facts) return facts.raiseUsd * 1_000_000;
  return "costMicroUsd" in facts ? facts.costMicroUsd - facts.leftMicroUsd : 0;
}

/** What a person can do, as lines of the halt's entry. */
export function helpLines({ because, helps }: HaltDraft["data"], ticket: Ticket | null): string[] {
  return helpsFor(helps, ticket).map((help) => helpLine(help, because.facts, ticket));
}
