import type { TaskType } from "../../ledger/ids.ts";
import { SIGNALS, type SignalName } from "./signals.ts";
import type { Four, WordName } from "./words.ts";

/** The types that a text can be of; a review begins with a pull request. */
export const TEXT_TYPES = ["feature", "bug", "refactor", "docs"] as const satisfies readonly TaskType[];
export type TextType = (typeof TEXT_TYPES)[number];

/** What each signal adds to each type, in the order of `TEXT_TYPES`; `start` is where every ticket begins. */
export type Weights = Readonly<Record<SignalName | "start", Four>>;

/** What a sum is made of: named signals, and words of the title. */
export type PartName = SignalName | WordName;
type Table = Weights & Readonly<Partial<Record<WordName, Four>>>;

export type Guess = {
  readonly type: TextType;
  /** The probability of the type, given what the signals meant for tickets whose type is known. */
  readonly confidence: number;
  readonly runnerUp: TextType;
  /** What spoke most for the type and against the runner-up, strongest first. */
  readonly because: readonly PartName[];
};

/** The strongest signals are the reason; what follows them hardly weighs. */
export const REASONS_MAX = 3;
/** No sum of words is certain. */
const CONFIDENCE_MAX = 0.99;

/** A sum a type; the highest wins, and how far it is ahead is how sure the router is. */
export function guess(signals: readonly PartName[], weights: Table): Guess {
  const sums = TEXT_TYPES.map((_, at) =>
    signals.reduce((sum, name) => sum + (weights[name]?.[at] ?? 0), weights.start[at] ?? 0),
  );
  const [best = 0, second = 0] = TEXT_TYPES.map((_, at) => at).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
  const parts = probabilities(sums);
  const ahead = (name: PartName) => (weights[name]?.[best] ?? 0) - (weights[name]?.[second] ?? 0);
  const because = signals
    .filter((name) => ahead(name) > 0)
    .sort((a, b) => ahead(b) - ahead(a))
    .slice(0, REASONS_MAX);
  return {
    type: TEXT_TYPES[best] ?? "feature",
    confidence: Math.min(CONFIDENCE_MAX, parts[best] ?? 0),
    runnerUp: TEXT_TYPES[second] ?? "bug",
    because,
  };
}

export function probabilities(sums: readonly number[]): number[] {
  const highest = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** As the rules call it. */
export function saysOf(name: PartName): string {
  return isWord(name) ? `the word "${name.slice("word:".length)}"` : SIGNALS[name].says;
}

function isWord(name: PartName): name is WordName {
  return name.startsWith("word:");
}
