import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { ATTACKED, draft, finding, MERGEABLE, OPENED, sha, unshown } from "../../../test/support/ledgers.ts";
import { looked, proven, unlooked, walk, type Walk } from "../../../test/support/walks.ts";
import { mended, nextDay, PREPARES, takeWayOut, WIDE } from "../../../test/support/ways-out.ts";
import { HELP_LINES } from "../../messages/ways-out.ts";
import type { HaltReason } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { RuleDraft } from "./draft.ts";
import { halted, type Help, HELPS, helpsFor } from "./halt.ts";
import { waysOutOfDraft } from "./obstacles.ts";
import { type HaltCode, type WhyFacts, why } from "./why.ts";

/**
 * Every code of a halt, with every command that it offers, tried from a ticket that stands still for it. `halt.test.ts` does the
 * same by reasons. A code without a row is an error of the compiler.
 */
type Stands = Pick<Walk, "entries" | "ticket">;
type Row<C extends HaltCode> = {
  readonly as: readonly [HaltReason, ...HaltReason[]];
  readonly facts: WhyFacts[C];
  /** What the ticket's ledger says before; a ticket whose work is proven unless said otherwise. */
  readonly at?: "plan" | "approved" | "another text";
  /** What helps there, where it depends on the ticket. */
  readonly helps?: readonly Help[];
  /** The rules halt by themselves; otherwise the step's draft is written as it is. */
  readonly byRules?: () => Stands;
};

const NONE = {};
const OFFERED = { items: [], findings: [] };
const FOUND = draft("reviewed", { findings: [finding(1)], verdict: "changes" });
const THEIRS = [
  draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } }),
  draft("routed"),
];
const silent = (ticket: Ticket) => [looked(ticket, "adversary", "silent")];
const untold = (ticket: Ticket) => [looked(ticket, "reviewer", "open")];
const proof = (ticket: Ticket) => {
  const { data } = unshown("mutation") as Extract<RuleDraft, { kind: "proof_collected" }>;
  const head = proven(ticket) as Extract<RuleDraft, { kind: "proof_collected" }>;
  return [{ kind: "proof_collected" as const, data: { ...data, headSha: head.data.headSha } }];
};

const ROWS: { readonly [C in HaltCode]: Row<C> } = {
  "parked-by-person": { as: ["person"], facts: { by: "maria" } },
  "label-taken-away": { as: ["label-removed"], facts: NONE },
  "issue-was-closed": { as: ["issue-closed"], facts: NONE },
  "pull-request-was-closed": { as: ["pull-request-closed"], facts: NONE },
  "text-was-changed": { as: ["text-changed"], facts: NONE, at: "another text" },
  "text-is-lost": { as: ["text-changed"], facts: NONE, at: "another text" },
  "ledger-too-long": { as: ["rounds"], facts: { entriesMax: 400 } },
  "pull-request-has-blockers": {
    as: ["unproven"],
    facts: OFFERED,
    byRules: () => walk([...THEIRS, FOUND], { seen: mended, script: { attack: [silent] } }),
  },
  "blocker-survived": {
    as: ["same-blocker"],
    facts: { times: 2, ...OFFERED },
    byRules: () =>
      walk([...OPENED], {
        seen: mended,
        facts: { pool: WIDE },
        script: { review: [() => [FOUND], untold, untold, untold] },
      }),
  },
  "rounds-used": { as: ["rounds"], facts: { rounds: 2, ...OFFERED } },
  "nobody-independent": { as: ["model-unusable"], facts: { model: "opus", role: "reviewer" } },
  "step-failed-often": {
    as: ["model-unusable", "model-unavailable", "internal", "merge-refused"],
    facts: { step: "review", times: 3 },
  },
  "protected-files-touched": { as: ["protected-paths"], facts: NONE },
  "proof-missing": {
    as: ["unproven"],
    facts: OFFERED,
    byRules: () => walk(ATTACKED, { seen: mended, script: { prove: [proof] } }),
  },
  "proof-never-settles": { as: ["unproven"], facts: { times: 8 } },
  "part-left-out": { as: ["part-left-out"], facts: { parts: [2], missing: [1] } },
  "issue-refused": { as: ["github-refused"], facts: { reason: "no" } },
  "branch-unreadable": { as: ["github-refused"], facts: { branch: "main" } },
  "commit-gone": { as: ["branch-deleted"], facts: { ref: "main" } },
  "branch-taken": { as: ["github-refused"], facts: { branch: "coop/issue-7" } },
  "policy-unreadable": { as: ["policy-invalid"], facts: { path: ".github/coop.yml", bytesMax: 1 }, at: "plan" },
  "policy-line-wrong": {
    as: ["policy-invalid"],
    facts: { path: ".github/coop.yml", line: 1, problem: "no" },
    at: "plan",
  },
  "pin-only-writes": { as: ["policy-invalid"], facts: { role: "reviewer", model: "claude-code" }, at: "plan" },
  "pin-not-in-pool": { as: ["policy-invalid"], facts: { role: "reviewer", model: "x", pool: [] }, at: "plan" },
  "nobody-for-role": { as: ["policy-invalid"], facts: { role: "reviewer" }, at: "plan" },
  "nobody-to-doubt": { as: ["policy-invalid"], facts: { author: "opus", pool: ["opus"] }, at: "plan" },
  "tickets-of-day": { as: ["budget"], facts: { perDay: 50 }, at: "plan" },
  "call-over-budget": { as: ["budget"], facts: { model: "opus", costMicroUsd: 2, leftMicroUsd: 1 } },
  "call-over-tokens": { as: ["budget"], facts: { model: "opus", tokens: 2, leftTokens: 1, raiseUsd: 1 } },
  "account-budget-used": { as: ["budget"], facts: { account: "acme", perDayMicroUsd: 1 } },
  "day-budget-used": { as: ["budget"], facts: { perDayMicroUsd: 1 } },
  "nothing-was-changed": { as: ["nothing-changed"], facts: NONE, at: "approved" },
  "too-many-files": { as: ["plan-unsound"], facts: { files: 400, filesMax: 300 }, at: "approved" },
  "forge-refuses": { as: ["github-refused"], facts: { reason: "no" } },
  "repository-away": { as: ["github-refused"], facts: { reason: "no" } },
  "conversation-locked": { as: ["github-refused"], facts: NONE },
  "commit-refused": { as: ["github-refused"], facts: { reason: "no", workflows: "touched" }, at: "approved" },
  "pull-request-refused": { as: ["branch-deleted", "github-refused"], facts: { branch: "coop/issue-7", reason: "no" } },
  "merge-refused": { as: ["merge-refused"], facts: { rule: "checks", reason: "no", links: [] } },
  "merge-conflicts": { as: ["merge-conflict"], facts: { base: "main" } },
};

/** The same codes where what helps depends on the ticket, as the flow says it: the list of the last test. */
const OTHERWISE: readonly (readonly [string, () => Stands])[] = [
  [
    "a draft",
    () =>
      stand(
        "merge-refused",
        "merge-refused",
        { rule: "draft", reason: "no", links: [] },
        waysOutOfDraft({ unlocks: 0 }),
      ),
  ],
  [
    "a draft, again and again",
    () =>
      stand(
        "merge-refused",
        "merge-refused",
        { rule: "draft", reason: "no", links: [] },
        waysOutOfDraft({ unlocks: 5 }),
      ),
  ],
  [
    "a refused merge",
    () =>
      walk(
        [
          ...MERGEABLE,
          halted("github-refused", "policy", why("forge-refuses", { reason: "no" }), {
            helps: ["resume-when-unblocked", "stop"],
          }),
        ],
        { seen: mended },
      ),
  ],
];

function stand<C extends HaltCode>(code: C, reason: HaltReason, facts: WhyFacts[C], helps?: readonly Help[]): Stands {
  const { at } = ROWS[code];
  const changed = at === "another text" ? [draft("text_changed", { textHash: sha(9).padEnd(64, "0") })] : [];
  const details = reason === "protected-paths" ? ["package-lock.json"] : [];
  const because = { code, facts } as ReturnType<typeof why<HaltCode>>;
  const early = {
    plan: [...OPENED, draft("routed")],
    approved: [...OPENED, draft("routed"), draft("planned"), draft("plan_approved")],
  };
  const done = () => walk(OPENED, { seen: mended }).entries.map(({ kind, data }) => ({ kind, data }) as RuleDraft);
  const before = at === "plan" || at === "approved" ? early[at] : done();
  const start = [...before, ...changed, halted(reason, "policy", because, { details, ...(helps ? { helps } : {}) })];
  // Whoever looks finds the repository back.
  return code === "repository-away" ? unlooked(start) : walk(start, { seen: mended });
}

/** The ways out that the thread offers, found again by their lines. */
function offeredBy({ ticket }: Stands): Help[] {
  const facts = ticket.halt?.because?.facts ?? {};
  const lines = new Set(ticket.halt?.next ?? []);
  const offered = (Object.keys(HELPS) as Help[]).filter((help) => lines.has(HELP_LINES[help](facts as never, ticket)));
  return helpsFor(offered, ticket);
}

const CASES = (Object.entries(ROWS) as [HaltCode, Row<HaltCode>][]).flatMap(([code, row]) =>
  row.as.map((reason) => [code, reason, row.byRules ?? (() => stand(code, reason, row.facts, row.helps))] as const),
);

function tryAll(from: Stands): void {
  const helps = offeredBy(from);
  expect(from.ticket.halt?.next).toHaveLength(
    new Set(helps.map((one) => HELP_LINES[one]((from.ticket.halt?.because?.facts ?? {}) as never, from.ticket))).size,
  );
  for (const help of helps) {
    const prepared = takeWayOut(from, help, help === "resume-tomorrow" ? nextDay : {});
    const then = PREPARES[help];
    const after = then ? takeWayOut(prepared, helps.includes(then) ? then : "retry") : prepared;
    expect([help, after.ticket.halt]).toEqual([help, null]);
  }
}

describe("every command that a halt offers helps", () => {
  it.each(CASES)("%s (%s)", (code, reason, make) => {
    const from = make();
    expect(from.ticket.halt).toMatchObject({ reason, because: { code } });
    tryAll(from);
  });

  it.each(OTHERWISE)("%s", (_what, make) => tryAll(make()));

  it("and whoever halts outside of the rules leaves to them what helps, but in the two cases above", () => {
    const own = globSync("src/{steps,flow}/**/*.ts").filter(
      (path) => !path.endsWith(".test.ts") && /\bhelps\b\s*[:=]/.test(readFileSync(path, "utf8")),
    );
    expect(own.sort()).toEqual(["src/flow/halt-refused.ts", "src/steps/merge.ts"]);
  });
});
