import type { EntryDraft } from "../core/ledger/entries.ts";
import { takeIn } from "../hygiene/seen.ts";

/** Fields in which people's words stand in the ledger as they said them. */
const SAID: ReadonlySet<string> = new Set(["text", "instructions"]);
/** Entries that hold such words. */
const PEOPLES: ReadonlySet<string> = new Set(["question_answered", "rework_requested", "remarked"]);
/** As many kinds of things as an entry can name, and as much of each. */
const NAMED_MAX = 10;
const NAMED_CHARS_MAX = 300;

/**
 * A draft without what no reader of the thread could see: the ledger shows, to people and models alike, what was really
 * said. What was taken out is named in the entry.
 */
export function visible(draft: EntryDraft): EntryDraft {
  if (!PEOPLES.has(draft.kind)) return draft;
  const hidden = new Set<string>();
  const data = withoutHidden(draft.data, "", hidden);
  if (hidden.size === 0) return draft;
  const named = [...hidden].slice(0, NAMED_MAX).map((one) => one.slice(0, NAMED_CHARS_MAX));
  return { ...draft, data, hidden: named } as EntryDraft;
}

function withoutHidden(value: unknown, name: string, hidden: Set<string>): unknown {
  if (typeof value === "string") {
    if (!SAID.has(name)) return value;
    const { text, removed } = takeIn(value, "page");
    for (const one of removed) hidden.add(one);
    return text;
  }
  if (Array.isArray(value)) return value.map((one) => withoutHidden(one, name, hidden));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutHidden(one, key, hidden)]));
}
