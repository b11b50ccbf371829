import type { DoneItem } from "../../core/ticket/plan.ts";
import { deliveredChunk } from "../../core/ticket/plan.ts";
import type { DoneFacts, DoneWhy, Found as FoundBy, Line } from "../../core/ticket/proof-facts.ts";
import type { ProofState } from "../../core/ticket/proof-items.ts";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { currentReviews } from "./reviews.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";
import { settle } from "../runners/settle.ts";
import type { TestCase } from "../runners/test-case.ts";
import { isAmong, type NamedTest, namedIn } from "./named-test.ts";

/** What other items found out, on which this one leans. */
export type Found = { readonly verification: Ran; readonly checks: Ran };
type Ran = Evidence<"verification" | "checks">;

/** Items that the sentence itself names; the details have all. */
const WORST_SHOWN_MAX = 3;
/** Commands from a plan are short checks, not test suites. */
const COMMAND_TIMEOUT_SECONDS = 60;

type Answer = { readonly state: ProofState; readonly why: DoneWhy };

const because = <C extends keyof DoneFacts>(state: ProofState, code: C, facts: DoneFacts[C]): Answer => {
  return { state, why: { code, facts } as DoneWhy };
};

/** Every item of the Definition of Done points to a fact: a test that runs, a command that passes, a file, two reviews. */
export async function done(facts: ProofFacts, found: Found): Promise<Evidence> {
  if (!facts.plan) return evidence("done", "no-plan", {});
  // Where nobody reviews, what only a reviewer could confirm is left to people.
  const all = facts.plan.definitionOfDone;
  const items = facts.asks === "nobody" ? all.filter((item) => !isForReviewers(facts, item)) : all;
  if (items.length === 0) return evidence("done", "needs-reviewers", {});
  const answers = await Promise.all(items.map(async (item) => ({ item, ...(await answer(facts, found, item)) })));
  const details = answers.map(({ item: { id }, state, why }): Line => ({ code: "done", facts: { id, state, why } }));
  const of = (state: ProofState) => answers.filter((one) => one.state === state);
  const open = [...of("refuted"), ...of("unknown")];
  if (open.length === 0) return evidence("done", "shown", { items: items.length }, details);
  const worst = open.slice(0, WORST_SHOWN_MAX).map(({ item: { id, statement }, why }) => ({ id, statement, why }));
  const code = of("refuted").length > 0 ? "not-met" : "not-shown";
  return evidence("done", code, { open: open.length, items: items.length, worst }, details);
}

/** No machine can tell: it asks for a review, or names a document. */
function isForReviewers(facts: ProofFacts, { evidence: { kind, reference } }: DoneItem): boolean {
  return kind === "review" || (kind === "test" && pathsIn(reference, facts).some((path) => !isTestFile(path)));
}

async function answer(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  // A reviewer's no always counts; its yes only where nothing else can be asked.
  const no = currentReviews(facts).find((review) => review.done.some((one) => one.id === item.id && one.met === "no"));
  const said = no?.done.find((one) => one.id === item.id)?.evidence ?? "";
  if (no) return because("refuted", "denied", { role: no.role, said });
  if (item.evidence.kind === "test") return byTest(facts, found, item);
  if (item.evidence.kind === "file") return byFile(facts, item);
  if (item.evidence.kind === "command") return byCommand(facts, found, item);
  return ABOUT_A_RUN.test(item.statement) && nothingRan(facts, found) ? NOTHING_RAN : byReviews(facts, item);
}

/** `All tests pass`, which a plan may leave to the reviewers. */
const ABOUT_A_RUN =
  /\b(?:tests?|suite|build|checks?)\s+(?:still\s+|all\s+)?(?:pass(?:es)?|succeeds?|(?:is|are|stays?)\s+green)\b/i;

async function byTest(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  const { reference } = item.evidence;
  const files = pathsIn(reference, facts).filter(isTestFile);
  const where = files.length > 0 ? files.join(", ") : fileOfTitle(facts, reference);
  if (!where) return await notByTest(facts, found, item);
  const ran = runOf(facts, found);
  const passed = await passedTests(facts);
  const absent = passed && notAmong(passed, reference, files);
  if (absent && ran.state === "proven") return worded(facts, item, absent, passed);
  return byRun(ran, where);
}

/** What ran the tests: the sandbox here, or a check of the repository that is known to run them. */
function runOf(facts: ProofFacts, found: Found): Ran {
  return facts.execution.state === "possible" ? found.verification : found.checks;
}

function byRun({ state, id, code, facts }: Ran, where: string | null = null): Answer {
  return because(state, "by-run", { where, state, ran: { id, code, facts } as FoundBy<"verification" | "checks"> });
}

function nothingRan(facts: ProofFacts, found: Found): boolean {
  return facts.execution.state === "impossible" && found.checks.state !== "proven";
}

/** Null where tests have no names, and where they did not pass: then that is what has to be said. */
async function passedTests(facts: ProofFacts): Promise<TestCase[] | null> {
  if (facts.execution.state === "impossible") return null;
  const run = (await settle(facts.execution.tests, facts.head.tree))?.run;
  if (!run?.names || run.verdict !== "passed") return null;
  return run.runs.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === "passed");
}

/** A promised test that is not among those that passed. */
function notAmong(passed: readonly TestCase[], reference: string, files: readonly string[]): NamedTest | null {
  const promised = files.map((file) => namedIn(reference, file)).filter((one) => one !== null);
  return promised.find((one) => !isAmong(one, passed)) ?? null;
}

/**
 * No name fits, but a plan may say in other words, or in another language, what the test is called. Reviewers who looked
 * can tell, where tests of that file passed; a test that was promised by its exact name they cannot put in its place.
 */
function worded(facts: ProofFacts, item: DoneItem, absent: NamedTest, passed: readonly TestCase[]): Answer {
  const { title, file, exactly } = absent;
  const no: No = (state, then) => because(state, "not-among", { title, file, then });
  const ran = passed.some((one) => one.file === file || one.file === null);
  if (!ran || (exactly && !isConfirmed(facts, item))) return no("refuted", "no-more");
  if (exactly) return no("unknown", "a-person-tells");
  return byWordAndRun(facts, item, no);
}

/** How it is said that no test is the promised one. */
type No = (state: "refuted" | "unknown", then: DoneFacts["not-among"]["then"]) => Answer;

/** Tests ran and passed; whether one of them is the one that was described in words, only reviewers can tell. */
function byWordAndRun(facts: ProofFacts, item: DoneItem, no: No): Answer {
  if (facts.asks === "nobody") return no("unknown", "name-it");
  return isConfirmed(facts, item) ? byReviews(facts, item) : no("refuted", "no-more");
}

function isConfirmed(facts: ProofFacts, { id }: DoneItem): boolean {
  return currentReviews(facts).some((review) => review.done.some((one) => one.id === id && one.met === "yes"));
}

/**
 * A plan that says "test" may mean the command that runs them, or a file that is none, as a document, or describe a test
 * in words alone. Where no test was promised, people who looked at the thing may confirm it; a test file that is not there
 * stays a no.
 */
async function notByTest(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  const { reference } = item.evidence;
  const ran = runOf(facts, found);
  if (facts.commands.some((one) => reference.includes(one.run))) return byRun(ran);
  const present = pathsIn(reference, facts);
  if (present.length > 0)
    return present.some(isCode) && nothingRan(facts, found) ? NOTHING_RAN : byReviews(facts, item);
  const no: No = (state, then) => because(state, "no-test-fits", { reference, then });
  if (reference.split(/[\s`"'(),;<>:]+/).some(isTestFile)) return no("refuted", "no-more");
  const passed = await passedTests(facts);
  if (passed && isAmong({ file: "", title: reference, exactly: false }, passed)) return byRun(ran);
  if (ran.state === "proven") return byWordAndRun(facts, item, no);
  return no(isConfirmed(facts, item) ? "unknown" : "refuted", "no-more");
}

/** What has to be run is not shown by anybody's word. */
const NOTHING_RAN = because("unknown", "nothing-ran", {});

/** A test named by its title alone: the changed test file in which the title stands. */
function fileOfTitle(facts: ProofFacts, reference: string): string | null {
  const title = /["'`](.+?)["'`]/.exec(reference)?.[1] ?? reference.trim();
  const file = facts.files.find((one) => isTestFile(one.path) && one.after.toLowerCase().includes(title.toLowerCase()));
  return file?.path ?? null;
}

function byFile(facts: ProofFacts, item: DoneItem): Answer {
  const { reference } = item.evidence;
  const present = pathsIn(reference, facts);
  if (present.length > 0) {
    const changed = present.filter((path) => facts.files.some((file) => file.path === path));
    return changed.length > 0
      ? because("proven", "files-changed", { files: changed })
      : because("proven", "files-exist", { files: present });
  }
  const chunk = facts.plan ? deliveredChunk(facts.plan) : null;
  const gone = chunk?.files.find((file) => file.action === "delete" && reference.includes(file.path));
  if (gone) return because("proven", "file-gone", { path: gone.path });
  return because("refuted", "no-file", { reference });
}

async function byCommand(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  const { reference } = item.evidence;
  const run = /`([^`]+)`/.exec(reference)?.[1] ?? reference.trim();
  const known = facts.commands.find((one) => reference.includes(one.run));
  if (facts.execution.state === "impossible") {
    if (known && found.checks.state === "proven") return byRun(found.checks);
    // A change of documents in a repository without commands has nothing to run.
    const code = facts.execution.because.code !== "no-command" || facts.files.some((file) => isCode(file.path));
    return code && nothingRan(facts, found) ? NOTHING_RAN : byReviews(facts, item);
  }
  if (known) return byRun(found.verification);
  const command: VerifyCommand = { name: run, run, proves: "command", timeoutSeconds: COMMAND_TIMEOUT_SECONDS };
  const result = await facts.execution.tests.run(facts.head.tree, command);
  if (result.verdict === "passed") return because("proven", "command-passes", { command: run });
  // The statement may be about a command that has to fail, or its words may be no command: then reviewers are asked.
  return byReviews(facts, item);
}

function byReviews(facts: ProofFacts, item: DoneItem): Answer {
  const words = currentReviews(facts).map((review) => ({
    review,
    word: review.done.find((one) => one.id === item.id),
  }));
  const yes = words.filter(({ word }) => word?.met === "yes");
  if (yes.length === 0 || yes.length < words.length)
    return because("unknown", "unconfirmed", { yes: yes.length, of: Math.max(2, words.length) });
  const confirmed = yes.map(({ review, word }) => ({ role: review.role, said: word?.evidence ?? "" }));
  return because("proven", "confirmed", { words: confirmed });
}

/** Paths of the head that stand in a reference written by a model, as whole words. */
function pathsIn(reference: string, facts: ProofFacts): string[] {
  const words = new Set(
    reference
      .split(/[\s`"'(),;<>]+/)
      .flatMap((word) => [word, word.replace(/[.:]+$/, ""), word.split(/[:#]/)[0] ?? ""]),
  );
  return [...words].map((word) => word.replace(/^\.\//, "")).filter((word) => facts.head.tree.has(word));
}
