import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import type { ReviewFacts } from "../evidence.ts";
import { currentReviews, reviews as found } from "./reviews.ts";

/** As people read it. */
const reviews = (...given: Parameters<typeof found>) => worded(found(...given));

/** What two reviews of which commit are worth, and what is said of each. */
const HEAD = "c".repeat(40);
const EARLIER = "d".repeat(40);
const by = (role: ReviewFacts["role"], over: Partial<ReviewFacts> = {}): ReviewFacts => {
  const nothing = { openBlockers: [], brokenCitations: [], done: [], verificationSteps: "yes" } as const;
  return { role, headSha: HEAD, ...nothing, ...over };
};
const of = (...given: readonly ReviewFacts[]) => ({
  reviews: given,
  head: { commitSha: HEAD, treeSha: "", tree: new Map() },
});
const both = [by("reviewer"), by("adversary")];

describe("the reviews of a commit", () => {
  it.each<[string, readonly ReviewFacts[], string, string]>([
    ["both roles looked at it", both, "both", "Reviewer and adversary both looked at commit ccccccc; no blocker is open, and every place they cite exists."],
    ["only one did", [by("reviewer")], "missing", "There is no review by the adversary of commit ccccccc."],
    ["nobody did", [], "missing", "There is no review by the reviewer and the adversary of commit ccccccc."],
    ["one looked at an earlier commit", [by("reviewer"), by("adversary", { headSha: EARLIER })], "missing", "There is no review by the adversary of commit ccccccc."],
    ["a blocker is open, though a review is missing", [by("reviewer", { openBlockers: ["F1"] })], "blockers", "Open blockers: `F1`."],
    ["both name the same blocker", both.map((one) => ({ ...one, openBlockers: ["F1"] })), "blockers", "Open blockers: `F1`."],
    ["a blocker was open on an earlier commit", [by("reviewer", { headSha: EARLIER, openBlockers: ["F1"] }), ...both], "both", "Reviewer and adversary both looked at commit ccccccc; no blocker is open, and every place they cite exists."],
    ["a place that it cites does not exist", [by("reviewer", { brokenCitations: ["a.js:9"] }), by("adversary")], "broken-citations", "The reviews cite places that do not exist: `a.js:9`."],
    ["the role looked again and takes it back", [by("reviewer", { openBlockers: ["F1"] }), ...both], "both", "Reviewer and adversary both looked at commit ccccccc; no blocker is open, and every place they cite exists."],
  ])("%s", (_what, given, code, sentence) => {
    expect(reviews(of(...given))).toMatchObject({ code, evidence: sentence });
  }); // prettier-ignore

  it("are listed, with their commit and what they find of the steps", () => {
    const given = [by("reviewer", { headSha: EARLIER, openBlockers: ["F1"] }), by("adversary", { verificationSteps: "no" })];
    expect(reviews(of(...given)).details).toEqual([
      "reviewer: on the earlier commit ddddddd, 1 open blockers",
      "adversary: on this commit, 0 open blockers; finds the verification steps unusable",
    ]);
  }); // prettier-ignore

  it("are the last ones of each role on this commit", () => {
    const [first, second] = [by("reviewer", { openBlockers: ["F1"] }), by("reviewer")];
    expect(currentReviews(of(first, by("adversary", { headSha: EARLIER }), second))).toEqual([second]);
  });
});
