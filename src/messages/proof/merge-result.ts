import type { FoundSentences } from "./by-code.ts";
import { cannot } from "./cannot.ts";
import { names } from "./spelled.ts";

/** As git and GitHub shorten it. */
const SHA_SHOWN = 7;

export const MERGE_RESULT: FoundSentences<"merge-result"> = {
  passes: ({ sha }) => `The tests pass on the merge with the base branch at ${at(sha)}.`,
  "not-moved": () => "The base branch has not moved since this change began.",
  "cannot-run": ({ sha, because }) =>
    `The base branch moved to ${at(sha)} and nobody has run the tests on the merge of both. ${cannot(because)} Update the branch, so that its checks run on the merge.`,
  "no-runner": ({ sha }) => `The base branch moved to ${at(sha)} and no command tests the merge of both.`,
  "base-red": ({ sha }) => `The base branch at ${at(sha)} does not pass its own tests, alone or merged.`,
  fails: ({ sha }) => `The tests fail on the merge with the base branch at ${at(sha)}, and pass on each alone.`,
  conflicts: ({ sha, files }) => `The change conflicts with the base branch at ${at(sha)} in ${names(files)}.`,
};

function at(sha: string): string {
  return `\`${sha.slice(0, SHA_SHOWN)}\``;
}
