import type { MergeRule } from "../../core/rules/merge-rule.ts";
import { ended, listed } from "../format.ts";

/** Who can mend what kept a merge from happening, and how. One sentence a rule, after GitHub's own words. */
const MENDED_BY: Readonly<Record<MergeRule, string>> = {
  queue:
    "The branch has a merge queue that the App could not join. Somebody with write access can queue the pull request.",
  "queue-left":
    "The failed run of the queue stands in the pull request's timeline. Fix the cause, or let the bot do it with `/coop rework`.",
  "queue-slow": "Somebody who administers the repository should look at its merge queue.",
  conversations: "The authors of those conversations, or a person with write access, have to resolve them.",
  linear:
    "The base branch wants a linear history, and the repository allows neither squash nor rebase. An administrator can allow one of them.",
  method:
    "The repository's settings do not allow this way of merging. Name an allowed one under `merge` in .github/coop.yml, or let an administrator allow it.",
  "review-changes":
    "The reviewer who asked for changes has to approve, or somebody with write access dismisses that review.",
  "code-owner": "A code owner of the changed files has to approve the pull request on GitHub.",
  reviews: "A person with write access has to approve the pull request on GitHub.",
  checks: "Wait until the required check passes, or let an administrator correct the list of required checks.",
  "out-of-date": "Update the branch: press *Update branch* on the pull request.",
  signatures:
    "Commits that people pushed to the branch need a signature. Their author can sign them, or an administrator lifts the rule.",
  deployments: "The required deployment has to succeed first.",
  "commit-text":
    "The App's commits do not fit that rule. Somebody with write access can merge by hand with a message that fits, or an administrator excepts the App.",
  locked: "The base branch is locked. An administrator can unlock it.",
  push: "The App may not push to the base branch. An administrator can add it to those who may.",
  draft: 'A draft says "not yet".',
  "dry-run": "Take `dryRun` out of .github/coop.yml on the default branch, then stop this ticket and start it again.",
  desk: "The ticket's own branch stays as it is.",
  other: "Somebody who administers the repository can lift this rule or meet it.",
};

export function mergeRefused({
  reason,
  rule = "other",
  links = [],
  hours,
}: {
  readonly reason: string;
  readonly rule?: MergeRule;
  readonly links?: readonly string[];
  /** So long it was waited for. */
  readonly hours?: number;
}): string {
  const where = links.length > 0 ? ` Open: ${listed(links)}.` : "";
  return `The merge was refused: ${ended(reason || ofQueue(rule, hours))} ${MENDED_BY[rule]}${where}`;
}

/** What a queue did, which no answer of GitHub's tells. */
function ofQueue(rule: MergeRule, hours = 0): string {
  if (rule === "queue-left") return "the merge queue took the pull request out without merging it";
  return rule === "queue-slow" ? `the merge queue did not merge it in ${hours} hours` : "";
}
