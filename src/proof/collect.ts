import { requiredProof } from "../core/rules/policy.ts";
import type { ProofItem, ProofItemId } from "../core/ticket/proof.ts";
import { checks, foreignChecks } from "./items/checks.ts";
import { completeness } from "./items/completeness.ts";
import { changedFiles } from "../trees/diff.ts";
import { done } from "./items/done.ts";
import { type Evidence, evidence, type ProofFacts, type ProofInput, type ProofPorts, withDetails } from "./evidence.ts";
import { prepareTrees } from "./runners/prepared.ts";
import { findExecution } from "./runners/execution.ts";
import { failToPass } from "./items/fail-to-pass.ts";
import { mergeResult } from "./items/merge-result.ts";
import { mutation } from "./items/mutation.ts";
import { passToPass } from "./items/pass-to-pass.ts";
import { openSyntax } from "./languages/parser.ts";
import { weakenings } from "./languages/weakening.ts";
import { reviews } from "./items/reviews.ts";
import { scope } from "./items/scope.ts";
import { scratchBlobs } from "./runners/suite.ts";
import { tamper } from "./items/tamper.ts";
import { verification } from "./items/verification.ts";

/** Items that are shown by running repository code. */
const BY_RUNNING: readonly ProofItemId[] = ["verification", "fail-to-pass", "pass-to-pass", "mutation"];

/**
 * All proof there is for one head commit, in the order in which people read it. Nothing is remembered between calls.
 * @throws when a content is missing from the blob store
 */
export async function collectProof(input: ProofInput, ports: ProofPorts): Promise<ProofItem[]> {
  const blobs = scratchBlobs(ports.blobs);
  const files = await changedFiles(input.base, input.head, blobs);
  const syntax = openSyntax();
  try {
    const weakened = await weakenings(files, syntax);
    const trees = await prepareTrees(input, { ...ports, blobs });
    const execution = await findExecution(input, { ...ports, ...trees, blobs });
    return await itemsOf({ ...input, files, blobs, execution, syntax, weakened }, trees.notes);
  } finally {
    await syntax.close();
  }
}

async function itemsOf(facts: ProofFacts, notes: readonly string[]): Promise<ProofItem[]> {
  const found = { verification: verification(facts), checks: checks(facts) };
  const items = await Promise.all([
    found.verification,
    found.checks,
    failToPass(facts),
    passToPass(facts),
    mutation(facts),
    scope(facts),
    completeness(facts),
    tamper(facts),
    reviews(facts),
    found.verification.then((ran) => done(facts, { verification: ran, checks: found.checks })),
    mergeResult(facts),
  ]);
  return items
    .map((item) => (item.id === "verification" ? withDetails(item, notes) : item))
    .map((item) => withPolicy(facts, item));
}

/** What the policy waives is said in the item itself, so that nobody reads a proof without seeing it. */
function withPolicy(facts: ProofFacts, item: Evidence): ProofItem {
  const waived = facts.policy.proof.waive?.find((one) => one.item === item.id);
  const said = waived
    ? evidence(item.id, item.state, `Waived by the policy (${waived.why}). ${item.evidence}`, item.details)
    : item;
  return { ...said, required: isRequired(facts, item) };
}

/**
 * Where code cannot be run, the repository's own checks take the place of running it. But one of the two has to speak:
 * a host that can run code, for a repository with neither commands nor checks, gets no proof.
 */
function isRequired(facts: ProofFacts, item: Evidence): boolean {
  // No policy decides about this one: code that nobody has tested as it will stand is not merged.
  if (item.id === "merge-result") return item.state !== "not-applicable";
  const { also = [], required = [], waive = [] } = facts.policy.proof;
  if (waive.some((one) => one.item === item.id)) return false;
  const asked: readonly ProofItemId[] = [...also, ...required];
  if (asked.includes(item.id)) return true;
  const usual = requiredProof(facts.policy, facts.type).includes(item.id);
  const hasChecks = foreignChecks(facts.checks).length > 0 || (facts.baseChecks ?? []).length > 0;
  const { execution } = facts;
  const runsByPolicy = BY_RUNNING.some((id) => asked.includes(id));
  const instead = execution.state === "impossible" && (execution.because === "no-sandbox" || hasChecks);
  const checksDecide = instead && !runsByPolicy;
  if (item.id === "checks") return checksDecide || namesChecks(facts) || (usual && hasChecks);
  // What can be refuted without running anything stays a no.
  if (BY_RUNNING.includes(item.id)) return usual && (!checksDecide || item.state === "refuted");
  return usual;
}

function namesChecks(facts: ProofFacts): boolean {
  return (facts.policy.proof.checks?.length ?? 0) > 0;
}
