// Held by test/scenarios/feature.test.ts
import type { ProofInput, ReviewFacts } from "../proof/evidence.ts";
import type { Finding } from "../core/ticket/finding.ts";
import { checksHash } from "../core/rules/basis.ts";
import type { FoundItem } from "../core/ticket/proof-facts.ts";
import { readiness } from "../core/ticket/proof-items.ts";
import { standingBlockers } from "../core/ticket/ticket.ts";
import type { Snapshot } from "../trees/tree.ts";
import type { Check } from "../forge/forge.ts";
import { collectApart } from "../proof/apart/collect-apart.ts";
import { inWords } from "../messages/proof/in-words.ts";
import { droppedByMerges } from "./dropped-by-merges.ts";
import { baseSnapshot, snapshotOf } from "./snapshots.ts";
import { proofOf } from "./proof-input.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { waitedSince } from "./waits.ts";

/** How often pending checks are asked about when no webhook says that they ended. */
const CHECKS_POLL_MS = 30_000;

/** Collects every item of the proof on exactly the head commit. Models have no part in it. */
export async function prove(context: StepContext): Promise<StepResult> {
  const { ticket, forge } = context;
  const change = ticket.change;
  if (!change) throw new Error("Proof needs a change");
  const base = await baseSnapshot(context);
  if (base.outcome !== "found") return base;
  const head = await snapshotOf(context, change.headSha);
  if (head.outcome !== "found") return head;
  const today = await todaysBase(context, base.snapshot);
  if (today.outcome !== "found") return today;
  const seen = await forge.lookTogether({ checks: change.headSha, checkers: base.snapshot.commitSha });
  const checks = seen.checks ?? (await forge.checks(change.headSha));
  if (isPending(context, checks)) return { outcome: "later", inMs: CHECKS_POLL_MS };
  const found = await collected(context, {
    ...proofOf(context, base.snapshot, head.snapshot),
    today: today.snapshot,
    checks,
    baseChecks: await baseChecks(context, checks, base.snapshot.commitSha, seen.checkers),
    // Merges of our own are plain, so nothing is asked where only models wrote.
    merges: change.person ? await droppedByMerges(forge, base.snapshot.commitSha, head.snapshot) : [],
    reviews: await reviewsOf(context, base.snapshot, head.snapshot),
  });
  const items = found.map(inWords);
  const { outcome } = readiness(items);
  return done({
    kind: "proof_collected",
    data: {
      headSha: change.headSha,
      baseSha: base.snapshot.commitSha,
      items,
      outcome,
      basis: { today: today.snapshot.commitSha, checks: checksHash(checks) },
    },
  });
}

/** Runs that were made while the reviewers looked are taken over; whatever else is asked is run. */
async function collected({ world, ticket, signal }: StepContext, input: ProofInput): Promise<FoundItem[]> {
  const taken = world.ahead?.take(ticket.key, input.head.commitSha, world.sandbox, signal);
  try {
    return await collectApart(input, {
      sandbox: taken?.sandbox ?? world.sandbox,
      blobs: world.blobs,
      preparer: world.preparer,
      onProgress: (sentence) => world.log.info({ ticket: ticket.key, preparing: sentence }, "preparing"),
    });
  } finally {
    taken?.end();
  }
}

/** The base branch as it is now: what is merged has to be tested as it will stand there. */
async function todaysBase(context: StepContext, base: Snapshot) {
  const branch = context.ticket.pull?.baseBranch ?? context.ticket.opened.defaultBranch;
  // The first proof is of the base that the change was written for. Before the merge the branch is always looked at, and a
  // proof that is made anew because it moved asks here.
  if (context.ticket.proofs === 0) return { outcome: "found" as const, snapshot: base };
  const head = await context.forge.branchHead(branch);
  if (head === base.commitSha) return { outcome: "found" as const, snapshot: base };
  return snapshotOf(context, head === "gone" ? branch : head);
}

/** Without a check on the head it matters whether the repository has any: then they were kept from running here. */
async function baseChecks(
  { forge }: StepContext,
  checks: readonly Check[],
  baseSha: string,
  seen: string[] | undefined,
): Promise<string[]> {
  if (checks.some((one) => !one.ours)) return [];
  return seen ?? forge.checkers(baseSha);
}

/** Waits for checks that count, but not for ever: after the policy's time they are `unknown`. */
function isPending({ ticket, policy, world }: StepContext, checks: readonly Check[]): boolean {
  const named = policy?.proof.checks;
  const pending = checks.some(
    (check) => !check.ours && check.status === "pending" && (named === undefined || named.includes(check.name)),
  );
  // Checks start anew when a pull request leaves draft, which is after its first proof.
  const since = ticket.proof?.at ?? ticket.change?.since ?? world.now().toISOString();
  const waitedMs = waitedSince(world, `${ticket.key} checks`, since);
  return pending && waitedMs < (policy?.proof.checksTimeoutMinutes ?? 0) * 60_000;
}

async function reviewsOf(context: StepContext, base: Snapshot, head: Snapshot): Promise<ReviewFacts[]> {
  const { reviewer, adversary } = context.ticket.reviews;
  const open = standingBlockers(context.ticket);
  const facts: ReviewFacts[] = [];
  for (const one of [reviewer, adversary]) {
    if (!one) continue;
    const { role, headSha, done: met, verificationSteps, outside = [] } = one;
    const openBlockers = open
      .filter(({ finding }) => finding.by === role)
      .map(({ finding }) => `${finding.id}: ${finding.title}`);
    // Only for a review of this very commit can it be said whether what it cites stands here.
    const brokenCitations = headSha === head.commitSha ? await brokenPlaces(context, base, head, one.findings) : [];
    facts.push({
      role,
      headSha,
      openBlockers,
      brokenCitations,
      done: met,
      outside,
      verificationSteps: verificationSteps.usable,
    });
  }
  return facts;
}

/** Looked up in the commit itself, whatever was checked when the review was written. */
async function brokenPlaces(
  { world }: StepContext,
  base: Snapshot,
  head: Snapshot,
  findings: readonly Finding[],
): Promise<string[]> {
  const broken: string[] = [];
  for (const { path, line } of findings) {
    if (path === null) continue;
    const file = head.tree.get(path);
    // A remark on a file that the change deletes has no line to cite.
    if (!file && line === null && base.tree.has(path)) continue;
    const content = file && line !== null ? await world.blobs.get(file.sha) : null;
    const lines = content?.toString("utf8").split("\n").length ?? Infinity;
    if (!file || (line !== null && line > lines)) broken.push(line === null ? path : `${path}:${line}`);
  }
  return broken;
}
