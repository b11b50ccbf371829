import { sha256 } from "../../src/core/ledger/chain.ts";
import { checksHash } from "../../src/core/rules/basis.ts";
import type { RuleDraft } from "../../src/core/rules/draft.ts";
import type { Facts } from "../../src/core/rules/facts.ts";
import type { Finding } from "../../src/core/ticket/finding.ts";
import type { EntryData, EntryDraft, EntryKind } from "../../src/core/ledger/entries.ts";
import { deliveredChunk } from "../../src/core/ticket/plan.ts";
import type { ProofItemId } from "../../src/core/ticket/proof-items.ts";
import { DEFAULT_POLICY } from "../../src/core/rules/policy.ts";
import { NO_SPEND } from "../../src/core/ledger/records.ts";
import type { PoolModel } from "../../src/core/rules/rotate.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { aDraft, aFinding, aPlan, aSpend, aTicket, entriesOf, TEST_START } from "./builders.ts";

/** Ledgers for the tests of the core: commits are numbers, models and people have short names, nothing is found. */
export const TEXT = sha256("the text as it was read");
export const NEW_TEXT = sha256("the text after an edit");
export const POOL: readonly PoolModel[] = [
  { name: "opus", vendor: "anthropic", roles: null },
  { name: "codex", vendor: "openai", roles: null },
  { name: "llama", vendor: "local", roles: null },
];

/** A commit's name that says which one it is. */
export function sha(number: number): string {
  return number.toString(16).padStart(40, "0");
}

const SPEND = aSpend({ calls: 1, inputTokens: 100, outputTokens: 10, costMicroUsd: 1000 });

const CHUNK = deliveredChunk(aPlan());
export const PLAN = aPlan({ chunks: [CHUNK, { ...CHUNK, title: "Excel too" }] });

/** A blocker named by a number. */
export function finding(id: number, over: Partial<Finding> = {}): Finding {
  return aFinding({ id: `F-${String(id).padStart(8, "0")}`, severity: "blocker", title: `Finding ${id}`, ...over });
}

/** What proofs rest on where a test says nothing else. */
export const BASIS = { today: sha(1), checks: checksHash([]) };

/** A world in which what the proof rests on has stood still. */
export const STILL = { base: BASIS.today, checks: { hash: BASIS.checks, state: "ended" as const } };

const NEUTRAL: { readonly [K in EntryKind]?: Partial<EntryData<K>> } = {
  opened: { by: "maria", author: "olaf", textHash: TEXT },
  routed: {
    baseSha: sha(1),
    planGate: "policy",
    assignment: {
      architect: { model: "codex", vendor: "openai" },
      implementer: { model: "opus", vendor: "anthropic" },
      reviewer: { model: "llama", vendor: "local" },
      adversary: { model: "codex", vendor: "openai" },
      navigator: { model: "llama", vendor: "local" },
    },
  },
  planned: { baseSha: sha(1), textHash: TEXT, plan: PLAN },
  plan_approved: { by: "policy", textHash: TEXT },
  implemented: { model: "opus", vendor: "anthropic", baseSha: sha(1), headSha: sha(2), spend: SPEND },
  pull_request_opened: { number: 8, headSha: sha(2) },
  reviewed: {
    model: "llama",
    vendor: "local",
    headSha: sha(2),
    findings: [],
    done: [],
    verdict: "pass",
    spend: SPEND,
  },
  dispute_settled: { findingId: "F-00000001" },
  proof_collected: { headSha: sha(2), baseSha: sha(1), items: [], outcome: "ready", basis: BASIS },
  merge_approved: { by: "maria", headSha: sha(2) },
  merge_queued: { headSha: sha(2) },
  protected_accepted: { by: "maria", headSha: sha(2) },
  rework_requested: { by: "maria", instructions: "Use semicolons.", round: 0 },
  assignment_changed: { model: "codex", vendor: "openai" },
  halted: { as: "parked", reason: "person", by: "maria", sentence: "Parked by maria." },
  text_changed: { textHash: NEW_TEXT },
  text_accepted: { by: "maria", textHash: NEW_TEXT, taken: "new", title: "Export as TSV" },
  head_moved: { from: sha(2), to: sha(3), by: "petra" },
  merged: { by: "maria", headSha: sha(2), mergedSha: sha(10) },
};

/** A builder's draft on this file's commits, models and people, with nothing found and everything passed. */
export function draft<K extends EntryKind>(kind: K, over: Partial<EntryData<K>> = {}): EntryDraft {
  return aDraft(kind, { ...NEUTRAL[kind], ...over } as Partial<EntryData<K>>);
}

export function ticketOf(...drafts: RuleDraft[]): Ticket {
  return aTicket(entriesOf(drafts));
}

/** Openings of a feature's ledger, each one step further than the one before it. */
export const OPENED = [draft("opened")];
export const ROUTED = [...OPENED, draft("routed")];
export const PLANNED = [...ROUTED, draft("planned")];
export const APPROVED = [...PLANNED, draft("plan_approved")];
export const WRITTEN = [...APPROVED, draft("implemented"), draft("pull_request_opened")];
/** Written, and a person is asked about an old test. */
export const ASKING = [
  ...APPROVED,
  draft("implemented", {
    testChanges: [{ file: "test/a.test.js", test: "a", change: "delete", to: null, why: "Said twice." }],
  }),
  draft("pull_request_opened"),
];
export const REVIEWED = [...WRITTEN, draft("reviewed")];
export const ATTACKED = [
  ...REVIEWED,
  draft("reviewed", { role: "adversary", model: "codex", vendor: "openai", spend: NO_SPEND }),
];
/** A proof in which nobody could show these items. */
export function unshown(...ids: ProofItemId[]): EntryDraft {
  const items = ids.map((id) => {
    return { id, state: "unknown" as const, required: true, evidence: "Nobody could show it.", details: [] };
  });
  return draft("proof_collected", { items, outcome: "not-ready" });
}
export const READY = [...ATTACKED, draft("proof_collected")];
export const MERGEABLE = [...READY, draft("merge_approved")];

const ISSUE: Exclude<Facts["issue"], "gone" | null> = {
  number: 7,
  state: "open",
  title: "Export as CSV",
  body: "Please.",
  author: { login: "olaf", id: 4, type: "User" },
  labels: ["coop"],
  isPullRequest: false,
  textHash: TEXT,
};
const PULL: Exclude<Facts["pull"], "gone" | null> = {
  state: "open",
  merged: false,
  mergedSha: null,
  mergedBy: null,
  headSha: sha(2),
  baseBranch: "main",
  mergeBase: null,
  mergeable: true,
};

export function issueAs(over: Partial<typeof ISSUE> = {}): typeof ISSUE {
  return { ...ISSUE, ...over };
}

export function pullAs(over: Partial<typeof PULL> = {}): typeof PULL {
  return { ...PULL, ...over };
}

/** Facts of a quiet world: nobody has looked, and nothing moved. */
export function factsAs(over: Partial<Facts> = {}): Facts {
  return {
    ...{ now: TEST_START, policy: DEFAULT_POLICY, pool: POOL, issue: null, pull: null, pusher: null, editor: null },
    ...{ base: null, checks: null, checksStirred: "no" as const, children: null, neighbours: [] },
    ...over,
  };
}
