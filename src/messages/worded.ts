import type { EntryDraft } from "../core/ledger/entries.ts";
import { DETAILS_MAX, LINE_CHARS_MAX, SENTENCE_CHARS_MAX } from "../core/ledger/limits.ts";
import type { ReasonedDraft, RuleDraft } from "../core/rules/draft.ts";
import type { Why } from "../core/rules/why.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { helpLines } from "./ways-out.ts";
import { sentenceFor } from "./reasons/sentence.ts";

/**
 * Writes the sentence of a draft that only carries its reason. Called once, just before an entry is appended: the stored
 * words never change afterwards, whatever becomes of the tables.
 * @param ticket as it stood before the entry: not every way out of a halt works on every ticket
 */
export function worded(draft: RuleDraft, ticket: Ticket | null): EntryDraft {
  return isReasoned(draft) ? ({ ...draft, data: dataOf(draft, ticket) } as EntryDraft) : draft;
}

function dataOf(draft: ReasonedDraft, ticket: Ticket | null): object {
  const said = sentenceFor(draft.data.because, ticket?.forge.kind);
  const sentence = said.slice(0, SENTENCE_CHARS_MAX);
  const because = capped(draft.data.because);
  switch (draft.kind) {
    case "halted": {
      const { helps: _, ...data } = draft.data;
      return { ...data, because, sentence, next: helpLines(draft.data, ticket) };
    }
    case "step_failed":
      return { ...draft.data, because, sentence };
    case "commanded":
      return { ...draft.data, because, reply: said };
    case "plan_approved":
    case "epic_approved":
    case "assignment_changed":
    case "stopped":
      return { ...draft.data, because, why: said.slice(0, LINE_CHARS_MAX) };
  }
}

/** Entries that were worded already, or that need no reason. */
function isReasoned(draft: RuleDraft): draft is ReasonedDraft {
  const { data } = draft;
  return "because" in data && data.because !== undefined && !["sentence", "why", "reply"].some((key) => key in data);
}

/** A provider's or GitHub's own words can be of any length. */
function capped({ code, facts }: Why): object {
  const short = (value: unknown): unknown => {
    if (typeof value === "string") return value.slice(0, SENTENCE_CHARS_MAX);
    return Array.isArray(value)
      ? value.slice(0, DETAILS_MAX).map((item) => String(item).slice(0, LINE_CHARS_MAX))
      : value;
  };
  return { code, facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, short(value)])) };
}
