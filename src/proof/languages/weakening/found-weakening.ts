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
