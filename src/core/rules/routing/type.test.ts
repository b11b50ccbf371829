import { describe, expect, it } from "@jest/globals";
import { routingLine } from "../../../messages/reasons/routing.ts";
import { SIGNALS, type SignalName } from "./signals.ts";
import { guess, probabilities, saysOf, type Weights } from "./type.ts";

/** Sums of signals, in the order feature, bug, refactor, docs. */
const [A, B, C, D, E] = Object.keys(SIGNALS) as [SignalName, SignalName, SignalName, SignalName, SignalName];
const weights = (own: Record<string, readonly [number, number, number, number]>) =>
  ({ start: [0, 0, 0, 0], ...own }) as unknown as Weights;

it("takes the highest sum, tells the next, and what spoke for the one against the other", () => {
  const own = weights({ [A]: [0, 1, 0, 0], [B]: [0, 3, 2, 0], [C]: [0, 0, 1, 0], [D]: [9, 2, 0, 0], [E]: [0, 1.5, 0, 0] });
  expect(guess([A, B, C, E], own)).toEqual({
    type: "bug",
    runnerUp: "refactor",
    because: [E, A, B],
    confidence: expect.closeTo(Math.exp(2.5) / (Math.exp(2.5) + 1 + 2 * Math.exp(-3)), 9),
  });
  expect(guess([A, B, C, D, E], own)).toMatchObject({ type: "feature", runnerUp: "bug", because: [D] });
}); // prettier-ignore

it("begins where every ticket begins, and is never certain", () => {
  expect(guess([], weights({ start: [0, 0, 1, 2] }))).toMatchObject({ type: "docs", runnerUp: "refactor", because: [] });
  expect(guess([], weights({ start: [0, 0, 0, 100] })).confidence).toBe(0.99);
  expect(guess([], weights({})).confidence).toBe(0.25);
  const four = weights({ [A]: [1, 0, 0, 0], [B]: [2, 0, 0, 0], [C]: [3, 0, 0, 0], [D]: [4, 0, 0, 0], [E]: [0, 0, 0, 0] });
  expect(guess([A, B, C, D, E], four).because).toEqual([D, C, B]);
}); // prettier-ignore

describe("probabilities", () => {
  it.each([
    [[0, 0], [0.5, 0.5]],
    [[1000, 1000, -1000], [0.5, 0.5, 0]],
    [[Math.log(3), 0], [0.75, 0.25]],
  ])("of %j are %j", (sums, parts) => {
    expect(probabilities(sums)).toEqual(parts.map((part) => expect.closeTo(part, 12)));
  }); // prettier-ignore
});

it("says what it rests on", () => {
  const base = { type: "bug", runnerUp: "docs", confidence: 0.876 } as const;
  const inWords = (names: readonly SignalName[]) =>
    routingLine({ code: "type-guessed", facts: { ...base, because: names.map(saysOf) } });
  expect(inWords([])).toBe("Type bug: no word of the text says otherwise.");
  expect(inWords([A, B])).toBe(
    `Type bug: ${SIGNALS[A].says}, ${SIGNALS[B].says}; docs was the runner-up (probability 0.88).`,
  );
});
