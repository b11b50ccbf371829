import type { Entry, KnownEntry } from "../core/ledger/entry.ts";
import { type EntryData, type EntryKind, WORDS_OF_PEOPLE } from "../core/ledger/entries.ts";
import { fold } from "../core/ticket/fold.ts";
import { raiseOffered } from "../core/rules/raise.ts";
import { BUDGET_WARNING_PERCENT, budgetUsedPercent } from "../core/ticket/projection.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { code, inline } from "./escape.ts";
import { paragraphs } from "./format.ts";
import { renderNewer } from "./notes.ts";
import { READINGS } from "./readings.ts";
import { renderReviewed } from "./review.ts";

/** How one entry is told from the next one inside a comment. */
const RULE = "\n\n---\n\n";

/**
 * Consecutive entries of a chain as people read them in one comment. The chain is needed: an entry reads by what came before it.
 * @param onLines findings that are read on their lines in the code
 */
export function renderEntries(
  chain: readonly Entry[],
  group: readonly Entry[],
  onLines: ReadonlySet<string> = new Set(),
): string {
  const now = fold(chain);
  return group
    .map((each, at) => {
      if (each.kind === "newer") return renderNewer(each.data.kind);
      if (group.length > 1 && isSaidAlready(each)) return "";
      const entry = unrepeated(each, group[at + 1]);
      const after = fold(chain.slice(0, entry.seq));
      if (!after || !now) throw new Error(`The ledger of ${entry.ticket} does not begin with an opened entry`);
      const cut =
        entry.cut && `*Too long for one entry of the ledger, so it is shortened: ${inline(entry.cut.join(", "))}.*`;
      const hidden = entry.hidden && hiddenWords(entry.kind, entry.hidden);
      const before = fold(chain.slice(0, entry.seq - 1));
      const words =
        entry.kind === "reviewed"
          ? renderReviewed(entry.data, before, onLines)
          : renderEntry(entry, before, after, now);
      return paragraphs(words, budgetWarning(before, after), hidden, cut);
    })
    .filter((words) => words !== "")
    .join(RULE);
}

function hiddenWords(kind: KnownEntry["kind"], hidden: readonly string[]): string {
  return WORDS_OF_PEOPLE.has(kind)
    ? `*Taken out, because no reader of the page could see it: ${hidden.map(inline).join("; ")}.*`
    : `*Characters that nobody can see stood in what the models read, and were named there: ${hidden.map(code).join(", ")}.*`;
}

/** That no approval is needed is the last word of the plan's own comment. */
function isSaidAlready({ kind, data }: KnownEntry): boolean {
  return kind === "plan_approved" && data.by === "policy";
}

/** A try that ended in a halt for the same reason: the halt right below says it. */
function unrepeated(entry: KnownEntry, next: Entry | undefined): KnownEntry {
  if (entry.kind !== "step_failed" || next?.kind !== "halted" || next.data.sentence !== entry.data.sentence)
    return entry;
  return { ...entry, data: { ...entry.data, sentence: "" } };
}

/** Said once, below the entry that came so far; the status repeats it. A ticket that stands still for its budget says more. */
function budgetWarning(before: Ticket | null, after: Ticket): string {
  const [was, is] = [before && budgetUsedPercent(before), budgetUsedPercent(after)];
  if (is === null || is < BUDGET_WARNING_PERCENT || (was ?? 0) >= BUDGET_WARNING_PERCENT || after.end || after.halt)
    return "";
  return `**Budget.** ${is} % of it is used. \`/coop budget +${raiseOffered(after, 0)}\` raises it before the ticket has to wait.`;
}

/**
 * One entry as a person reads it: GitHub Markdown, in which every text of a model or a person is contained (escape.ts).
 * @param before what was believed before the entry, null for the first one
 * @param after what is believed with it
 * @param now what is believed today
 */
function renderEntry(entry: KnownEntry, before: Ticket | null, after: Ticket, now: Ticket): string {
  const read = READINGS[entry.kind].text as (
    data: EntryData<EntryKind>,
    before: Ticket | null,
    after: Ticket,
    now: Ticket,
  ) => string;
  return read(entry.data, before, after, now);
}
