import { type Moved, movedSince } from "./basis.ts";
import { overlapping } from "./overlap.ts";
import { obstacleGone } from "./obstacles.ts";
import { attempt, possible, seat } from "./attempt.ts";
import { halt, look, record, wait } from "./decisions.ts";
import { epicApproval, epicNext, epicsHere, epicStands, withinEpic } from "./epic-next.ts";
import type { Decision, Facts, Reason } from "./facts.ts";
import { divergence } from "./diverge.ts";
import { HALTS } from "./halt.ts";
import { helpsWith, offersOf } from "./let-pass.ts";
import type { Policy } from "./policy.ts";
import { excusesTests } from "../ticket/plan.ts";
import { PROOF_RECORDS, type ProofItem, readiness } from "../ticket/proof-items.ts";
import { planDoubt } from "./plan-doubt.ts";
import { substitute } from "./rotate.ts";
import { why } from "./why.ts";
import {
  type Change,
  type FindingState,
  isReady,
  openBlockers,
  roundsAllowed,
  type Ticket,
  typeOf,
} from "../ticket/ticket.ts";
import { unheard } from "../ticket/survivors.ts";
import { unsureOf } from "./routing/route.ts";

/**
 * The Orchestrator: what happens next on a ticket. Pure, so that every decision can be replayed and explained from the
 * ledger alone. Read it from top to bottom: that is the flow that the README draws.
 */

/** How often one blocker may outlive a fix round. */
const SURVIVALS_MAX = 2;
/** How often one head is proven because its base branch or its checks moved, before a person is asked. */
const PROOFS_MAX = 8;
/** A ledger longer than this is a loop that nobody foresaw. */
const ENTRIES_MAX = 400;

export function decide(ticket: Ticket, facts: Facts): Decision {
  if (ticket.end) return wait("nothing", why("ticket-ended", { as: ticket.end.as }));
  if (ticket.newer) return wait("newer-version", why("left-to-newer", ticket.newer));
  const changed = divergence(ticket, facts);
  if (changed) return changed;
  if (ticket.halt) return standing(ticket, facts, ticket.halt);
  if (ticket.length > ENTRIES_MAX) return halt("rounds", why("ledger-too-long", { entriesMax: ENTRIES_MAX }));
  const early = before(ticket, facts);
  if (early) return early;
  if (ticket.epic) return epicNext(ticket, ticket.epic, facts);
  return writing(ticket, facts) ?? reviewing(ticket, facts) ?? finishing(ticket, facts);
}

/** From the label to an approved plan. */
function before(ticket: Ticket, facts: Facts): Decision | null {
  if (!ticket.route) return attempt(ticket, facts, "route", null, why("new-ticket"));
  if (ticket.opened.pull) return null;
  if (ticket.questions.state === "open") return wait("answer", why("question-open"));
  const unsure = ticket.questions.state === "none" && unsureOf(ticket.route);
  if (unsure) return attempt(ticket, facts, "ask", "navigator", unsure);
  if (typeOf(ticket) === "bug" && !ticket.diagnosis) {
    return attempt(ticket, facts, "diagnose", "reviewer", why("cause-first"));
  }
  if (!ticket.plan || ticket.plan.textHash !== ticket.text.hash) {
    return attempt(ticket, facts, "plan", "architect", why("no-plan"));
  }
  if (ticket.plan.approvedBy) return null;
  if (excusesTests(ticket.plan.plan)) return wait("plan-approval", why("plan-changes-tests"));
  const within = withinEpic(ticket, ticket.plan.plan);
  if (ticket.route.planGate === "person" && !within) return wait("plan-approval", why("plan-gate"));
  const { dangers } = ticket.plan;
  if (dangers && !within) return wait("plan-approval", why("plan-dangerous", { dangers }));
  const epics = epicsHere(ticket);
  if (epics === "ask") return wait("plan-approval", why("plan-has-parts", { parts: ticket.plan.plan.chunks.length }));
  const { planHash, textHash } = ticket.plan;
  const because = within ?? why("plan-accepted-by-policy", { reason: ticket.route.reasons.at(-1) ?? "" });
  const data = { by: "policy", source: `plan:${planHash}`, planHash, textHash, because };
  return record(because, [epics === "on" ? epicApproval(ticket, data) : { kind: "plan_approved", data }]);
}

/** The first implementation, a person's rework, and the pull request. */
function writing(ticket: Ticket, facts: Facts): Decision | null {
  if (!ticket.change) {
    // The text is read again, so that an edit made since the approval is asked about and not silently built.
    if (facts.issue === null) return look(["issue"], why("look-before-writing"));
    return overlapping(ticket, facts) ?? attempt(ticket, facts, "implement", "implementer", why("plan-approved"));
  }
  if (!ticket.pull) return attempt(ticket, facts, "open-pull-request", null, why("no-pull-request"));
  if (ticket.rework.state === "pending") return attempt(ticket, facts, "implement", "implementer", why("rework-asked"));
  const tests = ticket.testRequests.open.length;
  if (tests > 0) return wait("test-approval", why("tests-asked", { tests }));
  return null;
}

/** Both reviews on the head, disputes settled, blockers fixed. */
function reviewing(ticket: Ticket, facts: Facts): Decision | null {
  const change = ticket.change;
  if (!change) return null;
  const disputed = [...ticket.findings.values()].find((one) => one.state === "disputed");
  if (disputed)
    return attempt(ticket, facts, "settle", null, why("finding-disputed", { findingId: disputed.finding.id }));
  const { reviewer, adversary } = ticket.reviews;
  const blockers = openBlockers(ticket).filter((one) => isJudged(ticket, change, one));
  const open = why("blockers-open", { blockers: blockers.length });
  // A blocker that is open on a head which was already looked at goes back before anybody else spends time on it. Where a
  // person wrote it, nobody fixes anything meanwhile: both look first.
  if (blockers.length > 0 && !ticket.opened.pull) return fix(ticket, facts, change, open);
  if (reviewer?.headSha !== change.headSha) return attempt(ticket, facts, "review", "reviewer", why("not-reviewed"));
  if (adversary?.headSha !== change.headSha) return attempt(ticket, facts, "attack", "adversary", why("not-attacked"));
  if (blockers.length === 0) return hearing(ticket, facts, change);
  return fix(ticket, facts, change, open);
}

/** Whether changes that no test notices could be noticed at all, said by both who review, where no round brings a test. */
function hearing(ticket: Ticket, facts: Facts, { round }: Change): Decision | null {
  const isLeft = !ticket.opened.pull && round < roundsAllowed(ticket, policyOf(facts).limits.fixRounds);
  const author = isLeft ? "left" : "gone";
  const ask = (step: "review" | "attack", role: "reviewer" | "adversary") => {
    const survivors = unheard(ticket, role, author).length;
    return survivors === 0 ? null : attempt(ticket, facts, step, role, why("survivors-unheard", { survivors }));
  };
  return ask("review", "reviewer") ?? ask("attack", "adversary");
}

/** Proof, a person's approval, and the merge. */
function finishing(ticket: Ticket, facts: Facts): Decision {
  const { proof, change } = ticket;
  if (!change || !proof || proof.headSha !== change.headSha)
    return attempt(ticket, facts, "prove", null, why("not-proven"));
  const approval = ticket.mergeApproval?.headSha === change.headSha ? ticket.mergeApproval : null;
  // The queue tests what it merges itself, and its other merges move the base under every pull request that waits in it.
  if (approval?.queuedAt && isReady(ticket)) {
    if (facts.pull === null) return look(["pull"], why("in-merge-queue"));
    return attempt(ticket, facts, "merge", null, why("in-merge-queue"));
  }
  const moved = movedSince(ticket, facts);
  if (moved) return proveAnew(ticket, facts, moved);
  if (!isReady(ticket)) return unproven(ticket, facts, change, proof.items);
  if (!approval || approval.second === "needed") {
    if (facts.checksStirred === "yes") return look(["checks"], why("checks-stirred"));
    return wait("approval", approval ? why("second-approval-needed", { by: approval.by }) : why("all-proven"));
  }
  // Everything that can have changed without a commit is looked at once more, right before the merge.
  const unseen = BEFORE_MERGE.filter((one) => facts[one] === null);
  if (unseen.length > 0) return look(unseen, why("look-before-merge"));
  return attempt(ticket, facts, "merge", null, why("merge-approved", { by: approval.by }));
}

const BEFORE_MERGE = ["issue", "pull", "base", "checks"] as const;

/** What the proof rests on is another thing by now. A base branch that never stands still ends at a person. */
function proveAnew(ticket: Ticket, facts: Facts, moved: Moved): Decision {
  if (ticket.proofs >= PROOFS_MAX) return halt("unproven", why("proof-never-settles", { times: ticket.proofs }));
  return attempt(ticket, facts, "prove", null, why("proof-outdated", { moved }));
}

/** A ticket that stands still for missing proof goes on by itself when the repository's checks say something new. */
function standing(ticket: Ticket, facts: Facts, halt: NonNullable<Ticket["halt"]>): Decision {
  const waiting = wait("person", why("ticket-halted", { as: halt.as, reason: halt.reason }));
  if (halt.reason === "part-left-out" && ticket.epic) return epicStands(ticket.epic, facts) ?? waiting;
  const ended = obstacleGone(ticket, facts);
  if (ended) return ended;
  if (halt.reason !== "unproven" || !ticket.proof || ticket.proofs >= PROOFS_MAX) return waiting;
  if (facts.checksStirred === "yes") return look(["checks"], why("checks-stirred"));
  if (facts.checks?.state !== "ended" || movedSince(ticket, facts) !== "checks") return waiting;
  const data = { by: "policy", source: `checks:${facts.checks.hash}`, how: "resume" as const };
  return record(why("proof-outdated", { moved: "checks" }), [{ kind: "resumed", data }]);
}

/** A person's push may have fixed a blocker: whoever found it looks at that head before it counts as open there. */
function isJudged(ticket: Ticket, change: Change, { finding }: FindingState): boolean {
  const pushed = change.headSha !== change.last?.headSha;
  return (
    !pushed ||
    finding.by === "person" ||
    finding.by === "proof" ||
    ticket.reviews[finding.by]?.headSha === change.headSha
  );
}

/** Another round, unless rounds are gone or one blocker keeps coming back. */
function fix(
  ticket: Ticket,
  facts: Facts,
  change: Change,
  because: Reason,
  details: readonly string[] = blockerLines(openBlockers(ticket)),
): Decision {
  const offers = offersOf(ticket, facts);
  if (ticket.opened.pull)
    return halt("unproven", why("pull-request-has-blockers", offers), {
      details,
      helps: helpsWith(["resume-when-pushed", "stop"], offers),
    });
  const stuck = openBlockers(ticket).filter((one) => one.survived >= SURVIVALS_MAX);
  if (stuck.length > 0)
    return halt("same-blocker", why("blocker-survived", { times: SURVIVALS_MAX, ...offers }), {
      details: blockerLines(stuck),
      helps: possible(helpsWith(HALTS["same-blocker"].helps, offers), ticket, facts, "implementer"),
    });
  const rounds = roundsAllowed(ticket, policyOf(facts).limits.fixRounds);
  if (change.round >= rounds)
    return halt("rounds", why("rounds-used", { rounds, ...offers }), {
      details,
      helps: possible(helpsWith(HALTS.rounds.helps, offers), ticket, facts, "implementer"),
    });
  const doubt = facts.trustsPlan ? null : planDoubt(ticket);
  if (doubt) return attempt(ticket, facts, "plan", "architect", doubt);
  return adapt(ticket, facts, change) ?? attempt(ticket, facts, "implement", "implementer", because);
}

function blockerLines(blockers: readonly FindingState[]): string[] {
  return blockers.map(({ finding }) => `${finding.id}: ${finding.title}`);
}

/** A blocker that outlived a round gets another author, once for each round. */
function adapt(ticket: Ticket, facts: Facts, change: Change): Decision | null {
  const survived = openBlockers(ticket).some((one) => one.survived >= 1);
  if (!survived || !ticket.assignment || change.last?.model !== ticket.assignment.implementer.model) return null;
  const other = substitute(facts.pool, ticket, "implementer");
  return other && seat(other, "implementer", why("blocker-outlived-round"));
}

function unproven(ticket: Ticket, facts: Facts, change: Change, items: readonly ProofItem[]): Decision {
  const verdict = readiness(items);
  const missing = verdict.outcome === "ready" ? [] : verdict.missing;
  const details = missing.map((item) => `${item.id}: ${item.state} — ${item.evidence}`);
  const fixable = missing.filter((item) => item.state === "refuted" && PROOF_RECORDS[item.id].mendedBy === "round");
  if (fixable.length > 0 && !ticket.opened.pull) {
    const open = openBlockers(ticket);
    const because = why("proof-fixable", { items: fixable.map((item) => item.id) });
    return fix(ticket, facts, change, because, open.length > 0 ? blockerLines(open) : details);
  }
  const tamper = missing.find((item) => item.id === "tamper" && item.state === "refuted");
  if (tamper) return halt("protected-paths", why("protected-files-touched"), { details: tamper.details });
  const offers = offersOf(ticket, facts);
  return halt("unproven", why("proof-missing", offers), { details, helps: helpsWith(HALTS.unproven.helps, offers) });
}

function policyOf(facts: Facts): Policy {
  if (!facts.policy) throw new Error("A routed ticket has a policy");
  return facts.policy;
}
