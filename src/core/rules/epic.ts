import { type Epic, hasEnded, orderOf, type Part } from "../ticket/epic.ts";

/**
 * The order of an epic's parts, as pure functions: what is wrong with an order, and which part may begin, or what it waits
 * for. Parts wait for those that the plan names and for earlier ones that write the same files.
 */

/**
 * Parts that wait for each other in a circle, as the numbers along it; [] when there is none.
 *
 * @example
 * circleIn([{ after: [2] }, { after: [1] }]) // → [1, 2, 1]
 */
export function circleIn(chunks: readonly { readonly after?: readonly number[] | undefined }[]): number[] {
  const order = orderOf(chunks);
  const done = new Set<number>();
  const walk = (number: number, path: readonly number[]): number[] => {
    const at = path.indexOf(number);
    if (at >= 0) return [...path.slice(at), number];
    if (done.has(number)) return [];
    for (const before of order[number - 1] ?? []) {
      const circle = walk(before, [...path, number]);
      if (circle.length > 0) return circle;
    }
    done.add(number);
    return [];
  };
  for (let number = 1; number <= chunks.length; number++) {
    const circle = walk(number, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** Numbers in the order that name no other part of the plan, as `[part, names]`. */
export function strayIn(
  chunks: readonly { readonly after?: readonly number[] | undefined }[],
): { readonly part: number; readonly names: number }[] {
  return chunks.flatMap(({ after = [] }, index) =>
    after
      .filter((names) => names < 1 || names > chunks.length || names === index + 1)
      .map((names) => ({ part: index + 1, names })),
  );
}

/** Why a part is where it is. */
export type Turn =
  | { readonly code: "part-ended" | "part-at-work" | "part-may-begin"; readonly facts: { readonly part: number } }
  /** A part before it has not ended. */
  | { readonly code: "part-waits"; readonly facts: { readonly part: number; readonly for: readonly number[] } }
  /** An earlier part writes the same files and has not ended. */
  | {
      readonly code: "part-overlaps";
      readonly facts: { readonly part: number; readonly with: number; readonly files: readonly string[] };
    }
  /** A part that it needs was left out, and nobody said to go on without it. */
  | { readonly code: "part-stuck"; readonly facts: { readonly part: number; readonly for: readonly number[] } }
  | { readonly code: "part-over-limit"; readonly facts: { readonly part: number; readonly limit: number } };

/** Whose turn it is, one answer a part, in the plan's order. */
export function turnsOf(epic: Epic): Turn[] {
  let free = epic.sideBySide - epic.parts.filter((part) => part.state === "begun").length;
  return epic.parts.map((part): Turn => {
    const turn = turnOf(epic, part);
    if (turn.code !== "part-may-begin") return turn;
    if (free <= 0) return { code: "part-over-limit", facts: { part: part.number, limit: epic.sideBySide } };
    free -= 1;
    return turn;
  });
}

function turnOf({ parts }: Epic, part: Part): Turn {
  const { number } = part;
  if (hasEnded(part)) return { code: "part-ended", facts: { part: number } };
  if (part.state === "begun") return { code: "part-at-work", facts: { part: number } };
  const before = parts.filter((one) => part.after.includes(one.number));
  const open = before.filter((one) => !hasEnded(one)).map((one) => one.number);
  if (open.length > 0) return { code: "part-waits", facts: { part: number, for: open } };
  const missing = before.filter((one) => one.state === "left-out" && !one.waived).map((one) => one.number);
  if (missing.length > 0) return { code: "part-stuck", facts: { part: number, for: missing } };
  // What is at work already may have been begun by a person; of two that wait the one that the order puts first goes first.
  const sorted = inOrder(parts);
  const earlier = sorted.slice(0, sorted.indexOf(part));
  const rivals = parts.filter((one) => one.state === "begun" || (one.state === "waiting" && earlier.includes(one)));
  for (const other of rivals) {
    const files = sharedFiles(part.files, other.files);
    if (files.length > 0) return { code: "part-overlaps", facts: { part: number, with: other.number, files } };
  }
  return { code: "part-may-begin", facts: { part: number } };
}

/** Each part after those that it needs, else as numbered: along this order overlapping parts can never wait for each other. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  const sorted: Part[] = [];
  let left = [...parts];
  while (left.length > 0) {
    const numbers = new Set(left.map((one) => one.number));
    const next = left.find((one) => !one.after.some((before) => numbers.has(before)));
    if (!next) return [...sorted, ...left];
    sorted.push(next);
    left = left.filter((one) => one !== next);
  }
  return sorted;
}

/**
 * Files that both write. A folder of one holds the files below it of the other.
 *
 * @example
 * sharedFiles(["src/a.ts", "docs/"], ["docs/b.md", "src/c.ts"]) // → ["docs/b.md"]
 */
export function sharedFiles(one: readonly string[], other: readonly string[]): string[] {
  const mine = new Set(one);
  const folders = one.filter((path) => path.endsWith("/"));
  const below = other.filter((path) => mine.has(path) || folders.some((folder) => path.startsWith(folder)));
  const theirs = other.filter((path) => path.endsWith("/"));
  const above = one.filter((path) => theirs.some((folder) => path !== folder && path.startsWith(folder)));
  return [...new Set([...below, ...above])].sort();
}
