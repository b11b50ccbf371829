import type { Entry } from "../core/ledger/chain.ts";
import { renderEntries } from "./entry.ts";
import { BODY_CHARACTERS_MAX } from "./cut-comment.ts";
import { markerCharacters } from "./marker.ts";

/** One comment to be: consecutive entries and what people read of them. */
export type Publication = { readonly entries: Entry[]; readonly visible: string };

/**
 * Longest marker that several entries share. A single entry may need more (at most 53,500 for 40 kB that do not compress)
 * and gets a comment of its own, in which the readable part gives way.
 */
export const MARKER_CHARACTERS_MAX = 30_000;

/**
 * Packs consecutive entries of a chain into as few comments as fit; everything by default. The same chain always gives
 * the same comments.
 */
export function publications(chain: readonly Entry[], group: readonly Entry[] = chain): Publication[] {
  const packed: Publication[] = [];
  for (const entry of group) {
    const last = packed.at(-1);
    const entries = [...(last?.entries ?? []), entry];
    const joined = { entries, visible: renderEntries(chain, entries) };
    if (last && fits(joined)) packed[packed.length - 1] = joined;
    else packed.push({ entries: [entry], visible: renderEntries(chain, [entry]) });
  }
  return packed;
}

function fits({ entries, visible }: Publication): boolean {
  const marker = markerCharacters(entries) + 2;
  return marker <= MARKER_CHARACTERS_MAX && visible.length + marker <= BODY_CHARACTERS_MAX;
}
