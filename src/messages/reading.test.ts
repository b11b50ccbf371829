import { describe, expect, it } from "@jest/globals";
import { aDraft, aFinding, aTicketLedger, entriesOf, storyDrafts } from "../../test/support/builders.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { renderEntries } from "./entry.ts";

/** The reading of one draft after a story that knows plan, findings and pull request. */
function reading(draft: EntryDraft): string {
  const story = aTicketLedger("reviewed").map(({ kind, data }) => ({ kind, data }) as EntryDraft);
  const chain = entriesOf([...story, draft]);
  return renderEntries(chain, chain.slice(-1));
}

describe("what people read", () => {
  it("plan", () => {
    expect(reading(aDraft("planned"))).toMatchInlineSnapshot(`
     "### Plan

     **Architect** · \`claude-opus-5-5\` · $0.0314

     **Goal.** \`tally report --since <date>\` counts only entries on or after that date.

     **Add --since to the report**, about 40 lines in 2 files:

     | File |  | What changes |
     | --- | --- | --- |
     | \`src/report.js\` | change | Filter entries by date before they are summed. |
     | \`test/since.test.js\` | create | Pins down the boundary day and a bad date. |

     **Tests**

     - test/since.test.js: an entry on the boundary day is counted

     **Definition of Done**

     - [ ] **D1** An entry on the boundary day is counted (test: \`test/since.test.js: boundary day\`)
     - [ ] **D2** A date that does not exist ends with exit code 2 (command: \`node bin/tally.js report --since 2026-02-30\`)

     **How to verify**

     1. Run \`npm test\`: all tests pass, 3 of them new.

     **Cost.** About $0.3140 to $1.07 in all, of a budget of $5.00.

     **Time.** About 10 to 30 minutes of work in all, without the time that people take.

     <details><summary>Constraints, assumptions and risks</summary>

     **Constraints**

     - The default output stays byte for byte as it is.

     **Assumptions**

     - Dates are in UTC.

     **Risks**

     - Entries without a date are dropped by the filter.

     </details>

     **Your turn.** \`/coop approve\` accepts exactly plan \`64879f7\` and ticket text \`982d9e3\`. \`/coop rework <what>\` asks for another plan."
    `);
  });
  it("implementation with an answer and a file outside the plan", () => {
    const answers = [
      { findingId: aFinding().id, status: "disputed" as const, evidence: "The plan says after the day." },
    ];
    const unplanned = [{ path: "README.md", why: "The option is documented there." }];
    // What is as it was in the round before is not said again.
    const trail = {
      ...(aDraft("implemented") as Extract<EntryDraft, { kind: "implemented" }>).data.trail,
      limitations: ["No leap seconds."],
    };
    expect(reading(aDraft("implemented", { round: 1, answers, unplanned, trail }))).toMatchInlineSnapshot(`
     "### Fix round 1

     **Implementer** · \`gpt-5.5-codex\` · \`2222222\` · $0.0840

     The report takes \`--since\` and drops older entries before it sums.

     ✅ **Verification:** npm test passed. 17 tests ran.

     **Answers to the findings**

     - **Disputed** \`F-7e9ae5df\` The boundary day is left out

       The plan says after the day.

     **Known limitations**

     - No leap seconds.

     <details><summary>The whole change: 2 files, +45 −2</summary>

     | File |  | Lines |
     | --- | --- | --- |
     | \`src/report.js\` |  | +14 −2 |
     | \`test/since.test.js\` | new | +31 −0 |

     </details>

     **Outside the plan**

     - \`README.md\`: The option is documented there."
    `);
  });
  it("review with a blocker and a lowered finding", () => {
    const lowered = aFinding({ severity: "concern", title: "No help text", quote: null, path: null, line: null, lowered: "The place it cites does not exist at this commit." }); // prettier-ignore
    expect(reading(aDraft("reviewed", { findings: [aFinding(), lowered] }))).toMatchInlineSnapshot(`
     "### Review: changes needed (1 blocker)

     **Reviewer** · \`claude-opus-5-5\` · anthropic · \`2222222\` · $0.0123

     The filter is in the right place; the boundary is wrong.

     #### Blockers

     - \`F-7e9ae5df\` **The boundary day is left out** · \`src/report.js:14\`

       With \`--since 2026-03-01\` an entry of that very day is not counted, so D1 does not hold.

       **Do:** Use \`>=\` in src/report.js and add a test for the boundary day.

     #### Concerns

     - \`F-000679f4\` **No help text**

       With \`--since 2026-03-01\` an entry of that very day is not counted, so D1 does not hold.

       **Do:** Use \`>=\` in src/report.js and add a test for the boundary day.

       *Not a blocker:* The place it cites does not exist at this commit.

     <details><summary>What was attacked</summary>

     - Boundary day, empty journal, bad dates
     - Output without the option

     </details>

     <details><summary>Definition of Done: 1 met and 1 not met</summary>

     - ❌ **D1** src/report.js:14 compares with >.
     - ✅ **D2** test/since.test.js checks exit code 2.

     </details>"
    `);
  });
  it("keeps the code that a reviewer's instruction shows", () => {
    const finding = aFinding({ instruction: "Write:\n```js\nif (a) b();\n```" });
    expect(reading(aDraft("reviewed", { findings: [finding] }))).toContain(
      "  **Do:**\n\n  Write:\n\n  ```\n  if (a) b();\n  ```",
    );
  });
  it("proof", () => {
    expect(reading(aDraft("proof_collected"))).toMatchInlineSnapshot(`
     "### Proof: complete

     3 of 3 required items proven for commit \`3333333\` on \`1111111\`. A new commit voids it.

     - ❔ **Mutations are caught** (not required): No sandbox on this host.

     <details><summary>All 4 items</summary>

     | Item | State | Evidence |
     | --- | --- | --- |
     | Verification commands \\* | ✅ proven | npm test passed, 18 tests ran. |
     | Repository's checks \\* | ✅ proven | The check run ci is green. |
     | Mutations are caught | ❔ unknown | No sandbox on this host. |
     | Both reviews on this commit \\* | ✅ proven | Both reviews passed on this commit. |

     \\* has to be proven before a merge. Unknown is not proven.

     **Repository's checks**

     - ci: success

     </details>

     **Your turn.** \`/coop approve\` merges #13 at exactly \`3333333\`. \`/coop rework <what>\` asks for another round."
    `);
  });
  it("halt", () => {
    expect(reading(aDraft("halted"))).toMatchInlineSnapshot(`
     "### Blocked: the budget is used up

     The next call could cost \\$0.4100, and \\$0.1200 of this ticket's budget is left.

     **What you can do**

     - \`/coop budget +2\` raises the budget and goes on.
     - \`/coop park\` puts the ticket aside."
    `);
  });
  it("parked", () => {
    expect(reading(aDraft("halted", { as: "parked", reason: "person", by: "alice", sentence: "Parked by alice.", next: ["`/coop resume` takes the ticket up again"] }))).toMatchInlineSnapshot(`
"### Parked: a person parked it

Parked by alice.

**What you can do**

- \`/coop resume\` takes the ticket up again

**Final status: parked** by alice, until somebody continues it. Nothing is lost."
`); // prettier-ignore
  });
  it("rework", () => {
    const comments = [{ id: 5, path: "src/report.js", line: 3, text: "Why a loop?" }];
    expect(reading(aDraft("rework_requested", { comments }))).toMatchInlineSnapshot(`
     "### Rework

     **Status: rework**, asked for by alice.

     > Name the option --from.

     With 1 inline comment:

     - \`src/report.js:3\` Why a loop?"
    `);
  });
  it("merged", () => {
    const chain = entriesOf([...storyDrafts().slice(0, -1), aDraft("merged", { followUps: ["Relative dates"] })]);
    expect(renderEntries(chain, chain.slice(-1))).toMatchInlineSnapshot(`
     "### Merged

     **Final status: merged.** alice approved; #13 went in as \`4444444\`, from the proven head \`3333333\`.

     1 fix round, 22 model calls, $0.2363; 1 blocker found, 1 fixed.

     Planned were about 40 lines in 2 files, $0.1570 to $0.5338 and 5 to 15 minutes; it became 47 lines in 2 files, $0.2363 and 9 minutes.

     **Left for other tickets**

     - Relative dates"
    `);
  });
  it.each([
    ["before the proof", 9, {}, "without `/coop approve`; #13 went in as `4444444`, from head `3333333`, **which was not proven**."],
    ["after the proof", 11, {}, "without `/coop approve`; #13 went in as `4444444`, from the proven head `3333333`."],
    ["on another commit", 12, { headSha: "5".repeat(40) }, "from head `5555555`, **which was not proven**."],
  ])("merged by hand %s, and says so", (_when, entries, own, words) => {
    const chain = entriesOf([...storyDrafts().slice(0, entries), aDraft("merged", { by: "petra", ...own })]);
    const text = renderEntries(chain, chain.slice(-1));
    expect(text).toContain("**Final status: merged.** petra merged it by hand,");
    expect(text).toContain(words);
  }); // prettier-ignore
});
