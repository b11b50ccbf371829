import { addSpend, NO_SPEND, type Spend } from "../ledger/records.ts";
import type { Plan } from "./plan.ts";

/**
 * A plan of several parts that a person, or the policy, wants as tickets of their own: one child issue a part, each with its
 * branch and pull request. The parent writes nothing itself; it says whose turn it is, and ends when all parts have ended.
 */
export type Epic = {
  readonly by: string;
  /** When it was approved. ISO 8601; child issues are looked for from here on. */
  readonly since: string;
  /** So many parts are at work at a time. */
  readonly sideBySide: number;
  readonly parts: readonly Part[];
};

export type Part = {
  /** From 1, in the plan's order. */
  readonly number: number;
  readonly title: string;
  readonly files: readonly string[];
  /** Numbers of the parts that have to be merged before this one begins. */
  readonly after: readonly number[];
  /** The child issue; null until it is opened. */
  readonly issue: number | null;
  readonly state: "waiting" | "begun" | "merged" | "left-out";
  /** Who merged it or left it out. */
  readonly by: string | null;
  /** When that was noticed. ISO 8601. */
  readonly endedAt: string | null;
  /** What it cost until it ended; null while it is not known. */
  readonly spend: Spend | null;
  /** A person went on without it, so that nothing waits for it any more. */
  readonly waived: boolean;
  /** A person left it out by command, so that its issue may stay open. */
  readonly skipped: boolean;
};

/**
 * Which parts each part has to wait for. What a plan does not say is not guessed to be independent: such a part comes after
 * the one before it.
 *
 * @example
 * orderOf([{ after: [] }, {}, { after: [1] }]) // → [[], [1], [1]]
 */
export function orderOf(chunks: readonly { readonly after?: readonly number[] | undefined }[]): number[][] {
  return chunks.map(({ after }, index) => [...new Set(after ?? (index === 0 ? [] : [index]))]);
}

/** What is said of a part only once it has ended. */
export const NOT_ENDED = { by: null, endedAt: null, waived: false, skipped: false } as const;

export function partsOf(plan: Plan): Part[] {
  const order = orderOf(plan.chunks);
  return plan.chunks.map(({ title, files }, index) => ({
    number: index + 1,
    title,
    files: files.map((file) => file.path),
    after: order[index] ?? [],
    issue: null,
    state: "waiting",
    spend: null,
    ...NOT_ENDED,
  }));
}

/** The epic with one part changed; parts are found by their child issue. */
export function withPart(epic: Epic | null, issue: number, change: Partial<Part>): Epic | null {
  return epic && { ...epic, parts: epic.parts.map((part) => (part.issue === issue ? { ...part, ...change } : part)) };
}

/** What the parts cost that have ended. What those at work cost so far stands in their own ledgers. */
export function spentOnParts({ parts }: Epic): Spend {
  return parts.reduce((sum, { spend }) => addSpend(sum, spend ?? NO_SPEND), NO_SPEND);
}

export function hasEnded({ state }: Part): boolean {
  return state === "merged" || state === "left-out";
}
