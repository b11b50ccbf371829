import type { Entry, KnownEntry } from "../core/ledger/entry.ts";
import type { EntryData, EntryKind } from "../core/ledger/entries.ts";
import type { ForgeRef } from "../core/ledger/forge-ref.ts";
import { shortSha } from "../core/ledger/ids.ts";
import { count } from "./format.ts";
import { READINGS } from "./readings.ts";

/** One entry in a few plain words, for lists. Not Markdown; texts of people in it are not escaped. */
export function headline(entry: Entry, forge: ForgeRef["kind"]): string {
  if (entry.kind === "newer") return `Written by a newer version (${entry.data.kind})`;
  const said = forge === "desk" ? atDesk(entry) : null;
  if (said !== null) return said;
  const say = READINGS[entry.kind].headline as (data: EntryData<EntryKind>) => string;
  return say(entry.data);
}

/** The code of the reason that an entry was written for; null where it has none. Sentences are improved, and a code stays. */
export function reasonCode({ data }: Entry): string | null {
  const because = "because" in data ? (data.because as { readonly code: string } | undefined) : undefined;
  return because?.code ?? null;
}

/** Nobody at a desk opens a pull request: what stands for it is the branch, and a yes may be all that a merge is. */
function atDesk({ kind, data }: KnownEntry): string | null {
  switch (kind) {
    case "pull_request_opened":
      return `Branch ${data.branch} is at ${shortSha(data.headSha)}`;
    case "merged":
      return data.mergedSha === data.headSha ? `Finished with commit ${shortSha(data.headSha)}` : null;
    case "epic_split":
      return `${count(data.children.length, "part")} opened as tickets`;
    case "head_moved":
      return `The branch moved to ${shortSha(data.to)}`;
    case "merge_approved":
      return `${shortSha(data.headSha)} approved by ${data.by}`;
    default:
      return null;
  }
}
