// Held by test/scenarios/hearing.test.ts
import { type EntryDraft, WORDS_OF_PEOPLE } from "../core/ledger/entries.ts";
import { LINE_CHARS_MAX, NOTES_MAX } from "../core/ledger/limits.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { takeIn } from "../hygiene/seen.ts";

/** Fields in which people's words stand in the ledger as they said them. */
const SAID: ReadonlySet<string> = new Set(["text", "instructions"]);

/**
 * A draft without what no reader of the thread could see: the ledger shows, to people and models alike, what was really
 * said. What was taken out is named in the entry.
 */
export function visible(draft: EntryDraft): EntryDraft {
  if (!WORDS_OF_PEOPLE.has(draft.kind)) return draft;
  const hidden = new Set<string>();
  const data = withoutHidden(draft.data, "", hidden);
  if (hidden.size === 0) return draft;
  return { ...draft, data, hidden: fewOf([...hidden]) } as EntryDraft;
}

/**
 * What a step wrote down, and the characters that nobody can see which its models met in files, diffs and output: those stand
 * where they stood, so a reader is told that they are there.
 */
export function withNames(drafts: readonly RuleDraft[], names: readonly string[]): RuleDraft[] {
  const [first, ...others] = drafts;
  if (!first || names.length === 0 || WORDS_OF_PEOPLE.has(first.kind)) return [...drafts];
  return [{ ...first, hidden: fewOf(names) } as RuleDraft, ...others];
}

/** As many as an entry can name; what does not fit is counted in the last place. */
function fewOf(names: readonly string[]): string[] {
  const more = names.length - NOTES_MAX;
  const told = more > 0 ? [...names.slice(0, NOTES_MAX - 1), `${more + 1} more`] : names;
  return told.map((one) => one.slice(0, LINE_CHARS_MAX));
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
