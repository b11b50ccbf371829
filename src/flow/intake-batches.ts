// Held by test/scenarios/fix-rounds.test.ts
import { type Intake, takeIn, type Told } from "./intake.ts";
import { together } from "./together.ts";
import type { Log } from "../steps/step-world.ts";

/**
 * Deliveries that one transaction stores: more would make the first of them wait for the last. Those that wait beyond three or four
 * seconds' worth would be answered late anyway. A round takes a millisecond or two.
 */
const DELIVERIES = { atOnceMax: 128, roundsMax: 2, besideAfterMs: 50, waitingMax: 4_096 };

/** A line is looked through for secrets, which takes longer than storing what it tells of: one for all of a second. */
const TOLD_EVERY_MS = 1_000;

/**
 * Stores what comes in, together with what comes in beside it.
 * @param isOfOne as in `together`
 */
export function inBatches(
  intake: Intake,
  log: Pick<Log, "info"> & { readonly debug: Log["info"] },
  isOfOne: (error: unknown) => boolean,
) {
  const tell = inSum((sum) => log.info(sum, "deliveries stored"));
  const round = async (told: readonly Told[]) => {
    const outcomes = await takeIn(intake, told);
    const fresh = outcomes.filter((one) => one === "new").length;
    tell({ new: fresh, seen: outcomes.length - fresh });
    return outcomes;
  };
  const store = together(round, DELIVERIES, isOfOne);
  return async (told: Told): Promise<void> => {
    const outcome = await store(told);
    const { id: delivery, event } = told.arrival;
    log.debug({ delivery, event, nudges: told.nudges.length, outcome }, "delivery stored");
  };
}

type Stored = { readonly new: number; readonly seen: number };

/** Tells the first at once, and what comes within the second after it in one sum when that is over. */
function inSum(tell: (sum: Stored) => void): (stored: Stored) => void {
  let sum: Stored | null = null;
  const later = () => {
    const over = sum;
    sum = null;
    if (over && over.new + over.seen > 0) say(over);
  };
  const say = (stored: Stored) => {
    sum = { new: 0, seen: 0 };
    tell(stored);
    setTimeout(later, TOLD_EVERY_MS).unref();
  };
  return (stored) => {
    if (sum === null) return say(stored);
    sum = { new: sum.new + stored.new, seen: sum.seen + stored.seen };
  };
}
