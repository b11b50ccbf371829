import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { aDraft, aFinding, ENTRY_KINDS, TEST_KEY, TEST_START, TEST_TICKET } from "../../../test/support/builders.ts";
import { canonicalJson, ENTRY_BYTES_MAX, link } from "./chain.ts";
import type { EntryDraft, EntryKind } from "./entries.ts";
import { fitted } from "./fit-entry.ts";

const linked = (draft: EntryDraft) => link(TEST_KEY, TEST_TICKET, [], [draft], TEST_START)[0];
const sizeOf = (value: unknown) => Buffer.byteLength(canonicalJson(value));

/** Characters that take more room in JSON or UTF-8 than they have length. */
const HEAVY = ["\u0001", "\ud800", '"', "é", "語", "🎉", "x"];

describe("fitting an entry", () => {
  it.each(ENTRY_KINDS)("leaves an ordinary %s alone", (kind) => {
    const draft = aDraft(kind);
    expect(fitted(draft)).toBe(draft);
  });

  const comments = (text: string) =>
    Array.from({ length: 30 }, (_, id) => ({ id, path: `src/${"deep/".repeat(70)}${id}.ts`, line: 1, text }));

  const large: readonly (readonly [string, EntryDraft, RegExp])[] = [
    [
      "a review with 30 inline comments",
      aDraft("rework_requested", { comments: comments("y".repeat(1750)) }),
      /× text/,
    ],
    [
      "an answer of control characters",
      aDraft("question_answered", { text: "\u0001".repeat(8000) }),
      /1 × text shortened/,
    ],
    [
      "lone surrogates",
      aDraft("rework_requested", { instructions: "\ud800".repeat(8000) }),
      /1 × instructions shortened/,
    ],
    ["a reply in another alphabet", aDraft("commanded", { reply: "語".repeat(20_000) }), /reply shortened/],
    ["more findings than fit", aDraft("reviewed", { findings: Array.from({ length: 25 }, () => aFinding({ problem: "é".repeat(1500), instruction: "語".repeat(1000) })) }), /problem shortened/], // prettier-ignore
    ["300 long paths", aDraft("implemented", { files: Array.from({ length: 300 }, (_, id) => ({ path: `語${"a/".repeat(190)}${id}`, action: "change" as const, added: 1, removed: 1 })) }), /× item of files left out/], // prettier-ignore
    ["more than the schema takes", aDraft("halted", { details: Array.from({ length: 90 }, () => "z".repeat(900)) }), /details shortened/], // prettier-ignore
  ];

  it.each(large)("%s is made to fit, and says what was cut", (_what, draft, cut) => {
    const entry = linked(fitted(draft));
    expect(entry?.cut?.join()).toMatch(cut);
    expect(sizeOf(entry)).toBeLessThanOrEqual(ENTRY_BYTES_MAX);
    // No more is cut than has to be.
    expect(sizeOf(entry)).toBeGreaterThan(ENTRY_BYTES_MAX * 0.4);
  });

  it("never cuts the name of a thing, and keeps whole characters", () => {
    const draft = aDraft("rework_requested", { comments: comments("🎉".repeat(900)) });
    const entry = linked(fitted(draft));
    if (entry?.kind !== "rework_requested") throw new Error("another kind");
    expect(entry.data.comments.map((one) => one.path)).toEqual(comments("").map((one) => one.path));
    for (const { text } of entry.data.comments) expect(text).toMatch(/^(🎉)+ \[…\]$/u);
  });

  it("makes any draft linkable, whatever texts it holds", () => {
    const text = fc.tuple(fc.constantFrom(...HEAVY), fc.integer({ min: 0, max: 60_000 })).map(([one, times]) => one.repeat(times)); // prettier-ignore
    const draft = fc.tuple(fc.constantFrom<EntryKind>("rework_requested", "question_answered", "commanded"), text);
    fc.assert(
      fc.property(draft, ([kind, said]) => {
        const over = kind === "rework_requested" ? { instructions: said, comments: comments(said) } : kind === "commanded" ? { reply: said } : { text: said }; // prettier-ignore
        const entry = linked(fitted(aDraft(kind, over as never)));
        return sizeOf(entry) <= ENTRY_BYTES_MAX;
      }),
      { numRuns: 60 },
    );
  });
});
