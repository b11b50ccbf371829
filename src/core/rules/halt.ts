import type { EntryData, HaltReason } from "../ledger/entries.ts";
import { DETAILS_MAX, STATEMENT_CHARS_MAX } from "../ledger/limits.ts";
import type { HaltCode, Why } from "./why.ts";

/**
 * Why a ticket can stand still: one record a reason. It says what kind of halt it is, whom it calls, and what helps. The
 * words for all of it are in `src/messages/ways-out.ts`; `halt.test.ts` tries every offer from the state that makes it.
 */
export type HaltRecord = {
  /** Set aside on purpose or used up (`parked`), or stuck until somebody acts (`blocked`). */
  readonly as: "parked" | "blocked";
  /** Who has to look: people who follow the ticket, or those who run the server as well. */
  readonly calls: "followers" | "operators";
  /** Best first. */
  readonly helps: readonly Help[];
};

/** One way out of a halt. */
export type Help = keyof typeof HELPS;

/** What each way out says to the bot; null where something done on GitHub is all it takes. `only`: where it works. */
export const HELPS = {
  resume: { says: "/coop resume" },
  "resume-tomorrow": { says: "/coop resume" },
  "resume-without-part": { says: "/coop resume" },
  "resume-when-reopened": { says: "/coop resume" },
  "resume-when-pull-reopened": { says: "/coop resume" },
  "resume-when-resolved": { says: "/coop resume" },
  "resume-when-unblocked": { says: "/coop resume" },
  "resume-with-new-text": { says: "/coop resume", only: "person's pull request" },
  "resume-when-pushed": { says: "/coop resume", only: "person's pull request" },
  retry: { says: "/coop retry" },
  "retry-later": { says: "/coop retry" },
  "retry-proof": { says: "/coop retry" },
  "retry-when-restored": { says: "/coop retry" },
  "retry-when-corrected": { says: "/coop retry" },
  "retry-when-permitted": { says: "/coop retry" },
  "put-label-back": { says: null },
  unlock: { says: null },
  "let-in": { says: null },
  "leave-draft": { says: null },
  "keep-text": { says: "/coop approve", only: "issue" },
  "take-text": { says: "/coop rework Use the new text.", only: "issue" },
  "accept-protected": { says: "/coop approve" },
  "accept-item": { says: "/coop accept ITEM It cannot be shown here." },
  "dismiss-finding": { says: "/coop dismiss FINDING It is meant to be so." },
  rework: { says: "/coop rework Try it differently.", only: "issue" },
  "rework-one-more": { says: "/coop rework Try it differently.", only: "issue" },
  "rework-on-base": { says: "/coop rework Take in the base branch.", only: "issue" },
  "other-author": { says: "/coop assign implementer=MODEL", only: "issue" },
  "other-model": { says: "/coop assign ROLE=MODEL" },
  "start-today": { says: "/coop budget +1" },
  "raise-budget": { says: "/coop budget +5" },
  stop: { says: "/coop stop" },
} as const satisfies Readonly<Record<string, { says: string | null; only?: "issue" | "person's pull request" }>>;

const parked = (...helps: Help[]): HaltRecord => ({ as: "parked", calls: "followers", helps: [...helps, "stop"] });
const blocked = (...helps: Help[]): HaltRecord => ({ as: "blocked", calls: "followers", helps: [...helps, "stop"] });
const forOperators = (...helps: Help[]): HaltRecord => ({ ...blocked(...helps), calls: "operators" });

export const HALTS: Readonly<Record<HaltReason, HaltRecord>> = {
  person: parked("resume"),
  "label-removed": parked("put-label-back"),
  "issue-closed": parked("resume-when-reopened"),
  "pull-request-closed": parked("resume-when-pull-reopened"),
  budget: parked("raise-budget"),
  rounds: parked("rework-one-more", "other-author"),
  "same-blocker": parked("rework-one-more", "other-author"),
  "part-left-out": blocked("resume-without-part"),
  "branch-deleted": blocked("retry-when-restored"),
  "text-changed": blocked("keep-text", "take-text", "resume-with-new-text"),
  "ticket-unclear": blocked("take-text"),
  "policy-invalid": blocked("retry-when-corrected"),
  "model-unusable": blocked("retry", "other-model"),
  "model-unavailable": forOperators("retry-later", "other-model"),
  "plan-unsound": blocked("rework", "retry"),
  "nothing-changed": blocked("rework", "retry"),
  "merge-conflict": blocked("rework-on-base", "resume-when-resolved"),
  "merge-refused": blocked("resume-when-unblocked"),
  "protected-paths": blocked("accept-protected", "rework", "resume-when-pushed"),
  unproven: blocked("retry-proof", "rework", "resume-when-pushed"),
  "github-refused": forOperators("retry-when-permitted"),
  internal: forOperators("retry"),
};

/** Codes for which something else helps than usual for their reason. */
const CODE_HELPS: { readonly [C in HaltCode]?: readonly Help[] } = {
  "ledger-too-long": ["stop"],
  // The text that was there at the start is gone for good, so only the new one can count.
  "text-is-lost": ["take-text", "resume-with-new-text", "stop"],
  "tickets-of-day": ["start-today", "resume-tomorrow", "stop"],
  // A limit of the day is not raised for one ticket: that would make it no limit.
  "day-budget-used": ["resume-tomorrow", "stop"],
  "account-budget-used": ["resume-tomorrow", "stop"],
  "conversation-locked": ["unlock", "retry", "stop"],
  "repository-away": ["let-in", "retry", "stop"],
};

/** A halt before `messages` has put it into words. */
export type HaltDraft = {
  readonly kind: "halted";
  readonly data: Omit<EntryData<"halted">, "sentence" | "next" | "because"> & {
    readonly because: Why<HaltCode>;
    readonly helps: readonly Help[];
  };
};

export type HaltDetails = {
  readonly details?: readonly string[];
  /** What helps, where it depends on the ticket. */
  readonly helps?: readonly Help[];
};

/** @param by a login, or `policy` where the rules halt by themselves */
export function halted(
  reason: HaltReason,
  by: string,
  because: Why<HaltCode>,
  { details = [], helps = CODE_HELPS[because.code] ?? HALTS[reason].helps }: HaltDetails = {},
): HaltDraft {
  return {
    kind: "halted",
    data: {
      as: HALTS[reason].as,
      reason,
      by,
      because,
      details: details.slice(0, DETAILS_MAX).map((line) => line.slice(0, STATEMENT_CHARS_MAX)),
      helps,
    },
  };
}

/** Ways out that work on this kind of ticket: nobody but its author rewrites a person's pull request. */
export function helpsFor(
  helps: readonly Help[],
  ticket: { readonly opened: { readonly pull: unknown } } | null,
): Help[] {
  const kind = ticket?.opened.pull ? "person's pull request" : "issue";
  return helps.filter((one) => {
    const only = onlyFor(one);
    return only === null || only === kind;
  });
}

function onlyFor(help: Help): string | null {
  const record = HELPS[help];
  return "only" in record ? record.only : null;
}
