/** One way in which a test says less than it could. `test` is null when the whole file is meant. */
export type Weakening = {
  readonly path: string;
  readonly test: string | null;
  readonly line: number;
  readonly what: string;
  /** Whether the test was there before the change. */
  readonly old: boolean;
  /** What stood together and does not any more, where texts and numbers are missing. */
  readonly lost?: readonly ReadonlySet<string>[];
};

/** How findings begin that a plan may have meant. */
export const IS_GONE = "is gone";
export const IS_KEPT_FROM_RUNNING = "is skipped";
export const LOST_ROW = "has lost the row ";
export const COMPARES_LESS = "no longer compares with";

/**
 * What reading says of a test that was rewritten: whether it looks away is seen by running. Not among these is what only another
 * machine or another day would show (a skip, a retry, a clock), and what decides how a run ends.
 */
export function isForRuns({ what }: Weakening): boolean {
  return FOR_RUNS.some((one) => (one.endsWith(" ") ? what.startsWith(one) : what === one));
}

const FOR_RUNS = [
  IS_GONE,
  LOST_ROW,
  `${COMPARES_LESS} `,
  "asserts less: ",
  "has no assertion left",
  "no longer asks anything of the code",
  "no longer asks for the error",
  "compares less exactly",
  "compares only a part of what it compared",
  "compares with what fits everything",
  "takes any failure for the right one",
  "takes fewer rows than before",
  "goes through fewer rounds than before",
];
