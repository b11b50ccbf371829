import type { Commit, GitStore } from "./objects.ts";

/** Questions about how commits descend from one another. */

/** Every commit reachable from one, itself included, nearest first. */
function ancestors(store: GitStore, sha: string): Map<string, Commit> {
  const seen = new Map<string, Commit>();
  const waiting = [sha];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    const commit = store.commit(next);
    seen.set(next, commit);
    waiting.push(...commit.parents);
  }
  return seen;
}

export function isAncestor(store: GitStore, older: string, newer: string): boolean {
  return ancestors(store, newer).has(older);
}

/** A best common ancestor, or null for unrelated histories. Among several, the first that no other one descends from. */
export function mergeBase(store: GitStore, one: string, other: string): string | null {
  const left = ancestors(store, one);
  const common = [...ancestors(store, other).keys()].filter((sha) => left.has(sha));
  return common.find((sha) => !common.some((later) => later !== sha && isAncestor(store, sha, later))) ?? null;
}

/** Commits of `head` that `base` lacks, parents before children. */
export function commitsBetween(store: GitStore, base: string, head: string): Commit[] {
  const known = ancestors(store, base);
  const ordered: Commit[] = [];
  const placed = new Set<string>();
  const visit = (sha: string): void => {
    if (known.has(sha) || placed.has(sha)) return;
    placed.add(sha);
    const commit = store.commit(sha);
    commit.parents.forEach(visit);
    ordered.push(commit);
  };
  visit(head);
  return ordered;
}
