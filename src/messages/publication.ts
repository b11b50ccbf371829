import type { Entry } from "../core/chain.ts";
import { fold } from "../core/fold.ts";
import { renderEntry } from "./entry.ts";
import { BODY_BYTES_MAX, BODY_CHARACTERS_MAX } from "./fit.ts";
import { markerCharacters } from "./marker.ts";

/** One comment to be: consecutive entries and what people read of them. */
export type Publication = { readonly entries: Entry[]; readonly visible: string };

/**
 * Longest marker that several entries share. A single entry may need more (at most 53,500 for 40 kB that do not compress)
 * and gets a comment of its own, in which the readable part gives way.
 */
export const MARKER_CHARACTERS_MAX = 30_000;

/** How an entry and the next one are told apart inside one comment. */
const RULE = "\n\n---\n\n";

/** The readings of the entries from number `fromSeq` on. The whole chain is needed: how an entry reads depends on what came before. */
export function readings(chain: readonly Entry[], fromSeq = 1): { entry: Entry; visible: string }[] {
  const read: { entry: Entry; visible: string }[] = [];
  let before = fold(chain.slice(0, fromSeq - 1));
  for (const [index, entry] of chain.entries()) {
    if (entry.seq < fromSeq) continue;
    const after = fold(chain.slice(0, index + 1));
    if (!after) throw new Error(`Ledger of ${entry.ticket} does not begin with an opened entry`);
    read.push({ entry, visible: renderEntry(entry, before, after) });
    before = after;
  }
  return read;
}

/** Packs consecutive entries into as few comments as fit. The same chain always gives the same comments. */
export function publications(chain: readonly Entry[], fromSeq = 1): Publication[] {
  const packed: Publication[] = [];
  for (const { entry, visible } of readings(chain, fromSeq)) {
    const last = packed.at(-1);
    const joined = last && { entries: [...last.entries, entry], visible: `${last.visible}${RULE}${visible}` };
    if (joined && fits(joined)) packed[packed.length - 1] = joined;
    else packed.push({ entries: [entry], visible });
  }
  return packed;
}

function fits({ entries, visible }: Publication): boolean {
  const marker = markerCharacters(entries) + 2;
  return (
    marker <= MARKER_CHARACTERS_MAX &&
    visible.length + marker <= BODY_CHARACTERS_MAX &&
    Buffer.byteLength(visible) + marker <= BODY_BYTES_MAX
  );
}
