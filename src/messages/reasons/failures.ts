import type { FailureCode } from "../../core/rules/why.ts";
import { capital } from "../format.ts";
import { STEP_WORDS } from "../step-words.ts";
import type { Sentences } from "./by-code.ts";

/** Why one try of a step failed. */
export const FAILURES: Sentences<FailureCode> = {
  "model-not-in-pool": ({ model }) => `The model \`${model}\` is no longer in this server's pool.`,
  "model-failed-so": ({ sentence, problems }) => [sentence, ...problems].join(" "),
  "review-not-independent": ({ sentence }) => sentence,
  "mergeable-unknown": () => "GitHub has not worked out yet whether the pull request can be merged.",
  "head-unsettled": () => "GitHub refused the merge because the head had moved, and still shows the same head.",
  "step-broke": ({ step, logId }) =>
    `${capital(STEP_WORDS[step])} failed because of an error in this program. Its log has the details under "${logId}".`,
};
