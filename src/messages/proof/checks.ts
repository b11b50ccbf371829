import type { FoundSentences } from "./by-code.ts";
import { names, plural } from "./spelled.ts";

export const CHECKS: FoundSentences<"checks"> = {
  green: ({ checks }) => `${plural(checks.length, "check")} of the repository green on this commit: ${names(checks)}.`,
  "none-on-head": ({ checks }) =>
    `The base commit has checks (${names(checks)}), but none ran on this commit. Start them on this commit.`,
  none: () =>
    "There are no check runs of the repository on this commit: a CI check would show it, or a person accepts it as it is.",
  "not-reported": ({ checks }) => `Not reported on this commit yet: ${names(checks)}.`,
  pending: ({ checks }) => `Still running on this commit: ${names(checks)}.`,
  "no-verdict": ({ people, others }) =>
    [
      ...(people.length > 0 ? [`Waits for people to sign, which no change of the code does: ${names(people)}.`] : []),
      ...(others.length > 0 ? [`Ended without a verdict on the code: ${names(others)}. Run them again.`] : []),
    ].join(" "),
  "all-skipped": ({ checks }) => `Every check on this commit was skipped: ${names(checks)}.`,
  red: ({ checks }) => `Red on this commit: ${names(checks)}.`,
};
