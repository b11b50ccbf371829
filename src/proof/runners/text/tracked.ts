import type { Tally } from "../test-case.ts";
import type { LineReader } from "./line-reader.ts";

/**
 * Where in the output one runner spoke. Code under test prints what it likes, the sums of other runners too: a test of a
 * test tool does, and so does whoever wants to be believed. A sum that stands in the middle of another runner's run, with no
 * run of its own around it, is something that a test printed.
 */
export type Spoken = { readonly tally: Tally; readonly at: Place };

type Place = {
  readonly first: number;
  readonly last: number;
  /** Apart from sums, something of a run was seen. */
  readonly ran: boolean;
  /** From the first sign of each run to the sum that ends it. */
  readonly runs: readonly { readonly from: number; readonly to: number }[];
  readonly holds: boolean;
};

export type Tracked = {
  line(text: string, at: number): void;
  /** The line of the sum that was heard last of all, and that of the first part of a run; -1 for none. */
  sumAt(): number;
  partAt(): number;
  end(): Spoken | null;
};

export function tracked(reader: LineReader, holds = false): Tracked {
  const runs: { from: number; to: number }[] = [];
  let [first, last, from] = [-1, -1, -1];
  let ran = false;
  let [part, sum] = [-1, -1];
  return {
    line(text, at) {
      const heard = reader.line(text);
      if (heard === null) return;
      if (first < 0) first = at;
      last = at;
      sum = heard === "sum" ? at : -1;
      if (heard === "part" && part < 0) part = at;
      ran ||= heard === "part";
      if (heard === "part" && from < 0) from = at;
      if (heard === "part" || from < 0) return;
      if (runs.length < RUNS_MAX) runs.push({ from, to: at });
      from = -1;
    },
    sumAt: () => sum,
    partAt: () => part,
    end() {
      const tally = reader.end();
      return tally && { tally, at: { first, last, ran, runs, holds } };
    },
  };
}

/** One output of many commands has fewer; code under test may print more. */
const RUNS_MAX = 5_000;

/** What failed is never printed away, but in the output of a runner that shows what its tests print, and counts them itself. */
export function withoutPrinted(all: readonly Spoken[]): Spoken[] {
  const isInside = (inner: Spoken, outer: Spoken) =>
    outer !== inner &&
    outer.tally.count !== null &&
    (outer.at.holds || (!inner.at.ran && !inner.tally.count?.failed)) &&
    outer.at.runs.some(({ from, to }) => from < inner.at.first && inner.at.last < to);
  return all.filter((one) => one.tally.count === null || !all.some((other) => isInside(one, other)));
}
