import type { WhyCode } from "../../core/rules/why.ts";
import { code } from "../escape.ts";
import { ended, listed } from "../format.ts";
import type { Sentences } from "./by-code.ts";

/**
 * The same reasons for somebody at a desk, who has a branch and a terminal in place of issues, pull requests, comments and an
 * App. A code without a sentence here reads the same in both places (`at-desk.test.ts`).
 */
export const AT_DESK: Partial<Sentences<WhyCode>> = {
  "text-unclear": () => "The router could not tell from the ticket what to build.",
  "no-plan": () => "This text of the ticket has no plan yet.",
  "look-before-writing": () => "The ticket may have changed since the plan was approved.",
  "no-pull-request": () => "The change is not open for review yet.",
  "look-before-merge": () => "The ticket or its branch may have changed since the approval.",
  "pull-request-merged": () => "The change is merged.",
  "base-branch-changed": ({ to }) => `The change is now made against ${code(to)}.`,
  "text-decided-before": () => "The ticket has a text again that was decided about before.",

  "pull-request-was-closed": () =>
    "The branch of the change, or the branch that it began from, was deleted. Bring it back with `git branch`, then continue.",
  "text-was-changed": () => "The ticket's title or text changed after it was read. Please say which text counts.",
  "text-is-lost": () => "The ticket changed before it could be read.",
  "ledger-too-long": ({ entriesMax }) =>
    `This ticket has more than ${entriesMax} ledger entries, so something repeats without getting anywhere. Begin a new ticket for what is left.`,
  "nobody-independent": ({ model, role }) =>
    `The review by ${code(model)} is not independent, and no other model of the pool may be the ${role}. Without it nothing is proven.`,
  "issue-refused": ({ reason }) => `The ticket of a part could not be opened: ${ended(reason)}`,
  "pin-not-in-pool": ({ role, model, pool }) =>
    `The policy pins the ${role} to \`${model}\`, but the models of the pool are ${listed(pool)}.`,
  "nobody-for-role": ({ role }) => `No model of the pool may play the ${role}.`,
  "nobody-to-doubt": ({ author, pool }) =>
    `If \`${author}\` writes, no other model is left to review. The pool's models are ${listed(pool)}. The policy's pins may rule some of them out.`,
  "forge-refuses": ({ reason }) =>
    `The repository has refused the same thing for more than ten minutes. ${ended(reason)}`,
  "commit-refused": ({ reason }) => `The commit was refused: ${ended(reason)}`,
  "pull-request-refused": ({ branch, reason }) => `\`${branch}\` could not be opened for review: ${ended(reason)}`,
  "merge-conflicts": ({ base }) => `The change conflicts with \`${base}\`, which has moved on.`,
  "model-not-in-pool": ({ model }) => `The model \`${model}\` is no longer in the pool.`,

  "almost-a-command": ({ meant }) =>
    `This looks like a command, but a command has to begin the text. Say ${code(meant)} by itself.`,
  "no-ticket-here": () => "There is no such ticket here.",
  "review-needs-pull-request": () => "A ticket has its reviews anyway. `coop review` looks at a change that you wrote.",
  "proof-needs-pull-request": () => "A ticket is proven anyway. `coop proof` proves a change that you wrote.",
  "ticket-proves-itself": () =>
    "A ticket collects its proof itself after both reviews. `/coop status` shows where it stands.",
  "pull-request-closed": () => "This change was taken back.",
  ended: ({ as }) => `This ticket is ${as}. Begin a new one for more work.`,
  "spoken-too-early": () =>
    "What you decided about has changed meanwhile. Look at the latest version, then give the command again.",
  "base-changed-since": ({ base }) =>
    `The change was given another base branch meanwhile, so this does not count. It now goes to ${code(base)}. Read the proof for that branch when it is there, then give the command again.`,
  "epic-is-split": () =>
    "Its parts are tickets of their own. Say it to the ticket of the part that you mean; `/coop status` lists them.",
  "part-not-opened": ({ part }) =>
    `The ticket of part ${part} is not opened yet. Say it again when this ticket has opened it.`,
  "part-not-begun": ({ issue }) =>
    `This is a part of ticket ${issue} and waits for its turn. \`coop resume ${issue}\` works on the parts in their order, and \`coop resume ${issue} --say "/coop skip <part>"\` leaves one out.`,
  "item-needs-approve": ({ item }) =>
    `${code(item)} is accepted file by file: \`/coop approve\` accepts exactly the files that are named.`,
  "not-our-branch": () => "A person wrote this change. Commit to its branch, then say `/coop resume`.",
  "model-unknown": ({ model, meant, pool }) =>
    `The pool has no model ${code(model)}.${meant === null ? "" : ` Did you mean ${code(meant)}?`} Its models are ${listed(pool.map(code))}.`,
  "model-not-for-role": ({ model, role, may }) =>
    `The pool does not let ${code(model)} play the ${role}. ${othersOf(may)}`,
  "model-wrote-it": ({ model, role, may }) =>
    `${code(model)} cannot be the ${role} here, because no model reviews its own work. ${othersOf(may)}`,
};

function othersOf(may: readonly string[]): string {
  return may.length === 0 ? "The pool has no other model for it." : `These can: ${listed(may.map(code))}.`;
}
