import { requiredProof, type VerifyCommand } from "../core/rules/policy.ts";
import { ANY_ITEM } from "../core/ticket/proof-codes.ts";
import { PROOF_RECORDS, type ProofItem, type ProofItemId } from "../core/ticket/proof-items.ts";
import { checks, foreignChecks } from "./items/checks.ts";
import { completeness } from "./items/completeness.ts";
import { changedFiles, type FileDiff } from "../trees/diff.ts";
import type { Blobs, Snapshot } from "../trees/tree.ts";
import { isInput } from "../workspace/prepare/inputs.ts";
import { done } from "./items/done.ts";
import {
  type Evidence,
  type Execution,
  inWords,
  names,
  type ProofFacts,
  type ProofInput,
  type ProofPorts,
  withDetails,
} from "./evidence.ts";
import { prepareTrees } from "./runners/prepared.ts";
import { chooseCommands } from "./runners/choose.ts";
import { findCommands } from "./runners/commands.ts";
import { findExecution } from "./runners/execution.ts";
import { failToPass } from "./items/fail-to-pass.ts";
import { mergeResult } from "./items/merge-result.ts";
import { mutation } from "./items/mutation.ts";
import { tryMutants } from "./items/try-mutants.ts";
import { passToPass } from "./items/pass-to-pass.ts";
import { decidingFile } from "./languages/tests/deciding-files.ts";
import { loopsOf } from "./languages/weakening/go-tests.ts";
import { languageOf } from "./languages/syntax/grammar.ts";
import { openSyntax, type SyntaxReader } from "./languages/syntax/parser.ts";
import { isCode, isTestFile } from "./languages/tests/test-files.ts";
import { weakenings } from "./languages/weakening/weakening.ts";
import { reviews } from "./items/reviews.ts";
import { scope } from "./items/scope.ts";
import { isJob, jobsThatTest } from "./runners/stand-in.ts";
import { openTests, scratchBlobs } from "./runners/suite.ts";
import { tamper } from "./items/tamper.ts";
import { verification } from "./items/verification.ts";
import { shortSha } from "../core/ledger/ids.ts";

/**
 * All proof there is for one head commit, in the order in which people read it. Nothing is remembered between calls but runs on the base.
 * @param syntax is closed at the end
 * @throws when a content is missing from the blob store
 */
export async function collectProof(
  input: ProofInput,
  ports: ProofPorts,
  syntax: SyntaxReader = openSyntax(),
): Promise<ProofItem[]> {
  const blobs = scratchBlobs(ports.blobs);
  const files = await changedFiles(input.base, input.head, blobs);
  try {
    // Read while the first runs are under way.
    const loops = loopsOf(await goMod(input.base, blobs));
    const reading = weakenings(files, syntax, loops, input.plan?.testChanges ?? []);
    reading.catch(() => undefined);
    const trees = await prepareTrees(input, { ...ports, blobs });
    const tested = { ...input, commands: await commandsOf(input, { ...ports, ...trees, blobs }) };
    const execution = await findExecution(tested, { ...ports, ...trees, blobs });
    const notes = [...ranBy(input, ports, execution), ...trees.notes];
    return await itemsOf({ ...tested, files, blobs, execution, syntax, weakened: await reading }, notes);
  } finally {
    await syntax.close();
  }
}

async function goMod({ tree }: Snapshot, blobs: Blobs): Promise<string> {
  const file = tree.get("go.mod");
  return file ? ((await blobs.get(file.sha))?.toString("utf8") ?? "") : "";
}

/** Where everything was run, and of which commits. */
function ranBy({ base, head }: ProofInput, { sandbox }: ProofPorts, execution: Execution): string[] {
  if (sandbox.state === "none" || execution.state === "impossible") return [];
  const { driver, version } = sandbox.sandbox;
  const [from, to] = [base, head].map(({ commitSha }) => shortSha(commitSha));
  const by = version.startsWith(driver) ? version : `${driver} ${version}`.trim();
  return [`run by ${by}, without network: commit ${to}, and ${from} to compare`];
}

/** Runs on the base that were made to find its commands are not made again: see `shared-runs.ts`. */
async function commandsOf(
  { commands, base, policy }: ProofInput,
  ports: ProofPorts,
): Promise<readonly VerifyCommand[]> {
  if (commands !== "to-be-found") return commands;
  const { sandbox, blobs, prepared } = ports;
  if (sandbox.state === "none") return findCommands(base.tree, blobs, policy);
  const { run } = openTests({ sandbox: sandbox.sandbox, blobs, commands: [], prepared, base: base.tree });
  const chosen = await chooseCommands({ tree: base.tree, blobs, policy }, run);
  return chosen.map((one) => one.command);
}

async function itemsOf(facts: ProofFacts, notes: readonly string[]): Promise<ProofItem[]> {
  const standing = await standIns(facts);
  const found = { verification: verification(facts), checks: checks(facts) };
  const trial = tryMutants(facts);
  const unread = await unreadFiles(facts);
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
    .map((item) => (item.id === "merge-result" ? withDetails(item, facts.merges ?? []) : item))
    .map((item) => toldAbout(facts, { standing, unread }, item))
    .map((item) => withPolicy(facts, standing, item));
}

/** What the policy waives is said in the item itself, so that nobody reads a proof without seeing it. */
function withPolicy(facts: ProofFacts, standing: readonly string[], item: Evidence): ProofItem {
  const waived = facts.policy.proof.waive?.find((one) => one.item === item.id);
  const said = waived ? inWords(item, `Waived by the policy (${waived.why}). ${item.evidence}`) : item;
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

/** Items for which the changed files are read. */
const BY_READING: readonly ProofItemId[] = ["completeness", "tamper", "pass-to-pass", "mutation"];

/** What nobody has run or read is said in words. */
function toldAbout({ execution }: ProofFacts, { standing, unread }: Known, found: Evidence): Evidence {
  const item = BY_READING.includes(found.id) ? leftOpen(unread, found) : found;
  if (execution.state === "possible" || PROOF_RECORDS[item.id].shownBy !== "running" || item.state !== "unknown")
    return item;
  const who =
    standing.length > 0
      ? `The repository's own check ran the tests instead: ${names(standing)}.`
      : "Nobody has run the tests of this commit. If a check of the repository does, name it under `proof.checks` in .github/coop.yml.";
  return inWords(item, `${item.evidence} ${who}`);
}

type Unread = { readonly path: string; readonly why: string };
type Known = { readonly standing: readonly string[]; readonly unread: readonly Unread[] };

/** In a file that nobody could read nothing was looked for, nor anything found that could be tried. */
function leftOpen(unread: readonly Unread[], item: Evidence): Evidence {
  const counts = (path: string) => {
    if (item.code === "nothing-to-try") return isCode(path) && !isTestFile(path);
    return item.state === "proven" && (item.id === "completeness" || decides(path));
  };
  const files = unread.filter(({ path }) => counts(path));
  const [first] = files;
  if (!first) return item;
  const which = names(files.map((one) => one.path));
  const sentence = `${which} could not be read (${first.why}), so nothing is known about it.`;
  return { ...item, code: "unread", state: ANY_ITEM.unread, evidence: sentence };
}

function decides(path: string): boolean {
  return isCode(path) || isInput(path) || decidingFile(path) !== null;
}

async function unreadFiles({ files, syntax }: ProofFacts): Promise<Unread[]> {
  const each = files.map(async (file) => {
    const why = await whyUnread(file, syntax);
    return why === null ? [] : [{ path: file.path, why }];
  });
  return (await Promise.all(each)).flat();
}

/** A name that says code with bytes that are none may still be run: a NUL in a comment is enough. So may what is too long to parse. */
async function whyUnread(file: FileDiff, syntax: SyntaxReader): Promise<string | null> {
  const { path, action, kind, modeAfter, unread: large, after } = file;
  if (action === "delete" || modeAfter === "120000" || modeAfter === "160000") return null;
  if (large !== undefined) return large;
  if (!isCode(path)) return null;
  if (kind === "binary") return "it is no text in any encoding that is known here";
  const parsed = languageOf(path) === null ? null : await syntax.parse(path, after);
  return parsed?.outcome === "cannot" ? parsed.why : null;
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
