import { describe, expect, it } from "@jest/globals";
import type { EntryData } from "../core/ledger/entries.ts";
import type { Remark } from "../core/ticket/finding.ts";
import { REMARK } from "../../test/support/remark.ts";
import { inlineComments, renderReviewed } from "./review.ts";

/** What the diff shows: two hunks of `src/a.js`. */
const SHOWN = new Map([["src/a.js", new Set([1, 2, 3, 4, 9, 10])]]);

function comments(over: Partial<Remark>) {
  const finding = { ...REMARK, id: "F-00000001", by: "reviewer", lowered: null, ...over };
  return inlineComments({ findings: [finding] } as unknown as EntryData<"reviewed">, SHOWN);
}

describe("a finding beside the code", () => {
  const instead = (lines: number) => ({ quote: Array(lines).fill("x").join("\n"), replacement: "  return b;" });
  const BLOCK = "\n\n```suggestion\n  return b;\n```";

  it.each<[string, Partial<Remark>, object[]]>([
    ["on its line", {}, [{ line: 2 }]],
    ["with one line to take over", instead(1), [{ line: 2, body: expect.stringMatching(BLOCK) }]],
    [
      "with several, from the first to the last",
      instead(3),
      [{ startLine: 2, line: 4, body: expect.stringMatching(BLOCK) }],
    ],
    [
      "without them where the diff does not show all",
      instead(4),
      [{ line: 2, body: expect.not.stringMatching("suggestion") }],
    ],
    ["nowhere outside the diff", { line: 7 }, []],
    ["nowhere in another file", { path: "src/b.js" }, []],
    ["nowhere without a line", { line: null }, []],
  ])("stands %s", (_name, over, expected) => {
    const found = comments(over);
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
    if (!("startLine" in (expected[0] ?? {}))) for (const one of found) expect(one).not.toHaveProperty("startLine");
  });
});

describe("a report whose findings stand beside the code", () => {
  const one = (id: string, over: Partial<Remark>) => ({ ...REMARK, id, by: "reviewer", lowered: null, ...over });
  const findings = [
    one("F-00000001", { severity: "blocker", problem: "It loses a day." }),
    one("F-00000002", { severity: "concern", problem: "It is slow." }),
    one("F-00000003", { severity: "concern", problem: "Nothing says so.", path: null, line: null }),
  ];
  const report = (onLines: readonly string[]) => {
    const data = { role: "reviewer", verdict: "changes", findings, followUps: [], attacked: [], done: [] };
    const rest = {
      model: "m",
      vendor: "v",
      headSha: "a".repeat(40),
      summary: "S",
      verificationSteps: { usable: "yes" },
    };
    return renderReviewed({ ...data, ...rest, spend: { costMicroUsd: 1 } } as never, null, new Set(onLines));
  };

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["counts those, and tells the others", ["F-00000001", "F-00000002"], ["**On the code:** 1 blocker and 1 concern, ", "on their lines below", "#### Concerns", "Nothing says so."], ["It loses a day.", "It is slow.", "Blockers"]],
    ["counts one", ["F-00000001"], ["**On the code:** 1 blocker, with what to do, on its line below."], ["It loses a day.", "none."]],
    ["tells all where none could be put there", [], ["It loses a day.", "It is slow.", "Nothing says so."], ["On the code"]],
  ])("%s", (_what, onLines, said, unsaid) => {
    for (const words of said) expect(report(onLines)).toContain(words);
    for (const words of unsaid) expect(report(onLines)).not.toContain(words);
  }); // prettier-ignore
});
