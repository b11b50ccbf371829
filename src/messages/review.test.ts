import { describe, expect, it } from "@jest/globals";
import type { EntryData } from "../core/ledger/entries.ts";
import type { Remark } from "../core/ticket/finding.ts";
import { REMARK } from "../../test/support/remark.ts";
import { inlineComments } from "./review.ts";

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
