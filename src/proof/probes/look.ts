import type { SuiteRun } from "../runners/suite.ts";
import { type Call, nameOfCall } from "./calls.ts";

/** How the tests of both sides took it that one call was answered otherwise. */
export type Answer =
  /** The head's tests fail. */
  | "noticed"
  /** Neither side's tests see it, or only those that the plan lets change. */
  | "unseen"
  /** The base's tests failed, the head's pass. */
  | "lost"
  /** The base's tests failed; the head's never ask. */
  | "unasked"
  | "unknown";

export type Probe = { readonly call: Call; readonly variant: string };
export type Answered = Probe & {
  readonly answer: Answer;
  /** A test of the base that noticed. */
  readonly by: string | null;
};

/** In turn for each place of the tests, and for each call first what tells most: the time may end before all were made. */
export function inTurn(calls: readonly Call[], probesMax: number): Probe[] {
  const byPlace = new Map<string, Call[]>();
  for (const call of calls) {
    const place = `${call.from.at(-1)?.path} ${call.from.at(-1)?.line}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), call]);
  }
  const turns: Call[] = [];
  for (let at = 0; turns.length < calls.length; at++)
    for (const those of byPlace.values()) turns.push(...those.slice(at, at + 1));
  const most = Math.max(0, ...turns.map(({ variants }) => variants.length));
  const all = Array.from({ length: most }, (_, at) =>
    turns.flatMap((call) => (call.variants[at] === undefined ? [] : [{ call, variant: call.variants[at] }])),
  );
  return all.flat().slice(0, probesMax);
}

/** A farther rung of a ladder (`near:0.4`) is seen by whoever saw a nearer one. */
export function isImplied(probe: Probe, answered: readonly Answered[]): boolean {
  const [ladder, rung] = probe.variant.split(":");
  // `near_1` is the one of a second result.
  if (rung === undefined || !ladder?.startsWith("near")) return false;
  return answered.some(
    ({ call, variant, answer }) => call === probe.call && answer === "noticed" && variant.startsWith(`${ladder}:`),
  );
}

/**
 * What nobody looks at any more. A call that is not made any more counts only where changed tests still ask the same function, and for fewer
 * inputs than before: a test may ask for others in their place, or ask somebody else.
 * @param was all calls that the base's tests make @param now those that the head's make @param asked those of its new and changed tests
 */
export function lostLooks(
  answered: readonly Answered[],
  {
    was,
    now,
    asked,
  }: { readonly was: readonly Call[]; readonly now: readonly Call[]; readonly asked: readonly Call[] },
): Answered[] {
  const lost = answered.filter(({ answer }) => answer === "lost");
  // Whoever filled a basket by it looked at no answer of it.
  const unasked = answered.filter(({ answer, variant }) => answer === "unasked" && !/^(skip|twice|effect)\b/.test(variant)); // prettier-ignore
  const before = new Set(was.map(nameOfCall));
  const fewer = unasked.filter(({ call: { of } }) => {
    const own = new Set(unasked.filter(({ call }) => call.of === of).map(({ call }) => call)).size;
    const fresh = now.filter((call) => call.of === of && !before.has(nameOfCall(call))).length;
    return asked.some((call) => call.of === of) && own > fresh;
  });
  const firsts = fewer.filter((one, at) => fewer.findIndex(({ call }) => call === one.call) === at);
  return [...lost, ...firsts];
}

/** Whether everything that these calls showed to the old tests is still looked at, and there was something. */
export function areStillLookedAt(calls: readonly Call[], answered: readonly Answered[]): boolean {
  const own = new Set(calls);
  const theirs = answered.filter(({ call }) => own.has(call));
  const made = new Map<Call, number>();
  for (const { call } of theirs) made.set(call, (made.get(call) ?? 0) + 1);
  const isWhole = calls.every((call) => isShown(call) && made.get(call) === call.variants.length);
  const isSeen = theirs.every(({ answer }) => answer === "noticed" || answer === "unseen");
  return isWhole && isSeen && theirs.some(({ answer }) => answer === "noticed");
}

/**
 * A call that gives nothing, and changes nothing that could be seen, does its work elsewhere: in a file, on a screen. One that gives now this
 * and now that for the same input is several, of which one alone may be looked at.
 */
function isShown({ variants, gave }: Call): boolean {
  return gave.length === 1 && variants.some((one) => !isWork(one));
}

/** Whether the function is kept from its work, or does it once more: what that changes is another thing in another function. */
export function isWork(variant: string): boolean {
  return /^(skip|twice)\b/.test(variant);
}

/** Whether an instrumented run says what the plain one said. */
export function isSameRun(plain: SuiteRun, run: SuiteRun | null): run is SuiteRun {
  return run !== null && run.verdict === plain.verdict && run.count?.passed === plain.count?.passed;
}
