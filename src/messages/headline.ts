import type { Entry } from "../core/ledger/chain.ts";
import type { EntryData, EntryKind } from "../core/ledger/entries.ts";
import { READINGS } from "./readings.ts";

/** One entry in a few plain words, for lists. Not Markdown; texts of people in it are not escaped. */
export function headline(entry: Entry): string {
  if (entry.kind === "newer") return `Written by a newer version (${entry.data.kind})`;
  const say = READINGS[entry.kind].headline as (data: EntryData<EntryKind>) => string;
  return say(entry.data);
}
