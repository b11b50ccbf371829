import { type Entry, link } from "../../src/core/ledger/chain.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import type { TicketKey } from "../../src/core/ledger/ids.ts";
import type { EntryData, EntryDraft, EntryKind } from "../../src/core/ledger/entries.ts";
import { type LedgerKeys, ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import type { RuleDraft } from "../../src/core/rules/draft.ts";
import { worded } from "../../src/messages/worded.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { aFinding, DEFAULTS, FIXED_SHA, IMPLEMENTED } from "./draft-defaults.ts";

export { aFinding, aHandoff, aPlan, aSpend, BASE_SHA, FIXED_SHA, HEAD_SHA, MERGED_SHA } from "./draft-defaults.ts";

/** Valid by default: a test names only what it is about. */
export const TEST_SECRET = "a ledger secret of the builders";
export const TEST_KEY = ledgerKeys(TEST_SECRET);
export const TEST_TICKET: TicketKey = "acme/tally#12";
export const TEST_START = new Date("2026-03-02T09:00:00.000Z");

export const ENTRY_KINDS = Object.keys(DEFAULTS) as EntryKind[];

/** A valid draft of any kind; `over` replaces single fields. */
export function aDraft<K extends EntryKind>(kind: K, over: Partial<EntryData<K>> = {}): EntryDraft {
  return { kind, data: { ...DEFAULTS[kind], ...over } } as EntryDraft;
}

export type LedgerOptions = {
  readonly ticket?: TicketKey;
  readonly key?: LedgerKeys;
  readonly start?: Date;
  readonly after?: readonly Entry[];
};

/** A chain of these drafts, one minute apart. @param options `after` holds the first of them, linked already */
export function entriesOf(drafts: readonly RuleDraft[], options: LedgerOptions = {}): Entry[] {
  const { ticket = TEST_TICKET, key = TEST_KEY, start = TEST_START } = options;
  const chain = [...(options.after ?? [])];
  for (const [index, draft] of drafts.entries()) {
    if (index < (options.after?.length ?? 0)) continue;
    const said = worded(draft, fold(chain));
    chain.push(...link(key, ticket, chain, [said], new Date(start.getTime() + index * 60_000)));
  }
  return chain;
}

/** The whole story of one ticket: a blocker, one fix round, both reviews, proof, merge. */
export function storyDrafts(): EntryDraft[] {
  const fix = {
    round: 1,
    headSha: FIXED_SHA,
    answers: [{ findingId: aFinding().id, status: "fixed" as const, evidence: "`>=` now, with a test for the day." }],
  };
  const followUps = [
    { findingId: aFinding().id, status: "resolved" as const, evidence: "src/report.js:14 compares with >=." },
  ];
  const pass = {
    round: 1,
    headSha: FIXED_SHA,
    summary: "The boundary day is counted and tested.",
    findings: [],
    verdict: "pass" as const,
    done: [{ id: "D1", met: "yes" as const, evidence: "test/since.test.js: boundary day." }],
  };
  const adversary = { role: "adversary" as const, model: "claude-sonnet-5" };
  return [
    aDraft("opened"),
    aDraft("routed"),
    aDraft("planned"),
    aDraft("plan_approved"),
    aDraft("implemented"),
    aDraft("pull_request_opened"),
    aDraft("reviewed"),
    aDraft("implemented", { ...IMPLEMENTED, ...fix }),
    aDraft("reviewed", { ...pass, followUps }),
    aDraft("reviewed", { ...pass, ...adversary, summary: "Nothing else reads entry dates." }),
    aDraft("proof_collected"),
    aDraft("merge_approved"),
    aDraft("merged"),
  ];
}

/** The story up to and with the first entry of a kind; the whole of it by default. */
export function aTicketLedger(upTo: EntryKind | "end" = "end", options: LedgerOptions = {}): Entry[] {
  const drafts = storyDrafts();
  const at = upTo === "end" ? drafts.length - 1 : drafts.findIndex((draft) => draft.kind === upTo);
  if (at < 0) throw new Error(`The story has no ${upTo}`);
  return entriesOf(drafts.slice(0, at + 1), options);
}

/** What is believed of a ledger. @throws when it is empty */
export function aTicket(entries: readonly Entry[] = aTicketLedger()): Ticket {
  const ticket = fold(entries);
  if (!ticket) throw new Error("An empty ledger folds to no ticket");
  return ticket;
}
