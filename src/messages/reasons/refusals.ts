import type { RefusalCode } from "../../core/rules/why.ts";
import { code, inline } from "../escape.ts";
import { capital, listed } from "../format.ts";
import { HALT_NAMES } from "../ways-out.ts";
import { PHASE_WORDS } from "../phases.ts";
import type { Sentences } from "./by-code.ts";

const newTicket = "Put the label `coop` on an issue to start a ticket.";
const meant = (command: string | null) => (command === null ? "" : ` Did you mean ${code(command)}?`);

/** Why a command was not followed, and what to say instead. */
export const REFUSALS: Sentences<RefusalCode> = {
  "verb-missing": () => "`/coop` needs a command after it, for example `/coop status`.",
  "command-in-text": () =>
    "I follow commands in comments only, because templates and links can put words into the text of a new issue or pull request. Please say it in a comment.",
  "too-many-commands": ({ max }) =>
    `I follow at most ${max} commands at once. This one and what stands below it were not followed. Please say them again by themselves.`,
  "almost-a-command": ({ meant: command }) =>
    `This looks like a command, but I follow commands only where a new comment begins with them, as plain text without invisible characters. Write ${code(command)} in a comment of its own.`,
  "verb-unknown": ({ said, meant: verb }) =>
    `${code(`/coop ${said}`)} is not a command.${meant(verb && `/coop ${verb}`)}`,
  "text-missing": ({ verb }) =>
    verb === "rework"
      ? "Say what to change: `/coop rework <what>`."
      : "Write the answer after the command: `/coop answer <text>`.",
  "assignment-malformed": ({ meant: command }) =>
    `Name a role and a model: \`/coop assign <role>=<model>\`, for example \`/coop assign reviewer=claude-opus-5-5\`.${meant(command)}`,
  "amount-malformed": ({ usdMax, meant: command }) =>
    `Name an amount of at most ${usdMax} dollars: \`/coop budget +<usd>\`, for example \`/coop budget +2.50\`.${meant(command)}`,
  "takes-no-arguments": ({ verb }) => `\`/coop ${verb}\` stands alone. Remove what comes after the command.`,
  "permission-missing": () => "Only people with write permission on this repository can use this command.",
  "label-needs-permission": () =>
    "Only people with write permission on this repository can start a ticket. One of them can add the label again.",
  "permission-unknown": () =>
    "GitHub did not say whether you may write to this repository, so nothing was done. Please repeat the command in a moment. If you used a label, remove it and add it again.",
  "no-ticket-here": () => `This issue is not a ticket. ${newTicket}`,
  "review-needs-pull-request": () => `\`/coop review\` works on pull requests. ${newTicket}`,
  "proof-needs-pull-request": () => `\`/coop proof\` works on pull requests. ${newTicket}`,
  "ticket-proves-itself": () =>
    "This pull request belongs to a ticket, which collects the proof itself after both reviews. `/coop status` shows where it stands.",
  "pull-request-closed": () => "This pull request is closed. Reopen the pull request first.",
  "label-on-ended-ticket": ({ as }) => `This ticket is already ${as}. Open a new issue for more work.`,
  "label-on-pull-request": () => "The label works on issues. To have this pull request reviewed, say `/coop review`.",
  "label-on-closed-issue": () => "This issue is closed. Reopen the issue, then add the label again.",
  ended: ({ as }) => `This ticket is ${as}. Open a new issue for more work.`,
  "answered-without-ticket": () => "This command only asks for information.",
  "parked-already": () => "The ticket is already parked. `/coop resume` continues it.",
  "spoken-too-early": () =>
    "What you decided about changed while your comment was on its way. Look at the latest version, then give the command again.",
  "base-changed-since": ({ base }) =>
    `The pull request was given another base branch while your comment was on its way, so your comment does not count. It now goes to ${code(base)}. Read the proof for that branch when it is there, then give the command again.`,
  "approve-while-halted": ({ as, reason, next }) =>
    `The ticket is ${as}, so there is nothing to approve: ${HALT_NAMES[reason]}. ${capital(next)}.`,
  "nothing-to-approve": ({ phase }) =>
    `There is nothing to approve yet. The ticket is at "${PHASE_WORDS[phase]}"; \`/coop status\` shows what is missing.`,
  "nothing-to-split": ({ phase }) =>
    `There is no plan to split now: the ticket is in the phase "${PHASE_WORDS[phase]}". \`/coop split\` works while a plan waits for approval.`,
  "one-part-only": () =>
    "The plan has one part, so there is nothing to split. `/coop approve` accepts it; `/coop rework Plan it in several parts` asks for another one.",
  "epics-off": () =>
    "The policy of this repository has `epics: { mode: off }`. `/coop approve` builds the first part. To split plans, change `.github/coop.yml`.",
  "epic-is-split": () =>
    "Its parts are tickets of their own. Say it in the thread of the part that you mean; `/coop status` lists them.",
  "skip-malformed": () => "Name a part by its number in the plan: `/coop skip <part>`, for example `/coop skip 2`.",
  "no-parts": ({ phase }) =>
    `There are no parts that could be left out: the ticket is at "${PHASE_WORDS[phase]}". Before a plan is split, \`/coop rework <what>\` asks for another one.`,
  "part-unknown": ({ part, parts }) => `There is no part ${part}. The parts are numbered from 1 to ${parts}.`,
  "part-not-opened": ({ part }) =>
    `The issue of part ${part} is not opened yet. Say it again when this ticket has opened it.`,
  "part-has-ended": ({ part, issue, as }) =>
    `Part ${part} (#${issue}) is ${as === "merged" ? "merged" : "left out"} already.`,
  "part-at-work": ({ part, issue }) =>
    `Part ${part} is at work as #${issue}, a ticket of its own. \`/coop stop\` there leaves it out.`,
  "part-not-begun": ({ issue }) =>
    `This is a part of #${issue} and no ticket of its own yet. \`/coop status\` there says what it waits for. To leave it out, say \`/coop skip\` there or close this issue. To begin it now, also when it was left out or #${issue} has ended, take the label off this issue and put it on again.`,
  "part-of-epic": ({ issue }) =>
    `This ticket is a part of #${issue} already, and parts are not split again. \`/coop approve\` accepts the plan.`,
  "merge-under-way": () => "This commit is already approved, and the merge is on its way.",
  "merge-needs-another": () =>
    "You approved already. Nobody knows who pushed this commit, so another person has to approve as well.",
  "pushed-last": () => "You are the last person who pushed to this branch, so somebody else has to give this command.",
  "acceptance-malformed": ({ meant: command, items }) =>
    `Name items, with commas and no spaces between them, and a reason: \`/coop accept <item>[,<item>] <why>\`. The items are ${listed(items.map(code))}.${meant(command)}`,
  "dismissal-malformed": () => "Name a finding and a reason: `/coop dismiss F-0a1b2c3d <why>`.",
  "nothing-proven-yet": ({ phase }) =>
    `This commit has no proof yet, so nothing can be accepted. The ticket is at "${PHASE_WORDS[phase]}".`,
  "item-not-missing": ({ item }) => `${code(item)} needs no acceptance: nothing required is missing there.`,
  "item-needs-approve": ({ item }) =>
    `${code(item)} is accepted file by file: \`/coop approve\` accepts exactly the files that the bot names.`,
  "item-never-accepted": ({ item }) =>
    `${code(item)} cannot be accepted. A merge without both reviews is what this program prevents.`,
  "policy-forbids-accepting": ({ item }) =>
    `This repository's policy does not let anybody accept ${code(item)} (\`proof.neverAccept\`).`,
  "finding-unknown": ({ said, meant: name, open }) =>
    `There is no finding ${code(said)}.${meant(name && `/coop dismiss ${name}`)} ${open.length > 0 ? `Open are ${listed(open.map(code))}.` : "No finding is open."}`,
  "finding-settled": ({ finding, state }) => `${code(finding)} is ${state} already.`,
  "not-our-branch": () => "A person wrote this pull request. Push the change to its branch, then say `/coop resume`.",
  "no-question-open": () => "There is no open question on this ticket. To ask for a change, say `/coop rework <what>`.",
  "not-halted": ({ phase }) =>
    `The ticket is not halted. It is at "${PHASE_WORDS[phase]}", and I look at it again now.`,
  "budget-first": ({ next }) =>
    `No budget is left for the next call, so \`/coop resume\` alone does not help. ${next && `First: ${inline(next)}.`}`.trim(),
  "rounds-first": () => "The fix rounds are used up. `/coop rework <what to do differently>` grants one more.",
  "text-first": () =>
    "Say which text counts: `/coop approve` for the old one, `/coop rework <what changed>` for the new one.",
  "roles-not-given": () => "The roles are not assigned yet. Please try again in a moment.",
  "model-unknown": ({ model, meant: name, pool }) =>
    `This server has no model ${code(model)}.${meant(name)} Its models are ${listed(pool.map(code))}.`,
  "model-not-for-role": ({ model, role, may }) =>
    `This server's configuration does not let ${code(model)} play the ${role}. ${others(may)}`,
  "model-wrote-it": ({ model, role, may }) =>
    `${code(model)} cannot be the ${role} here, because no model reviews its own work. ${others(may)}`,
};

function others(may: readonly string[]): string {
  if (may.length === 0) return "This server has no other model for it.";
  return may.length === 1 ? `Only ${code(may[0] ?? "")} can.` : `These can: ${listed(may.map(code))}.`;
}
