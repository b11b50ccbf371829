import { expect, it } from "@jest/globals";
import { diffLine, planLines, planText } from "./plan-text.ts";

const named = (format: string, text: string) => `<${format}>${text}</${format}>`;

it("shows a plan in a narrow window, with its table as items, and nothing in it moves the cursor", () => {
  const page = [
    "### Plan",
    "",
    "**Goal.** greet takes a loud option and \u001b[2Jmore words than a line of this window has.",
    "",
    "| File |  | What changes |",
    "| --- | --- | --- |",
    "| `src/greet.js` | change | Take an options object and add the mark when loud. |",
    "",
    "<details><summary>Risks</summary>",
    "",
    "- [ ] **D1** A condition that goes on for longer than one line has room.",
    "1. Run `npm test`.",
    "",
    "</details>",
    "",
    "**Your turn.** `/coop approve`",
  ].join("\n");
  expect(planLines(planText(page), 40, named)).toEqual([
    "<bold>Plan</bold>",
    "",
    "<bold>Goal.</bold> greet takes a loud option and",
    "[2Jmore words than a line of this window",
    "has.",
    "",
    "- `src/greet.js` (change): Take an",
    "  options object and add the mark when",
    "  loud.",
    "",
    "<bold>Risks</bold>",
    "",
    "- [ ] <bold>D1</bold> A condition that goes on",
    "      for longer than one line has room.",
    "1. Run `npm test`.",
  ]);
});

it.each([
  ["+++ b/a.js", "<bold>+++ b/a.js</bold>"],
  ["+\tnew\u001b[31m", "<green>+\tnew[31m</green>"],
  ["-old", "<red>-old</red>"],
  ["@@ -1 +1 @@", "<cyan>@@ -1 +1 @@</cyan>"],
  [" same", " same"],
])("colours a line of a diff: %j", (line, shown) => {
  expect(diffLine(line, named)).toBe(shown);
});
