import { describe, expect, it } from "@jest/globals";
import { aDraft, entriesOf, HEAD_SHA, MERGED_SHA, TEST_START } from "../../test/support/builders.ts";
import { latencyOf } from "./latency.ts";
import { afterMerge, type Commit } from "./outcome.ts";
import { replay } from "./replay.ts";
import { scorecard } from "./scorecard.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A ticket that changed one file and was merged so many days after the first. */
function merged(ticket: string, path: string, day: number) {
  const files = [{ path, action: "change" as const, added: 1, removed: 0 }];
  const start = new Date(TEST_START.getTime() + day * DAY_MS);
  return entriesOf([aDraft("opened"), aDraft("routed"), aDraft("implemented", { files }), aDraft("merged")], {
    ticket,
    start,
  });
}

describe("what became of a change after its merge", () => {
  const first = merged("acme/tally#1", "a.js", 0);
  it.each([
    ["the same file soon after", merged("acme/tally#2", "a.js", 3), "touched-again"],
    ["the same file much later", merged("acme/tally#2", "a.js", 20), "stands"],
    ["another file", merged("acme/tally#2", "b.js", 3), "stands"],
    ["a file of that name elsewhere", merged("acme/other#2", "a.js", 3), "stands"],
    ["the same file before it", merged("acme/tally#2", "a.js", -3), "stands"],
  ])("%s", (_what, other, fate) => {
    expect(afterMerge([other, first]).get("acme/tally#1")).toBe(fate);
  });

  const DAY = 24 * 60 * 60 * 1000;
  const commit = (over: Partial<Commit>): Commit => {
    return { sha: "9".repeat(40), atMs: TEST_START.getTime() + 2 * DAY, author: "petra", message: "Tidy", files: ["b.js"], ...over }; // prettier-ignore
  };
  it.each<[string, Partial<Commit>, string]>([
    ["people changed another file", {}, "stands"],
    ["people changed its file soon", { files: ["a.js"] }, "touched-by-people"],
    ["people changed its file much later", { files: ["a.js"], atMs: TEST_START.getTime() + 20 * DAY }, "stands"],
    ["people had changed its file before", { files: ["a.js"], atMs: TEST_START.getTime() - DAY }, "stands"],
    ["a bot changed its file", { files: ["a.js"], author: "dependabot[bot]" }, "stands"],
    ["its own commit", { files: ["a.js"], sha: HEAD_SHA }, "stands"],
    ["git reverted it", { message: `Revert "Add"\n\nThis reverts commit ${MERGED_SHA}.` }, "reverted"],
    [
      "git reverted it long after",
      { message: `This reverts commit ${MERGED_SHA.slice(0, 12)}.`, atMs: TEST_START.getTime() + 90 * DAY },
      "reverted",
    ],
    ["GitHub's button reverted it", { message: 'Revert "Add" (#14)\n\nReverts acme/tally#13' }, "reverted"],
    ["another pull request was reverted", { message: "Reverts acme/tally#131" }, "stands"],
    ["another commit was reverted", { message: `This reverts commit ${"8".repeat(40)}.` }, "stands"],
    ["a revert is only spoken of", { message: `We do not say "This reverts commit ${MERGED_SHA}".` }, "stands"],
  ])("by the history of a clone: %s", (_what, over, fate) => {
    const one = entriesOf(
      [
        aDraft("opened"),
        aDraft("routed"),
        aDraft("implemented", { files: [{ path: "a.js", action: "change", added: 1, removed: 0 }] }),
        aDraft("pull_request_opened"),
        aDraft("merged", { headSha: HEAD_SHA }),
      ],
      { ticket: "acme/tally#1" },
    );
    expect(afterMerge([one], new Map([["acme/tally", [commit(over)]]])).get("acme/tally#1")).toBe(fate);
  });

  const reopened = (...before: Parameters<typeof entriesOf>[0]) =>
    entriesOf([...before, aDraft("issue_reopened")], { ticket: "acme/tally#1" });
  const done = [aDraft("opened"), aDraft("routed"), aDraft("implemented"), aDraft("merged")];
  it("its issue was opened again, which a revert outweighs and a later commit does not", () => {
    const fate = (...commits: Partial<Commit>[]) =>
      afterMerge([reopened(...done)], new Map([["acme/tally", commits.map(commit)]])).get("acme/tally#1");
    expect(fate()).toBe("reopened");
    expect(fate({ files: ["src/report.js"] })).toBe("reopened");
    expect(fate({ message: `This reverts commit ${MERGED_SHA}.` })).toBe("reverted");
    const scores = scorecard([reopened(...done)]);
    expect(scores.find((one) => one.role === "implementer")).toMatchObject({ merged: 1, reopened: 1, touchedAgain: 0 });
  });

  const A = "a".repeat(40);
  it.each<[string, Partial<Commit>[], string]>([
    ["its merge by hand was reverted", [{ message: `This reverts commit ${A}, reversing\nchanges made to ${"0".repeat(40)}.` }, { sha: A, parents: ["0".repeat(40), HEAD_SHA] }], "reverted"], // prettier-ignore
    ["what was merged into its branch was reverted", [{ message: `This reverts commit ${A}.` }, { sha: A, parents: [HEAD_SHA, "0".repeat(40)] }], "stands"], // prettier-ignore
    ["its revert was reverted", [{ message: `This reverts commit ${A}.` }, { sha: A, message: `This reverts commit ${MERGED_SHA}.` }], "stands"], // prettier-ignore
    ["its revert's pull request was reverted", [{ message: "Reverts acme/tally#14" }, { message: 'Revert "Add" (#14)\n\nReverts acme/tally#13' }], "stands"], // prettier-ignore
    ["its revert was reverted, and that again", [{ message: `This reverts commit ${"b".repeat(40)}.` }, { sha: "b".repeat(40), message: `This reverts commit ${A}.` }, { sha: A, message: `This reverts commit ${MERGED_SHA}.` }], "reverted"], // prettier-ignore
  ])("by the history of a clone: %s", (_what, commits, fate) => {
    const one = entriesOf([aDraft("opened"), aDraft("routed"), aDraft("implemented"), aDraft("pull_request_opened"), aDraft("merged", { headSha: HEAD_SHA })]); // prettier-ignore
    const history = new Map([["acme/tally", commits.map(commit)]]);
    expect(afterMerge([one], history).get("acme/tally#12")).toBe(fate);
  });

  it("follows by replay once, after a merge, and never otherwise", () => {
    const verdicts = (...drafts: Parameters<typeof entriesOf>[0]) => replay(reopened(...drafts)).at(-1)?.verdict;
    expect(verdicts(...done)).toBe("follows");
    expect(verdicts(...done, aDraft("issue_reopened"))).toBe("unexplained");
    expect(verdicts(...done.slice(0, 3))).toBe("unexplained");
    expect(verdicts(...done.slice(0, 3), aDraft("stopped"))).toBe("unexplained");
  });

  it("is told of the model that wrote it, and of merged tickets alone", () => {
    const open = entriesOf([aDraft("opened"), aDraft("implemented")], { ticket: "acme/tally#3" });
    const scores = scorecard([first, merged("acme/tally#2", "a.js", 3), open]);
    expect(scores.find((one) => one.role === "implementer")).toMatchObject({ tickets: 3, merged: 2, touchedAgain: 1 });
  });
});

it("tells how long a model takes in a role", () => {
  const call = (step: string, latencyMs: number, model = "opus") => ({ model, step, latencyMs });
  const calls = [...[5, 1, 4, 2, 3].map((ms) => call("reviewer.review.0", ms)), call("architect.plan.0", 99), call("reviewer.review.0", 50, "sol")]; // prettier-ignore
  expect(latencyOf({ model: "opus", role: "reviewer" }, calls)).toEqual({ median: 3, p90: 5 });
  expect(latencyOf({ model: "opus", role: "adversary" }, calls)).toBeNull();
});
