import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Epic, Part } from "../ticket/epic.ts";
import { circleIn, sharedFiles, strayIn, turnsOf } from "./epic.ts";

/** The order of an epic's parts. What `decide` makes of it is held by `epic-next.test.ts`. */
const part = (number: number, over: Partial<Part> = {}): Part => ({
  number,
  title: `Part ${number}`,
  files: [`src/${number}.ts`],
  after: [],
  issue: 20 + number,
  state: "waiting",
  by: null,
  endedAt: null,
  spend: null,
  waived: false,
  skipped: false,
  ...over,
});
const epic = (parts: readonly Part[], sideBySide = 2): Epic => ({ by: "maria", since: "", sideBySide, parts });
const codes = (parts: readonly Part[], sideBySide?: number) => turnsOf(epic(parts, sideBySide)).map(({ code }) => code);

describe("an order", () => {
  it.each([
    ["none said: one after the other", [{}, {}, {}], []],
    ["all alone", [{ after: [] }, { after: [] }], []],
    ["two that wait for each other", [{ after: [2] }, { after: [1] }], [1, 2, 1]],
    ["one that waits for itself", [{ after: [1] }], [1, 1]],
    [
      "three in a ring, begun from outside",
      [{ after: [] }, { after: [4] }, { after: [2] }, { after: [3] }],
      [2, 4, 3, 2],
    ],
    ["a diamond", [{ after: [] }, { after: [1] }, { after: [1] }, { after: [2, 3] }], []],
    ["a circle beside a part without one", [{ after: [2, 3] }, { after: [] }, { after: [1] }], [1, 3, 1]],
    ["the default against what is said", [{ after: [2] }, {}], [1, 2, 1]],
  ])("%s", (_name, chunks, circle) => {
    expect(circleIn(chunks)).toEqual(circle);
  });

  it("of forty parts is walked through once", () => {
    const all = Array.from({ length: 40 }, (_, index) => ({
      after: Array.from({ length: index }, (_, one) => one + 1),
    }));
    expect(circleIn(all)).toEqual([]);
  });

  it("names what is no other part", () => {
    expect(strayIn([{ after: [0, 2] }, { after: [2, 7] }])).toEqual([
      { part: 1, names: 0 },
      { part: 2, names: 2 },
      { part: 2, names: 7 },
    ]);
  });
});

describe("whose turn it is", () => {
  const begun = { state: "begun" as const };
  const merged = { state: "merged" as const };
  const out = { state: "left-out" as const };
  const same = { files: ["src/a.ts"] };
  it.each<[string, Part[], string[]]>([
    [
      "independent ones side by side, up to the limit",
      [part(1), part(2), part(3)],
      ["part-may-begin", "part-may-begin", "part-over-limit"],
    ],
    [
      "what is at work counts for the limit",
      [part(1, begun), part(2), part(3)],
      ["part-at-work", "part-may-begin", "part-over-limit"],
    ],
    ["after what it needs", [part(1, begun), part(2, { after: [1] })], ["part-at-work", "part-waits"]],
    ["once that is merged", [part(1, merged), part(2, { after: [1] })], ["part-ended", "part-may-begin"]],
    ["not after what was left out", [part(1, out), part(2, { after: [1] })], ["part-ended", "part-stuck"]],
    [
      "unless a person went on without it",
      [part(1, { ...out, waived: true }), part(2, { after: [1] })],
      ["part-ended", "part-may-begin"],
    ],
    ["the same file: one after the other", [part(1, same), part(2, same)], ["part-may-begin", "part-overlaps"]],
    [
      "the same file, the later begun by hand",
      [part(1, same), part(2, { ...same, ...begun })],
      ["part-overlaps", "part-at-work"],
    ],
    [
      "the same file, the earlier left out",
      [part(1, { ...same, ...out }), part(2, same)],
      ["part-ended", "part-may-begin"],
    ],
    [
      "the same file, the earlier needs the later",
      [part(1, { ...same, after: [2] }), part(2, same)],
      ["part-waits", "part-may-begin"],
    ],
  ])("%s", (_name, parts, expected) => {
    expect(codes(parts)).toEqual(expected);
  });

  /** Any order without a circle, any overlap, anything that people leave out: it never comes to a standstill without a reason. */
  it("always comes to some part until all have ended", () => {
    const files = fc.array(fc.constantFrom("a", "b", "c", "d/", "d/x"), { maxLength: 3 });
    const shape = fc.array(fc.record({ files, after: fc.array(fc.nat({ max: 11 })) }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (drawn, merges, limit) => {
          // Along a hidden order, so that there is no circle; numbered the other way round.
          const count = drawn.length;
          let parts = drawn.map(({ files: own, after }, index) =>
            part(index + 1, {
              files: own,
              after: [...new Set(after)].map((one) => one + 1).filter((one) => one > index + 1 && one <= count),
            }),
          );
          for (let round = 0; round <= 2 * count; round++) {
            const turns = turnsOf(epic(parts, limit));
            expect(turns.filter(({ code }) => code === "part-at-work").length).toBeLessThanOrEqual(limit);
            if (turns.every(({ code }) => code === "part-ended")) return;
            const next = turns.filter(({ code }) => code === "part-may-begin").map(({ facts }) => facts.part);
            const stuck = turns.some(({ code }) => code === "part-stuck");
            expect(next.length > 0 || stuck).toBe(true);
            parts = parts.map((one) => {
              if (next.includes(one.number))
                return { ...one, state: merges[one.number - 1] ? ("merged" as const) : ("left-out" as const) };
              return next.length === 0 && one.state === "left-out" ? { ...one, waived: true } : one;
            });
          }
          throw new Error("It did not end");
        },
      ),
    );
  });
});

describe("files that two write", () => {
  it.each([
    [["a"], ["b"], []],
    [["a", "b"], ["b", "c"], ["b"]],
    [["docs/"], ["docs/a.md", "src/b"], ["docs/a.md"]],
    [["docs/a.md"], ["docs/"], ["docs/a.md"]],
    [["docs/"], ["docs/"], ["docs/"]],
    [["doc"], ["doc/"], []],
  ])("%j and %j", (one, other, shared) => {
    expect(sharedFiles(one, other)).toEqual(shared);
    expect(sharedFiles(other, one)).toEqual(shared);
  });
});
