import { sha256 } from "../../src/core/ledger/chain.ts";
import { type Finding, findingId } from "../../src/core/ticket/finding.ts";
import type { EntryData, EntryKind, Handoff, Spend } from "../../src/core/ledger/entries.ts";
import type { Plan } from "../../src/core/ticket/plan.ts";
import { EPIC_DEFAULTS } from "./epic-defaults.ts";

/** The values that the builders start from: one story, a `--since` option for a small command-line program. */
export const BASE_SHA = "1".repeat(40);
export const HEAD_SHA = "2".repeat(40);
export const FIXED_SHA = "3".repeat(40);
export const MERGED_SHA = "4".repeat(40);
const TEXT_HASH = sha256("text");
const PLAN_HASH = sha256("plan");

export function aSpend(over: Partial<Spend> = {}): Spend {
  return { calls: 1, inputTokens: 4200, outputTokens: 900, costMicroUsd: 12_300, unpricedTokens: 0, ...over };
}

export function aHandoff(over: Partial<Handoff> = {}): Handoff {
  return {
    from: "architect",
    goal: "Report entries since a date",
    decisions: [],
    openFindings: [],
    nextActions: [],
    ...over,
  };
}

export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    goal: "`tally report --since <date>` counts only entries on or after that date.",
    chunks: [
      {
        title: "Add --since to the report",
        files: [
          { path: "src/report.js", action: "change", intent: "Filter entries by date before they are summed." },
          { path: "test/since.test.js", action: "create", intent: "Pins down the boundary day and a bad date." },
        ],
        tests: ["test/since.test.js: an entry on the boundary day is counted"],
      },
    ],
    constraints: ["The default output stays byte for byte as it is."],
    definitionOfDone: [
      {
        id: "D1",
        statement: "An entry on the boundary day is counted",
        evidence: { kind: "test", reference: "test/since.test.js: boundary day" },
      },
      {
        id: "D2",
        statement: "A date that does not exist ends with exit code 2",
        evidence: { kind: "command", reference: "node bin/tally.js report --since 2026-02-30" },
      },
    ],
    verification: ["Run `npm test`: all tests pass, 3 of them new."],
    assumptions: ["Dates are in UTC."],
    risks: ["Entries without a date are dropped by the filter."],
    estimate: { filesChanged: 2, linesChanged: 40 },
    ...over,
  };
}

export function aFinding(over: Partial<Finding> = {}): Finding {
  const remark = {
    severity: "blocker" as const,
    kind: "implementation" as const,
    title: "The boundary day is left out",
    path: "src/report.js",
    line: 14,
    quote: "entry.date > since",
    problem: "With `--since 2026-03-01` an entry of that very day is not counted, so D1 does not hold.",
    instruction: "Use `>=` in src/report.js and add a test for the boundary day.",
    by: "reviewer" as const,
    lowered: null,
    ...over,
  };
  return { id: findingId(remark), ...remark };
}

const ASSIGNMENT: EntryData<"routed">["assignment"] = {
  architect: { model: "claude-opus-5-5", vendor: "anthropic" },
  implementer: { model: "gpt-5.5-codex", vendor: "openai" },
  reviewer: { model: "claude-opus-5-5", vendor: "anthropic" },
  adversary: { model: "claude-sonnet-5", vendor: "anthropic" },
  navigator: { model: "claude-sonnet-5", vendor: "anthropic" },
};

export const IMPLEMENTED: EntryData<"implemented"> = {
  round: 0,
  model: "gpt-5.5-codex",
  vendor: "openai",
  branch: "coop/12-since",
  baseSha: BASE_SHA,
  headSha: HEAD_SHA,
  files: [
    { path: "src/report.js", action: "change", added: 14, removed: 2 },
    { path: "test/since.test.js", action: "create", added: 31, removed: 0 },
  ],
  unplanned: [],
  trail: {
    summary: "The report takes `--since` and drops older entries before it sums.",
    logic: ["Dates are compared as ISO strings, which sort like dates."],
    assumptions: ["Every entry has a date."],
    verification: ["`npm test` passes with 3 new tests."],
    limitations: ["No relative dates such as `yesterday`."],
  },
  answers: [],
  verification: { outcome: "passed", testsRun: 17, sentence: "npm test passed.", outputSha256: sha256("output") },
  handoff: aHandoff({ from: "implementer" }),
  spend: aSpend({ calls: 9, costMicroUsd: 84_000 }),
};

const reviewed: EntryData<"reviewed"> = {
  role: "reviewer",
  round: 0,
  model: "claude-opus-5-5",
  vendor: "anthropic",
  headSha: HEAD_SHA,
  summary: "The filter is in the right place; the boundary is wrong.",
  attacked: ["Boundary day, empty journal, bad dates", "Output without the option"],
  findings: [aFinding()],
  followUps: [],
  done: [
    { id: "D1", met: "no", evidence: "src/report.js:14 compares with >." },
    { id: "D2", met: "yes", evidence: "test/since.test.js checks exit code 2." },
  ],
  verificationSteps: { usable: "yes", why: "They name the command and the result." },
  verdict: "changes",
  handoff: aHandoff({ from: "reviewer" }),
  spend: aSpend(),
};

const proof: EntryData<"proof_collected"> = {
  headSha: FIXED_SHA,
  baseSha: BASE_SHA,
  items: [
    { id: "verification", state: "proven", required: true, evidence: "npm test passed, 18 tests ran.", details: [] },
    { id: "checks", state: "proven", required: true, evidence: "The check run ci is green.", details: ["ci: success"] },
    { id: "mutation", state: "unknown", required: false, evidence: "No sandbox on this host.", details: [] },
    { id: "reviews", state: "proven", required: true, evidence: "Both reviews passed on this commit.", details: [] },
  ],
  outcome: "ready",
};

type Defaults = { readonly [K in EntryKind]: EntryData<K> };

export const DEFAULTS: Defaults = {
  opened: {
    by: "alice",
    source: "label:1",
    forge: { kind: "github" as const, installationId: 7, repositoryId: 70 },
    defaultBranch: "main",
    title: "Report entries since a date",
    author: "bob",
    textHash: TEXT_HASH,
    bodyBytes: 420,
    removed: [],
    forcedType: null,
    pull: null,
  },
  routed: {
    type: "feature",
    size: "small",
    risk: "low",
    confidence: 0.86,
    clarity: "clear",
    reasons: ["Type feature: the text says add, option."],
    planGate: "person",
    assignment: ASSIGNMENT,
    assignmentReasons: ["The adversary (anthropic) is of another vendor than the author (openai)."],
    policyHash: sha256("policy"),
    baseSha: "b".repeat(40),
    budgetMicroUsd: 5_000_000,
    budgetTokens: 3_000_000,
  },
  question_asked: { model: "claude-sonnet-5", questions: ["Is the boundary day counted?"], spend: aSpend() },
  question_skipped: { model: "claude-sonnet-5", why: "The ticket names the boundary.", spend: aSpend() },
  question_answered: { by: "bob", source: "comment:100", text: "Yes, the day itself counts." },
  diagnosed: {
    model: "claude-opus-5-5",
    baseSha: BASE_SHA,
    diagnosis: {
      rootCause: "`parseDate` rolls an impossible day over into the next month.",
      affectedFiles: ["src/date.js"],
      reproduction: "`node bin/tally.js report --since 2026-02-30` prints entries from 2 March.",
      evidence: ["src/date.js:8: new Date(text)"],
      confidence: "high",
    },
    handoff: aHandoff({ from: "reviewer" }),
    spend: aSpend(),
  },
  planned: {
    model: "claude-opus-5-5",
    baseSha: BASE_SHA,
    textHash: TEXT_HASH,
    plan: aPlan(),
    planHash: PLAN_HASH,
    handoff: aHandoff(),
    spend: aSpend({ costMicroUsd: 31_400 }),
  },
  plan_approved: {
    by: "alice",
    source: "comment:101",
    planHash: PLAN_HASH,
    textHash: TEXT_HASH,
    why: "A person said yes.",
  },
  tests_excused: { by: "alice", source: "comment:109", headSha: HEAD_SHA, testChanges: [{ file: "test/since.test.js", test: "keeps the order", change: "update", to: null, why: "By day now." }] }, // prettier-ignore
  ...EPIC_DEFAULTS,
  implemented: IMPLEMENTED,
  pull_request_opened: { number: 13, headSha: HEAD_SHA, branch: "coop/12-since", baseBranch: "main" },
  reviewed,
  dispute_settled: {
    findingId: aFinding().id,
    by: "implementer",
    model: "gpt-5.5-codex",
    outcome: "upheld",
    rationale: "The Definition of Done says that the day counts.",
    spend: aSpend(),
  },
  proof_collected: proof,
  proof_accepted: {
    by: "alice",
    source: "comment:105",
    headSha: FIXED_SHA,
    item: "mutation",
    why: "The generator of this code is tested.",
  },
  finding_dismissed: {
    by: "alice",
    source: "comment:106",
    findingId: "F-00000001",
    why: "Nobody calls this with null.",
  },
  base_changed: { from: "main", to: "release-1", by: "bob", baseSha: BASE_SHA },
  merge_queued: { headSha: FIXED_SHA },
  merge_approved: { by: "alice", source: "comment:102", headSha: FIXED_SHA },
  protected_accepted: { by: "alice", source: "comment:103", headSha: FIXED_SHA, paths: ["package-lock.json"] },
  remarked: { by: "alice", source: "review:110", text: "Callers pass null.", comments: [] },
  rework_requested: {
    by: "alice",
    source: "comment:104",
    instructions: "Name the option --from.",
    round: 1,
    comments: [],
  },
  commanded: {
    by: "alice",
    source: "comment:105",
    verb: "status",
    args: "",
    outcome: "informed",
    reply: "The plan waits for a yes.",
  },
  assignment_changed: {
    role: "implementer",
    model: "claude-sonnet-5",
    vendor: "anthropic",
    by: "policy",
    why: "A blocker outlived a fix round.",
  },
  budget_raised: { by: "alice", source: "comment:106", addMicroUsd: 2_500_000 },
  halted: {
    as: "blocked",
    reason: "budget",
    by: "policy",
    sentence: "The next call could cost $0.4100, and $0.1200 of this ticket's budget is left.",
    details: [],
    next: ["`/coop budget +2` raises the budget and goes on.", "`/coop park` puts the ticket aside."],
  },
  resumed: { by: "alice", source: "comment:107", how: "resume" },
  step_failed: {
    step: "plan",
    attempt: 1,
    reason: "model-unusable",
    sentence: "The answer was not a plan.",
    spend: aSpend(),
  },
  step_interrupted: { step: "implement", endedBy: { seq: 5, kind: "halted" }, spend: aSpend() },
  text_changed: { textHash: sha256("other text") },
  text_accepted: {
    by: "alice",
    source: "comment:108",
    textHash: sha256("other text"),
    taken: "new",
    title: "Report entries since a day",
  },
  head_moved: { from: HEAD_SHA, to: FIXED_SHA, by: "carol" },
  ledger_fault: {
    seq: 3,
    place: "comment 900",
    problem: "was changed after it was published",
    contentHash: sha256("x"),
  },
  ledger_rebuilt: { entries: 6 },
  merged: { by: "alice", headSha: FIXED_SHA, mergedSha: MERGED_SHA, followUps: [] },
  issue_reopened: { by: "olaf", source: "delivery:110" },
  stopped: { by: "alice", why: "Not needed any more." },
};
