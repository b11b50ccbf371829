import { describe, expect, it } from "@jest/globals";
import { type MergeMethod, mergeRuleOf, methodsLeft, wantedMethod } from "./merge-rule.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

describe("the rule in GitHub's refusal", () => {
  it.each([
    ["Changes must be made through the merge queue", "queue"],
    ["Repository rule violations found\n\nChanges must be made through the merge queue\n\n", "queue"],
    [
      "Repository rule violations found\n\nA conversation must be resolved before this pull request can be merged.\n\n",
      "conversations",
    ],
    ["All comments must be resolved.", "conversations"],
    ["This branch must not contain merge commits.", "linear"],
    ["Merge commits are not allowed on this repository.", "method"],
    ["Squash merges are not allowed on this repository.", "method"],
    ["Rebase merges are not allowed on this repository.", "method"],
    ["At least 1 approving review is required by reviewers with write access.", "reviews"],
    ["Waiting on code owner review from acme/security.", "code-owner"],
    ["Changes were requested by rita.", "review-changes"],
    ["1 review requesting changes by reviewers with write access.", "review-changes"],
    [
      'Repository rule violations found\n\n2 reviews requesting changes by reviewers with write access.\n\nRequired status check "x" is expected.',
      "review-changes",
    ],
    ["New changes require approval from someone other than the last pusher.", "reviews"],
    ["5 of 10 required status checks have not succeeded: 4 expected and 1 failing.", "checks"],
    ["Required workflows 'Semantic Pull Request' are not satisfied", "checks"],
    ['Required status check "ci/security" is expected.', "checks"],
    ["2 of 3 required status checks are expected.", "checks"],
    ["Required status check is out of date", "out-of-date"],
    ["Commits must have verified signatures.", "signatures"],
    ["Missing successful active production deployment.", "deployments"],
    [
      "Repository rule violations found\n\nCommit message must match a given regex pattern: ^deploy: \n\n",
      "commit-text",
    ],
    ["Commit author email must end with a given pattern: @acme.example", "commit-text"],
    ["Committer email must not contain a given pattern: noreply", "commit-text"],
    ["Required deployment to production has not succeeded", "deployments"],
    ["Cannot change this locked branch", "locked"],
    ["You're not authorized to push to this branch.", "push"],
    ["Resource not accessible by integration", "push"],
    ["Pull Request is still a draft", "draft"],
    ["The moon is full", "other"],
    ["", "other"],
  ])("%j is %s", (sentence, rule) => {
    expect(mergeRuleOf(sentence)).toBe(rule);
  });

  it("is read in linear time", () => {
    const taken = processorTime();
    mergeRuleOf("merge methods ".repeat(200_000));
    expect(taken.ms()).toBeLessThan(5_000);
  });
});

describe("the ways of merging that are left", () => {
  const all: MergeMethod[] = ["merge", "squash", "rebase"];
  it.each([
    [["merge"], { allowed: all, linear: "not-required" }, ["squash", "rebase"]],
    [["merge"], { allowed: ["rebase"], linear: "not-required" }, ["rebase"]],
    [["merge"], { allowed: ["merge"], linear: "required" }, []],
    [["squash"], { allowed: all, linear: "required" }, ["rebase"]],
    [all, { allowed: all, linear: "not-required" }, []],
    [["merge"], { allowed: null, linear: "not-required" }, ["squash", "rebase"]],
  ] as const)("after %j with %j: %j", (tried, settings, left) => {
    expect(methodsLeft(tried, settings)).toEqual(left);
  });

  it("follow the policy, whichever way it says it", () => {
    expect([{}, { merge: "squash" as const }, { merge: { method: "rebase" as const } }].map(wantedMethod)).toEqual([
      null,
      "squash",
      "rebase",
    ]);
  });
});
