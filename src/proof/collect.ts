import { requiredProof } from "../core/rules/policy.ts";
import { PROOF_RECORDS, type ProofItem, type ProofItemId } from "../core/ticket/proof.ts";
import { checks, foreignChecks } from "./items/checks.ts";
import { completeness } from "./items/completeness.ts";
import { changedFiles } from "../trees/diff.ts";
import { done } from "./items/done.ts";
import {
  type Evidence,
  evidence,
  names,
  type ProofFacts,
  type ProofInput,
  type ProofPorts,
  withDetails,
} from "./evidence.ts";
import { prepareTrees } from "./runners/prepared.ts";
import { findExecution } from "./runners/execution.ts";
import { failToPass } from "./items/fail-to-pass.ts";
import { mergeResult } from "./items/merge-result.ts";
import { mutation } from "./items/mutation.ts";
import { tryMutants } from "./items/try-mutants.ts";
import { passToPass } from "./items/pass-to-pass.ts";
import { openSyntax } from "./languages/parser.ts";
import { weakenings } from "./languages/weakening.ts";
import { reviews } from "./items/reviews.ts";
import { scope } from "./items/scope.ts";
import { isJob, jobsThatTest } from "./runners/stand-in.ts";
import { scratchBlobs } from "./runners/suite.ts";
import { tamper } from "./items/tamper.ts";
import { verification } from "./items/verification.ts";

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
  const standing = await standIns(facts);
  const found = { verification: verification(facts), checks: checks(facts) };
  const trial = tryMutants(facts);
  const items = await Promise.all([
    found.verification,
    found.checks,
    failToPass(facts, trial),
    passToPass(facts),
    trial.then((tried) => mutation(facts, tried)),
    scope(facts),
    trial.then((tried) => completeness(facts, tried)),
    tamper(facts),
    reviews(facts),
    found.verification.then((ran) =>
      done(facts, { verification: ran, checks: standing.length > 0 ? found.checks : ran }),
    ),
    mergeResult(facts),
  ]);
  return items
    .map((item) => (item.id === "verification" ? withDetails(item, notes) : item))
    .map((item) => toldAbout(facts, standing, item))
    .map((item) => withPolicy(facts, standing, item));
}

/** What the policy waives is said in the item itself, so that nobody reads a proof without seeing it. */
function withPolicy(facts: ProofFacts, standing: readonly string[], item: Evidence): ProofItem {
  const waived = facts.policy.proof.waive?.find((one) => one.item === item.id);
  const said = waived
    ? evidence(item.id, item.state, `Waived by the policy (${waived.why}). ${item.evidence}`, item.details)
    : item;
  const accepted = acceptance(facts, item);
  return { ...said, required: isRequired(facts, standing, item), ...(accepted ? { accepted } : {}) };
}

/** A person's word for one item counts for exactly the head it was given for, and never for the reviews. */
function acceptance({ accepted = [], head }: ProofInput, { id, state }: Evidence) {
  const one = accepted.find((given) => given.item === id && given.headSha === head.commitSha);
  return one && id !== "reviews" && state !== "proven" ? { by: one.by, why: one.why } : null;
}

/**
 * Green checks that are known to run the tests: named so in the policy, or a job of the base's workflows whose steps run
 * the very command. They stand in where the tests cannot be run here; any other check has shown nothing about tests.
 */
async function standIns(facts: ProofFacts): Promise<string[]> {
  if (facts.execution.state === "possible") return [];
  const jobs = await jobsThatTest(facts.base.tree, facts.blobs, facts.commands);
  const named = facts.policy.proof.checks ?? [];
  return foreignChecks(facts.checks)
    .filter((one) => one.status === "green" && (named.includes(one.name) || jobs.some((job) => isJob(one.name, job))))
    .map((one) => one.name);
}

/** What nobody has run is said in words. */
function toldAbout(facts: ProofFacts, standing: readonly string[], item: Evidence): Evidence {
  const { execution } = facts;
  if (item.id === "completeness") return unread(facts, item);
  if (execution.state === "possible" || PROOF_RECORDS[item.id].shownBy !== "running" || item.state !== "unknown")
    return item;
  const who =
    standing.length > 0
      ? `The repository's own check ran the tests instead: ${names(standing)}.`
      : "Nobody has run the tests of this commit. If a check of the repository does, name it under `proof.checks` in .github/coop.yml.";
  return { ...item, evidence: `${item.evidence} ${who}`.slice(0, 1500) };
}

/** In a file that nobody could read nothing was looked for. */
function unread(facts: ProofFacts, item: Evidence): Evidence {
  const files = facts.files.filter((file) => file.unread !== undefined && file.action !== "delete");
  if (files.length === 0 || item.state !== "proven") return item;
  const which = names(files.map((file) => file.path));
  return {
    ...item,
    state: "unknown",
    evidence: `${which} could not be read (${files[0]?.unread}), so nothing is known about it.`,
  };
}

/**
 * Nothing is asked for less because something is missing: what cannot be run stays unknown and required, unless a check
 * that is known to run the tests was green.
 */
function isRequired(facts: ProofFacts, standing: readonly string[], item: Evidence): boolean {
  const { also = [], required = [], waive = [] } = facts.policy.proof;
  if (waive.some((one) => one.item === item.id)) return false;
  // For every type of task: code that nobody has tested as it will stand is not merged.
  if (item.id === "merge-result") return item.state !== "not-applicable";
  const asked: readonly ProofItemId[] = [...also, ...required];
  if (asked.includes(item.id)) return true;
  const usual = requiredProof(facts.policy, facts.type).includes(item.id);
  const hasChecks = foreignChecks(facts.checks).length > 0 || (facts.baseChecks ?? []).length > 0;
  const { execution } = facts;
  const alone = execution.state === "impossible" && execution.because === "no-sandbox";
  if (item.id === "checks") return standing.length > 0 || namesChecks(facts) || (usual && (hasChecks || alone));
  // What can be refuted without running anything stays a no.
  if (PROOF_RECORDS[item.id].shownBy === "running") return usual && (standing.length === 0 || item.state === "refuted");
  return usual;
}

function namesChecks(facts: ProofFacts): boolean {
  return (facts.policy.proof.checks?.length ?? 0) > 0;
}
