import type { HaltCode, WhyFacts } from "../../core/rules/why.ts";
import { code } from "../escape.ts";
import { capital, count, ended, issues, listed, number } from "../format.ts";
import { STEP_WORDS } from "../step-words.ts";
import { mergeRefused } from "./merge-rules.ts";
import { BUDGET_SENTENCES } from "./spent-budgets.ts";
import type { Sentences } from "./by-code.ts";

/** Why a ticket stands still, in one or two sentences. What helps is listed below them (`../ways-out.ts`). */
export const HALT_SENTENCES: Sentences<HaltCode> = {
  "parked-by-person": ({ by }) => `${by} parked the ticket.`,
  "label-taken-away": () => "Somebody removed the label that started this ticket.",
  "issue-was-closed": () => "Somebody closed the issue before the ticket was done.",
  "pull-request-was-closed": () =>
    "The pull request was closed without a merge. Deleting its branch also closes a pull request.",
  "text-was-changed": () =>
    "The issue's title or text changed after the bot had read it. Please say which text counts.",
  "text-is-lost": () => "The issue changed before the bot could read it.",
  "ledger-too-long": ({ entriesMax }) =>
    `This ticket has more than ${entriesMax} ledger entries, so something repeats without getting anywhere. Please open a new issue for what is left.`,
  "pull-request-has-blockers": () => "The reviews found blockers.",
  "blocker-survived": ({ times }) => `The same blocker survived ${count(times, "fix round")}.`,
  "rounds-used": ({ rounds }) =>
    `${rounds === 0 ? "The policy allows no fix rounds" : `${rounds === 1 ? "The only fix round is" : `All ${rounds} fix rounds are`} used`}, and something still blocks the merge.`,
  "nobody-independent": ({ model, role }) =>
    `The review by ${code(model)} is not independent, and no other model of this server may be the ${role}. Without it nothing is proven.`,
  "step-failed-often": ({ step, times }) => `${capital(STEP_WORDS[step])} failed ${count(times, "time")} in a row.`,
  "protected-files-touched": () => "The change touches protected files. Only a person can accept that.",
  "proof-never-settles": ({ times }) =>
    `The base branch or the checks changed again after each of ${times} proofs. Wait until both have settled, then retry.`,
  "proof-missing": () => "Part of the required proof is missing.",
  "part-left-out": ({ parts, missing }) =>
    `${issues(parts)} cannot begin, because ${issues(missing)} was left out and the plan says that it comes first. Once ${issues(missing)} is reopened and resumed, this goes on by itself.`,
  "issue-refused": ({ reason }) => `GitHub did not let me open the issue of a part: ${ended(reason)}`,
  "branch-unreadable": ({ branch }) => `The default branch \`${branch}\` cannot be read. The repository may be empty.`,
  "commit-gone": ({ ref }) => `The commit or branch \`${ref}\` is gone from the repository.`,
  "branch-taken": ({ branch }) =>
    `The branch \`${branch}\` already exists with other work on it. Please delete or rename that branch.`,
  "policy-unreadable": ({ path, bytesMax }) =>
    `\`${path}\` could not be read. The file may have at most ${number(bytesMax)} bytes.`,
  "policy-line-wrong": ({ path, line, problem }) => `\`${path}\` line ${line}: ${problem}`,
  "pin-only-writes": ({ role, model }) =>
    `The policy pins the ${role} to \`${model}\`, which is a coding agent and can only be the implementer.`,
  "pin-not-in-pool": ({ role, model, pool }) =>
    `The policy pins the ${role} to \`${model}\`, but this server's models are ${listed(pool)}.`,
  "nobody-for-role": ({ role }) => `No model of this server may play the ${role}.`,
  "nobody-to-doubt": ({ author, pool }) =>
    `If \`${author}\` writes, no other model is left to review. This server's models are ${listed(pool)}. The policy's pins may rule some of them out.`,
  ...BUDGET_SENTENCES,
  "nothing-was-changed": () => "The Implementer finished without changing a file.",
  "too-many-files": ({ files, filesMax }) =>
    `The change touches ${count(files, "file")}. The policy allows ${filesMax} (\`limits.changedFiles\`).`,
  "forge-refuses": ({ reason }) => `GitHub has refused the same thing for more than ten minutes. ${ended(reason)}`,
  "repository-away": ({ reason }) =>
    `The App has not been able to reach this repository for more than ten minutes. ${ended(reason)}`,
  "conversation-locked": () =>
    "The conversation was locked, so I could not write here. Once it is unlocked, I go on by myself. If I do not, say `/coop retry`.",
  "commit-refused": (facts) => `The commit was refused: ${ended(facts.reason)}${mendedBy(facts)}`,
  "pull-request-refused": ({ branch, reason }) =>
    `GitHub did not open a pull request from \`${branch}\`: ${ended(reason)}`,
  "merge-refused": mergeRefused,
  "merge-conflicts": ({ base }) => `The pull request conflicts with \`${base}\`, which has moved on.`,
};

/** Who can mend what kept a commit from being written, where GitHub's own words leave that open. */
function mendedBy({ reason, workflows }: WhyFacts["commit-refused"]): string {
  if (workflows === "touched")
    return " The App may not write under `.github/workflows/`. A person has to make that part of the change.";
  if (/\bsecret\b/i.test(reason))
    return " GitHub takes something in the change for a secret. An administrator can allow it where it is none.";
  return /rule violation|restricted|must (?:not )?(?:match|start|end|contain)/i.test(reason)
    ? " An administrator can except the App, or branches under `coop/`, from that rule."
    : "";
}
