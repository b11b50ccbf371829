import { requiredProof, type VerifyCommand } from "../core/rules/policy.ts";
import { ANY_ITEM } from "../core/ticket/proof-codes.ts";
import type { Unread } from "../core/ticket/proof-fact-parts.ts";
import type { FoundItem, Line } from "../core/ticket/proof-facts.ts";
import { PROOF_RECORDS, type ProofItemId } from "../core/ticket/proof-items.ts";
import { checks, foreignChecks } from "./items/checks.ts";
import { completeness } from "./items/completeness.ts";
import { changedFiles, type FileDiff } from "../trees/diff.ts";
import type { Blobs, Snapshot } from "../trees/tree.ts";
import { isInput } from "../workspace/prepare/inputs.ts";
import { done } from "./items/done.ts";
import type { Evidence, Execution, ProofFacts, ProofInput, ProofPorts } from "./evidence.ts";
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
import { openTests } from "./runners/suite.ts";
import { scratchBlobs } from "../trees/scratch-blobs.ts";
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
): Promise<FoundItem[]> {
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
function ranBy({ base, head }: ProofInput, { sandbox }: ProofPorts, execution: Execution): Line[] {
  if (sandbox.state === "none" || execution.state === "impossible") return [];
  const { driver, version } = sandbox.sandbox;
  const [from, to] = [base, head].map(({ commitSha }) => shortSha(commitSha));
  const by = version.startsWith(driver) ? version : `${driver} ${version}`.trim();
  return [{ code: "ran-by", facts: { by, head: to ?? "", base: from ?? "" } }];
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

async function itemsOf(facts: ProofFacts, notes: readonly Line[]): Promise<FoundItem[]> {
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
    .map((item) => (item.id === "verification" ? withLines(item, notes) : item))
    .map((item) => (item.id === "merge-result" ? withLines(item, facts.merges ?? []) : item))
    .map((item) => (BY_READING.includes(item.id) ? leftOpen(unread, item) : item))
    .map((item) => withPolicy(facts, standing, item));
}

/** More of it for a reader, before what it has already. */
function withLines(item: Evidence, more: readonly Line[]): Evidence {
  return { ...item, details: [...more, ...item.details] };
}

function withPolicy(facts: ProofFacts, standing: readonly string[], item: Evidence): FoundItem {
  const waived = facts.policy.proof.waive?.find((one) => one.item === item.id)?.why;
  const accepted = acceptance(facts, item);
  const standIns = isLeftToOthers(facts, item) ? standing : undefined;
  const required = isRequired(facts, standing, item);
  return { ...item, required, waived, standIns, ...(accepted ? { accepted } : {}) };
}

/** What is shown by running, where nothing was run here. */
function isLeftToOthers({ execution }: ProofFacts, { id, state }: Evidence): boolean {
  return execution.state === "impossible" && PROOF_RECORDS[id].shownBy === "running" && state === "unknown";
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

type UnreadFile = { readonly path: string; readonly why: Unread };

/** In a file that nobody could read nothing was looked for, nor anything found that could be tried. */
function leftOpen(unread: readonly UnreadFile[], item: Evidence): Evidence {
  const counts = (path: string) => {
    if (item.code === "nothing-to-try") return isCode(path) && !isTestFile(path);
    return item.state === "proven" && (item.id === "completeness" || decides(path));
  };
  const files = unread.filter(({ path }) => counts(path));
  const [first] = files;
  if (!first) return item;
  const found = { files: files.map((one) => one.path), why: first.why };
  return { ...item, code: "unread", state: ANY_ITEM.unread, facts: found };
}

function decides(path: string): boolean {
  return isCode(path) || isInput(path) || decidingFile(path) !== null;
}

async function unreadFiles({ files, syntax }: ProofFacts): Promise<UnreadFile[]> {
  const each = files.map(async (file) => {
    const why = await whyUnread(file, syntax);
    return why === null ? [] : [{ path: file.path, why }];
  });
  return (await Promise.all(each)).flat();
}

/** A name that says code with bytes that are none may still be run: a NUL in a comment is enough. So may what is too long to parse. */
async function whyUnread(file: FileDiff, syntax: SyntaxReader): Promise<Unread | null> {
  const { path, action, kind, modeAfter, unread: large, after } = file;
  if (action === "delete" || modeAfter === "120000" || modeAfter === "160000") return null;
  if (large !== undefined) return inTheirWords(large);
  if (!isCode(path)) return null;
  if (kind === "binary") return { code: "no-text", facts: {} };
  const parsed = languageOf(path) === null ? null : await syntax.parse(path, after);
  return parsed?.outcome === "cannot" ? inTheirWords(parsed.why) : null;
}

function inTheirWords(why: string): Unread {
  return { code: "so", facts: { why } };
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
  const alone = execution.state === "impossible" && execution.because.code === "no-sandbox";
  if (item.id === "checks") return standing.length > 0 || namesChecks(facts) || (usual && (hasChecks || alone));
  // What can be refuted without running anything stays a no.
  if (PROOF_RECORDS[item.id].shownBy === "running") return usual && (standing.length === 0 || item.state === "refuted");
  return usual;
}

function namesChecks(facts: ProofFacts): boolean {
  return (facts.policy.proof.checks?.length ?? 0) > 0;
}
