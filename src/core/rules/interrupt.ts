import type { EntryData, EntryKind, StepName } from "../ledger/entries.ts";
import type { Entry, KnownEntry } from "../ledger/entry.ts";
import type { Role } from "../ledger/ids.ts";
import { STEP_ROLES } from "../ledger/records.ts";

/**
 * What an entry means to a step that was under way when it was written. People are heard while a step runs, so the ledger
 * may have grown by its end: it goes on beside what does not touch its work, and ends where its result would answer a
 * question that nobody asks any more.
 */
type Meaning = "goes-on" | "ends";
type Rule<K extends EntryKind> = Meaning | ((data: EntryData<K>, step: StepName) => Meaning);

const MEANINGS: { readonly [K in EntryKind]: Rule<K> } = {
  commanded: "goes-on",
  budget_raised: "goes-on",
  ledger_fault: "goes-on",
  remarked: "goes-on",
  merge_approved: "goes-on",
  /** A text that was decided before; one that was not halts the ticket, and the halt is what ends the step. */
  text_changed: "goes-on",
  assignment_changed: ({ role }, step) => (plays(step, role) ? "ends" : "goes-on"),
  halted: "ends",
  stopped: "ends",
  merged: "ends",
  issue_reopened: "ends",
  rework_requested: "ends",
  question_answered: "ends",
  text_accepted: "ends",
  head_moved: "ends",
  base_changed: "ends",
  /** Without these a proof that is being collected would not know what was let pass, and a fix would fix it. */
  proof_accepted: "ends",
  finding_dismissed: "ends",
  protected_accepted: "ends",
  plan_approved: "ends",
  tests_excused: "ends",
  epic_approved: "ends",
  overlap_noticed: "ends",
  overlap_ended: "ends",
  child_begun: "ends",
  child_ended: "ends",
  child_reopened: "ends",
  resumed: "ends",
  ledger_rebuilt: "ends",
  /** The rest is written by steps: another worker has done this one, or a later one, meanwhile. */
  opened: "ends",
  routed: "ends",
  question_asked: "ends",
  question_skipped: "ends",
  diagnosed: "ends",
  planned: "ends",
  epic_split: "ends",
  epic_ended: "ends",
  implemented: "ends",
  pull_request_opened: "ends",
  reviewed: "ends",
  dispute_settled: "ends",
  proof_collected: "ends",
  merge_queued: "ends",
  step_failed: "ends",
  step_interrupted: "ends",
};

/** A dispute may be settled from any seat. */
function plays(step: StepName, role: Role): boolean {
  return STEP_ROLES[step] === role || step === "settle";
}

/**
 * The first of these entries that ends a step which was under way, or null when it goes on beside all of them. What a newer
 * version wrote ends it: nobody here can tell what it means.
 */
export function endedBy(step: StepName, entries: readonly Entry[]): Entry | null {
  return entries.find((entry) => entry.kind === "newer" || meaning(entry, step) === "ends") ?? null;
}

function meaning(entry: KnownEntry, step: StepName): Meaning {
  const rule = MEANINGS[entry.kind] as Rule<EntryKind>;
  return typeof rule === "function" ? rule(entry.data, step) : rule;
}
