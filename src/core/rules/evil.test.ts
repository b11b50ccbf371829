import { expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  draft,
  factsAs,
  finding,
  issueAs,
  NEW_TEXT,
  OPENED,
  POOL,
  pullAs,
  sha,
  TEXT,
} from "../../../test/support/ledgers.ts";
import {
  headOf,
  implemented,
  looked,
  proven,
  type Script,
  settledAs,
  type StepAnswer,
  type Walk,
  walk,
} from "../../../test/support/walks.ts";
import { type Entry, firstFault } from "../ledger/chain.ts";
import type { Command } from "./command.ts";
import type { Decision, Facts } from "./facts.ts";
import type { EntryDraft, HaltReason, StepName } from "../ledger/entries.ts";
import { checksHash } from "./basis.ts";
import { obey } from "./obey.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { isReady, roundsAllowed, standingBlockers, type Ticket } from "../ticket/ticket.ts";
import { entriesOf, TEST_KEY, TEST_TICKET } from "../../../test/support/builders.ts";

/**
 * Models and people that do the worst that a step may legally record, in any order. Whatever they do: nothing is merged
 * without a person's yes to exactly the proven head, nobody reviews what they wrote, rounds end, and there is always
 * something to wait for.
 */
const fails = (reason: HaltReason): StepAnswer => {
  return () => [draft("step_failed", { reason })];
};
const halts = (reason: HaltReason): StepAnswer => {
  return () => [draft("halted", { as: "blocked", reason })];
};
const away = [fails("model-unavailable"), fails("model-unusable"), halts("budget")];

const reviews = (role: "reviewer" | "adversary"): StepAnswer[] => [
  (ticket) => [looked(ticket, role)],
  (ticket) => [looked(ticket, role, "open")],
  (ticket) => [looked(ticket, role, "silent")],
  ...[1, 2].flatMap((id): StepAnswer[] =>
    (["resolved", "open", "silent"] as const).map((status) => (ticket) => [
      looked(ticket, role, status, { findings: [finding(id, { by: role })], verdict: "pass" }),
    ]),
  ),
  (ticket) => [looked(ticket, role, "silent", { findings: [finding(3, { severity: "concern", by: role })] })],
  ...away,
];

function unproven(id: "verification" | "tamper", state: "refuted" | "unknown"): StepAnswer {
  const item = { id, state, required: true, evidence: "Not so.", details: ["package-lock.json"] };
  return (ticket) => [draft("proof_collected", { headSha: headOf(ticket), outcome: "not-ready", items: [item] })];
}

const EVIL: Readonly<Record<StepName, readonly StepAnswer[]>> = {
  route: [
    () => [draft("routed")],
    () => [draft("routed", { planGate: "person" })],
    () => [draft("routed", { type: "bug" })],
    () => [draft("routed", { clarity: "unclear" })],
    halts("policy-invalid"),
  ],
  ask: [() => [draft("question_asked")], () => [draft("question_skipped")], ...away],
  diagnose: [() => [draft("diagnosed")], ...away],
  plan: [
    (ticket) => [draft("planned", { textHash: ticket.text.hash })],
    (ticket) => [draft("planned", { textHash: ticket.text.hash, epics: { mode: "ask", sideBySide: 2 } })],
    (ticket) => [draft("planned", { textHash: ticket.text.hash, epics: { mode: "on", sideBySide: 1 } })],
    halts("plan-unsound"),
    ...away,
  ],
  split: [() => [draft("epic_split")], fails("internal"), halts("github-refused")],
  finish: [() => [draft("epic_ended")], fails("internal")],
  implement: [
    (ticket) => [implemented(ticket)],
    (ticket) => [implemented(ticket, "disputed")],
    (ticket) => [implemented(ticket, "silent")],
    halts("nothing-changed"),
    ...away,
  ],
  "open-pull-request": [
    (ticket) => [draft("pull_request_opened", { headSha: headOf(ticket) })],
    fails("github-refused"),
  ],
  review: reviews("reviewer"),
  attack: reviews("adversary"),
  settle: [settledAs("upheld"), settledAs("withdrawn"), ...away],
  prove: [
    (ticket) => [proven(ticket)],
    unproven("verification", "refuted"),
    unproven("tamper", "refuted"),
    unproven("verification", "unknown"),
    fails("internal"),
  ],
  merge: [(ticket) => [draft("merged", { headSha: headOf(ticket) })], fails("merge-refused"), halts("merge-conflict")],
};

const COMMANDS: readonly Command[] = [
  { verb: "approve" },
  { verb: "split" },
  { verb: "rework", text: "Otherwise." },
  { verb: "retry" },
  { verb: "resume" },
  { verb: "answer", text: "A comma." },
  { verb: "budget", addMicroUsd: 1 },
  { verb: "park" },
  { verb: "review" },
  ...(["implementer", "reviewer", "adversary"] as const).flatMap((role) =>
    ["opus", "codex", "llama", "gemma"].map((model): Command => ({ verb: "assign", role, model })),
  ),
];

type Shown = Pick<Facts, "issue" | "pull" | "base" | "checks" | "pusher">;
const WORLD: readonly ((ticket: Ticket) => Partial<Shown>)[] = [
  () => ({}),
  (ticket) => ({ pull: pullAs({ headSha: sha(5000 + ticket.length) }), pusher: { by: "petra" } }),
  (ticket) => ({ pull: pullAs({ headSha: headOf(ticket), state: "closed" }), issue: issueAs({ state: "closed" }) }),
  (ticket) => ({ pull: pullAs({ headSha: headOf(ticket), state: "closed" }) }),
  () => ({ issue: issueAs({ textHash: NEW_TEXT }) }),
  () => ({ issue: issueAs({ textHash: TEXT }) }),
  () => ({ issue: issueAs({ labels: [] }) }),
  (ticket) => ({ base: sha(7000 + ticket.length) }),
  (ticket) => ({
    checks: { hash: checksHash([{ name: `ci ${ticket.length}`, ours: false, status: "red" }]), state: "ended" },
  }),
];

/** The first of a list three times as often as all others together, or no story would come as far as a merge. */
const pick = (from: readonly unknown[]) =>
  fc.nat(4 * from.length - 1).map((index) => (index < from.length ? index : 0));
const scripts = fc.record(
  Object.fromEntries(
    Object.entries(EVIL).map(([step, answers]) => [
      step,
      fc.array(pick(answers), { maxLength: 8 }).map((some) => some.map((index) => answers[index] as StepAnswer)),
    ]),
  ),
) as fc.Arbitrary<Script>;

/** Stories a kind of ticket in whole ledgers, hashed and signed. `COOP_HISTORIES=5000` plays ten thousand of these, which takes minutes. */
const HISTORIES = Number(process.env["COOP_HISTORIES"] ?? 120);
/** Of two kinds, so ten thousand: what is decided is the same without hashes and signatures, and takes seconds. */
const LIGHT_HISTORIES = 5_000;

/** A script of its own for each stretch between two commands. */
const stories = fc.array(fc.record({ script: scripts, world: pick(WORLD), command: pick(COMMANDS) }), {
  minLength: 1,
  maxLength: 10,
});

/** Asked before each of a million decisions: `expect` would take most of the time. */
function hold(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`Not held: ${what}`);
}

function watch(ticket: Ticket, decision: Decision): void {
  const { change, assignment, reviews: seen } = ticket;
  if (!change || !assignment) return;
  hold(change.round <= roundsAllowed(ticket, DEFAULT_POLICY.limits.fixRounds), "rounds end");
  const authors = [...change.authors, assignment.implementer.model];
  for (const role of ["reviewer", "adversary"] as const)
    hold(!authors.includes(assignment[role].model), `no author is ${role}`);
  if (decision.do !== "step" || decision.step !== "merge") return;
  hold(isReady(ticket), "what is merged is ready");
  hold(ticket.proof?.headSha === change.headSha, "what is merged is proven");
  hold(ticket.mergeApproval?.headSha === change.headSha, "what is merged is approved");
  for (const doubter of [seen.reviewer, seen.adversary]) {
    hold(doubter?.headSha === change.headSha, "what is merged was looked at");
    hold(!change.authors.includes(doubter?.model ?? ""), "nobody looked at what they wrote");
  }
  hold(standingBlockers(ticket).length === 0, "no blocker stands");
  hold(ticket.rework.state === "done", "what people asked for is done");
  hold(ticket.textSeen === ticket.text.hash || ticket.textsSetAside.includes(ticket.textSeen), "the text is the one that was read");
} // prettier-ignore

type Story = { readonly script: Script; readonly world: number; readonly command: number };
const KINDS_OF_TICKETS: readonly (readonly [name: string, start: readonly EntryDraft[]])[] = [
  ["a feature", OPENED],
  [
    "a person's pull request",
    [draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } })],
  ],
];
const pool = [...POOL, { name: "gemma", vendor: "google", roles: null }];

/** Plays a story to its end. @throws where nothing would ever be waited for */
function play(story: readonly Story[], before: readonly Entry[], isLight: boolean): Walk {
  let last = walk([], { facts: { pool }, isLight }, before);
  for (const { script, world, command } of story) {
    const seen = (ticket: Ticket): Shown => ({
      issue: issueAs({ textHash: ticket.textSeen }),
      pull: pullAs({ headSha: headOf(ticket) }),
      pusher: null,
      base: ticket.proof?.basis?.today ?? null,
      checks: ticket.proof?.basis ? { hash: ticket.proof.basis.checks, state: "ended" } : null,
      ...WORLD[world]?.(ticket),
    });
    const options = { script, seen, watch, facts: { pool }, isLight };
    last = walk([], options, last.entries);
    const said = { by: "maria", source: `comment:${last.entries.length}`, inline: [] };
    const obeyed = obey(last.ticket, COMMANDS[command] as Command, said, factsAs({ pool }));
    if (obeyed.outcome === "accepted") last = walk(obeyed.entries, options, last.entries);
  }
  return last;
}

it.each(KINDS_OF_TICKETS)("evil models and people get nothing merged that is not proven and approved: %s", (_name, start) => {
  let merges = 0;
  fc.assert(
    fc.property(stories, (story) => {
      const { entries } = play(story, entriesOf(start), false);
      merges += entries.some((entry) => entry.kind === "merged") ? 1 : 0;
      expect(firstFault(TEST_KEY, TEST_TICKET, entries)).toBeNull();
    }),
    { numRuns: HISTORIES },
  );
  // A property over nothing proves nothing: many of the stories do end well.
  expect(merges).toBeGreaterThan(10);
}); // prettier-ignore

it.each(KINDS_OF_TICKETS)("ten thousand random histories end, and nothing evil is merged in them: %s", (_name, start) => {
  const ends = new Map<string, number>();
  let merges = 0;
  fc.assert(
    fc.property(stories, (story) => {
      const { end, kinds } = play(story, entriesOf(start), true);
      merges += kinds.includes("merged") ? 1 : 0;
      ends.set(end.for, (ends.get(end.for) ?? 0) + 1);
    }),
    { numRuns: LIGHT_HISTORIES },
  );
  expect([...ends.values()].reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(LIGHT_HISTORIES);
  // A property over nothing proves nothing: they end in many ways, and many with a merge.
  expect(merges).toBeGreaterThan(500);
  expect(ends.get("nothing")).toBeGreaterThan(100);
  expect(ends.get("person")).toBeGreaterThan(100);
}); // prettier-ignore
