import type { Decision, Facts } from "./facts.ts";
import { divergence } from "./diverge.ts";
import { halted } from "./halt.ts";
import type { Role } from "../ledger/ids.ts";
import type { StepName } from "../ledger/entries.ts";
import type { Policy } from "./policy.ts";
import { excusesTests } from "../ticket/plan.ts";
import { type ProofItem, type ProofItemId, readiness } from "../ticket/proof.ts";
import { whyLeftToNewer } from "./newer.ts";
import { substitute } from "./rotate.ts";
import {
  type Change,
  type FindingState,
  isReady,
  openBlockers,
  roundsAllowed,
  type Ticket,
  typeOf,
} from "../ticket/ticket.ts";

/**
 * The Orchestrator: what happens next on a ticket. Pure, so that every decision can be replayed and explained from the
 * ledger alone. Read it from top to bottom: that is the flow of DESIGN 4.
 */

/** A step is tried this often before a person is asked. */
const FAILURES_MAX = 3;
/** Tries with one model before another one of the pool takes its seat. */
const FAILURES_PER_MODEL = 2;
/** How often one blocker may outlive a fix round. */
const SURVIVALS_MAX = 2;
/** A ledger longer than this is a loop that nobody foresaw. */
const ENTRIES_MAX = 400;

export function decide(ticket: Ticket, facts: Facts): Decision {
  if (ticket.end) return wait("nothing", `The ticket is ${ticket.end.as}.`);
  if (ticket.newer) return wait("newer-version", whyLeftToNewer(ticket.newer));
  const changed = divergence(ticket, facts);
  if (changed) return changed;
  if (ticket.halt) return wait("person", ticket.halt.sentence);
  if (ticket.length > ENTRIES_MAX)
    return halt("rounds", `The ledger has more than ${ENTRIES_MAX} entries, so something goes round in circles.`);
  return before(ticket, facts) ?? writing(ticket, facts) ?? reviewing(ticket, facts) ?? finishing(ticket, facts);
}

/** From the label to an approved plan. */
function before(ticket: Ticket, facts: Facts): Decision | null {
  if (!ticket.route) return attempt(ticket, facts, "route", null, "The ticket is new.");
  if (ticket.opened.pull) return null;
  if (ticket.questions.state === "open") return wait("answer", "A question is open.");
  if (ticket.route.clarity === "unclear" && ticket.questions.state === "none") {
    return attempt(ticket, facts, "ask", "navigator", "The router found the text unclear.");
  }
  if (typeOf(ticket) === "bug" && !ticket.diagnosis) {
    return attempt(ticket, facts, "diagnose", "reviewer", "A bug's cause is found before its fix is planned.");
  }
  if (!ticket.plan || ticket.plan.textHash !== ticket.text.hash) {
    return attempt(ticket, facts, "plan", "architect", "There is no plan for this text yet.");
  }
  if (ticket.plan.approvedBy) return null;
  if (ticket.route.planGate === "person") return wait("plan-approval", "The plan gate asks for a person's yes.");
  if (excusesTests(ticket.plan.plan))
    return wait("plan-approval", "The plan changes existing tests, which needs a person's yes.");
  const { planHash, textHash } = ticket.plan;
  const data = { by: "policy", source: `plan:${planHash}`, planHash, textHash, why: ticket.route.reasons.at(-1) ?? "" };
  return { do: "record", why: "The policy needs no person for this plan.", entries: [{ kind: "plan_approved", data }] };
}

/** The first implementation, a person's rework, and the pull request. */
function writing(ticket: Ticket, facts: Facts): Decision | null {
  if (!ticket.change) {
    // The text is read again, so that an edit made since the approval is asked about and not silently built.
    if (facts.issue === null) return look(["issue"], "The issue may have changed since the plan was approved.");
    return attempt(ticket, facts, "implement", "implementer", "The plan is approved.");
  }
  if (!ticket.pull) return attempt(ticket, facts, "open-pull-request", null, "The change has no pull request yet.");
  if (ticket.rework.state === "pending")
    return attempt(ticket, facts, "implement", "implementer", "A person asked for rework.");
  return null;
}

/** Both reviews on the head, disputes settled, blockers fixed. */
function reviewing(ticket: Ticket, facts: Facts): Decision | null {
  const change = ticket.change;
  if (!change) return null;
  const disputed = [...ticket.findings.values()].find((one) => one.state === "disputed");
  if (disputed) return attempt(ticket, facts, "settle", null, `${disputed.finding.id} is disputed.`);
  const { reviewer, adversary } = ticket.reviews;
  // A blocker that is open on a head which was already looked at goes back before anybody else spends time on it.
  const blockers = openBlockers(ticket).filter((one) => isJudged(ticket, change, one));
  if (blockers.length > 0) return fix(ticket, facts, change, `${blockers.length} blocker(s) are open.`);
  if (reviewer?.headSha !== change.headSha)
    return attempt(ticket, facts, "review", "reviewer", "The Reviewer has not seen this commit.");
  if (adversary?.headSha !== change.headSha)
    return attempt(ticket, facts, "attack", "adversary", "The Adversary has not seen this commit.");
  return null;
}

/** Proof, a person's approval, and the merge. */
function finishing(ticket: Ticket, facts: Facts): Decision {
  const { proof, change } = ticket;
  if (!change || !proof || proof.headSha !== change.headSha)
    return attempt(ticket, facts, "prove", null, "There is no proof for this commit.");
  if (!isReady(ticket)) return unproven(ticket, facts, change, proof.items);
  if (ticket.mergeApproval?.headSha !== change.headSha)
    return wait("approval", "Everything is proven; a person decides.");
  if (facts.pull === null || facts.issue === null)
    return look(["issue", "pull"], "Both may have changed since the approval.");
  return attempt(ticket, facts, "merge", null, `${ticket.mergeApproval.by} approved this commit.`);
}

/** A person's push may have fixed a blocker: whoever found it looks at that head before it counts as open there. */
function isJudged(ticket: Ticket, change: Change, { finding }: FindingState): boolean {
  const pushed = change.headSha !== change.last?.headSha;
  return !pushed || finding.by === "person" || ticket.reviews[finding.by]?.headSha === change.headSha;
}

/** Another round, unless rounds are gone or one blocker keeps coming back. */
function fix(ticket: Ticket, facts: Facts, change: Change, why: string): Decision {
  if (ticket.opened.pull) {
    const list = openBlockers(ticket).map(({ finding }) => `${finding.id}: ${finding.title}`);
    return halt("unproven", "The reviews found blockers. Push fixes to the branch, then say `/coop resume`.", list);
  }
  const stuck = openBlockers(ticket).filter((one) => one.survived >= SURVIVALS_MAX);
  if (stuck.length > 0) {
    const list = stuck.map(({ finding }) => `${finding.id}: ${finding.title}`);
    return halt("same-blocker", `The same blocker came back ${SURVIVALS_MAX} times without progress.`, list);
  }
  const allowed = roundsAllowed(ticket, policyOf(facts).limits.fixRounds);
  if (change.round >= allowed) {
    const list = openBlockers(ticket).map(({ finding }) => `${finding.id}: ${finding.title}`);
    return halt(
      "rounds",
      `All ${allowed} fix rounds are used and something that blocks is still open.`,
      list.length > 0 ? list : [why],
    );
  }
  return adapt(ticket, facts, change) ?? attempt(ticket, facts, "implement", "implementer", why);
}

/** A blocker that outlived a round gets another author, once for each round. */
function adapt(ticket: Ticket, facts: Facts, change: Change): Decision | null {
  const survived = openBlockers(ticket).some((one) => one.survived >= 1);
  if (!survived || !ticket.assignment || change.last?.model !== ticket.assignment.implementer.model) return null;
  const other = substitute(facts.pool, ticket, "implementer");
  if (!other) return null;
  const data = {
    role: "implementer" as const,
    model: other.name,
    vendor: other.vendor,
    by: "policy",
    why: "A blocker outlived the last fix round.",
  };
  return { do: "record", why: data.why, entries: [{ kind: "assignment_changed", data }] };
}

/** Items that another round of the Implementer can put right. */
const FIXABLE: readonly ProofItemId[] = [
  "verification",
  "checks",
  "fail-to-pass",
  "pass-to-pass",
  "mutation",
  "scope",
  "completeness",
  "done",
];

function unproven(ticket: Ticket, facts: Facts, change: Change, items: readonly ProofItem[]): Decision {
  const verdict = readiness(items);
  const missing = verdict.outcome === "ready" ? [] : verdict.missing;
  const details = missing.map((item) => `${item.id}: ${item.state} — ${item.evidence}`);
  const fixable = missing.filter((item) => item.state === "refuted" && FIXABLE.includes(item.id));
  if (fixable.length > 0 && !ticket.opened.pull)
    return fix(ticket, facts, change, `Proof is missing: ${fixable.map((item) => item.id).join(", ")}.`);
  const tamper = missing.find((item) => item.id === "tamper" && item.state === "refuted");
  if (tamper)
    return halt("protected-paths", "The change touches files that only a person may let through.", tamper.details);
  return halt("unproven", "Something that must be proven is not.", details);
}

/** A step, unless it failed too often already. Failing twice with one model gives its seat to another. */
function attempt(ticket: Ticket, facts: Facts, step: StepName, role: Role | null, why: string): Decision {
  if (ticket.failures >= FAILURES_MAX) {
    return halt(ticket.lastFailure ?? "model-unusable", `The step "${step}" failed ${ticket.failures} times in a row.`);
  }
  const ofModel = ticket.lastFailure === "model-unusable" || ticket.lastFailure === "model-unavailable";
  if (role && ofModel && ticket.failures === FAILURES_PER_MODEL && ticket.assignment) {
    const other = substitute(facts.pool, ticket, role);
    if (other && ticket.seatFailures === FAILURES_PER_MODEL) {
      const data = {
        role,
        model: other.name,
        vendor: other.vendor,
        by: "policy",
        why: `${ticket.assignment[role].model} failed ${FAILURES_PER_MODEL} times.`,
      };
      return { do: "record", why: data.why, entries: [{ kind: "assignment_changed", data }] };
    }
  }
  return { do: "step", step, why };
}

function policyOf(facts: Facts): Policy {
  if (!facts.policy) throw new Error("A routed ticket has a policy");
  return facts.policy;
}

function wait(reason: Extract<Decision, { do: "wait" }>["for"], why: string): Decision {
  return { do: "wait", for: reason, why };
}

function look(at: ("issue" | "pull")[], why: string): Decision {
  return { do: "look", at, why };
}

function halt(reason: Parameters<typeof halted>[0], sentence: string, details: readonly string[] = []): Decision {
  return { do: "record", why: sentence, entries: [halted(reason, "policy", sentence, details)] };
}
