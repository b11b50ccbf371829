import type { ReviewFacts } from "../proof/evidence.ts";
import { readiness } from "../core/proof.ts";
import { standingBlockers, type Ticket, typeOf } from "../core/ticket.ts";
import type { Check } from "../github/github.ts";
import { findCommands } from "../proof/commands.ts";
import { collectProof } from "../proof/collect.ts";
import { baseSnapshot, snapshotOf } from "./snapshots.ts";
import { done, policyOf, type StepContext, type StepResult } from "./step.ts";

/** How often pending checks are asked about when no webhook says that they ended. */
const CHECKS_POLL_MS = 30_000;

/** Collects every item of the proof on exactly the head commit. Models have no part in it. */
export async function prove(context: StepContext): Promise<StepResult> {
  const { ticket, world, github } = context;
  const change = ticket.change;
  if (!change) throw new Error("Proof needs a change");
  const base = await baseSnapshot(context);
  if (base.outcome !== "found") return base;
  const head = await snapshotOf(context, change.headSha);
  if (head.outcome !== "found") return head;
  const policy = policyOf(context);
  const checks = await github.checks(change.headSha);
  if (isPending(context, checks)) {
    return { outcome: "later", inMs: CHECKS_POLL_MS, why: "The repository's checks on this commit are still running." };
  }
  const items = await collectProof(
    {
      type: typeOf(ticket),
      plan: ticket.plan?.plan ?? null,
      base: base.snapshot,
      head: head.snapshot,
      policy,
      commands: await findCommands(base.snapshot.tree, world.blobs, policy),
      checks,
      unplanned: change.last?.unplanned ?? [],
      protectedAccepted: ticket.protectedAccepted?.headSha === change.headSha ? ticket.protectedAccepted.paths : [],
      reviews: reviewsOf(ticket),
    },
    { sandbox: world.sandbox, blobs: world.blobs },
  );
  const { outcome } = readiness(items);
  return done({
    kind: "proof_collected",
    data: { headSha: change.headSha, baseSha: base.snapshot.commitSha, items, outcome },
  });
}

/** Waits for checks that count, but not for ever: after the policy's time they are `unknown`. */
function isPending({ ticket, policy, world }: StepContext, checks: readonly Check[]): boolean {
  const named = policy?.proof.checks;
  const pending = checks.some(
    (check) => !check.ours && check.status === "pending" && (named === undefined || named.includes(check.name)),
  );
  const since = Date.parse(ticket.change?.since ?? world.now().toISOString());
  const waitedMs = world.now().getTime() - since;
  return pending && waitedMs < (policy?.proof.checksTimeoutMinutes ?? 0) * 60_000;
}

function reviewsOf(ticket: Ticket): ReviewFacts[] {
  const { reviewer, adversary } = ticket.reviews;
  const open = standingBlockers(ticket);
  return [reviewer, adversary].flatMap((one) => {
    if (!one) return [];
    const { role, headSha, done: met, verificationSteps } = one;
    const openBlockers = open
      .filter(({ finding }) => finding.by === role)
      .map(({ finding }) => `${finding.id}: ${finding.title}`);
    const brokenCitations = one.findings
      .filter((finding) => finding.severity === "blocker" && finding.lowered)
      .map((finding) => finding.id);
    return [{ role, headSha, openBlockers, brokenCitations, done: met, verificationSteps: verificationSteps.usable }];
  });
}
