import { type Intake, takeIn, type Told } from "./intake.ts";
import { together } from "./together.ts";
import type { Log } from "../steps/step-world.ts";

/**
 * Deliveries that one transaction stores: more would make the first of them wait for the last. Those that wait beyond three or four
 * seconds' worth would be answered late anyway.
 */
const DELIVERIES = { atOnceMax: 128, roundsMax: 2, waitingMax: 4_096 };

/**
 * Stores what comes in, together with what comes in beside it.
 * @param isOfOne as in `together`
 */
export function inRounds(
  intake: Intake,
  log: Pick<Log, "info"> & { readonly debug: Log["info"] },
  isOfOne: (error: unknown) => boolean,
) {
  const round = async (told: readonly Told[]) => {
    const outcomes = await takeIn(intake, told);
    const fresh = outcomes.filter((one) => one === "new").length;
    // A line is looked through for secrets, which takes longer than storing what it tells of: one for all.
    log.info({ new: fresh, seen: outcomes.length - fresh }, "deliveries stored");
    return outcomes;
  };
  const store = together(round, DELIVERIES, isOfOne);
  return async (told: Told): Promise<void> => {
    const outcome = await store(told);
    const { id: delivery, event } = told.arrival;
    log.debug({ delivery, event, nudges: told.nudges.length, outcome }, "delivery stored");
  };
}
