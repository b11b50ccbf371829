import { shortSha } from "../../core/ledger/ids.ts";
import type { FoundSentences } from "./by-code.ts";
import { names } from "./spelled.ts";

export const REVIEWS: FoundSentences<"reviews"> = {
  both: ({ sha }) =>
    `Reviewer and adversary both looked at commit ${shortSha(sha)}; no blocker is open, and every place they cite exists.`,
  missing: ({ roles, sha }) =>
    `There is no review by ${roles.map((role) => `the ${role}`).join(" and ")} of commit ${shortSha(sha)}.`,
  blockers: ({ blockers }) => `Open blockers: ${names(blockers)}.`,
  "broken-citations": ({ places }) => `The reviews cite places that do not exist: ${names(places)}.`,
};
