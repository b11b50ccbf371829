import { describe, expect, it } from "@jest/globals";
import { aDraft, entriesOf, TEST_START } from "../../test/support/builders.ts";
import { afterMerge } from "./outcome.ts";
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

  it("is told of the model that wrote it, and of merged tickets alone", () => {
    const open = entriesOf([aDraft("opened"), aDraft("implemented")], { ticket: "acme/tally#3" });
    const scores = scorecard([first, merged("acme/tally#2", "a.js", 3), open]);
    expect(scores.find((one) => one.role === "implementer")).toMatchObject({ tickets: 3, merged: 2, touchedAgain: 1 });
  });
});
