import type { DoneItem } from "../../core/ticket/plan.ts";
import { deliveredChunk } from "../../core/ticket/plan.ts";
import type { ProofState } from "../../core/ticket/proof.ts";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import { type Evidence, evidence, plural, type ProofFacts } from "../evidence.ts";
import { currentReviews } from "./reviews.ts";
import { isTestFile } from "../languages/test-files.ts";
import { settle } from "../runners/settle.ts";
import { isAmong, type NamedTest, namedIn } from "./named-test.ts";

/** What other items found out, on which this one leans. */
export type Found = { readonly verification: Evidence; readonly checks: Evidence };

/** Commands from a plan are short checks, not test suites. */
const COMMAND_TIMEOUT_SECONDS = 60;

type Answer = { readonly state: ProofState; readonly why: string };

/** Every item of the Definition of Done points to a fact: a test that runs, a command that passes, a file, two reviews. */
export async function done(facts: ProofFacts, found: Found): Promise<Evidence> {
  if (!facts.plan) return evidence("done", "unknown", "There is no plan, so there is no Definition of Done.");
  // Where nobody reviews, what only a reviewer could confirm is left to people.
  const all = facts.plan.definitionOfDone;
  const items = facts.asks === "nobody" ? all.filter((item) => !isForReviewers(facts, item)) : all;
  if (items.length === 0)
    return evidence("done", "not-applicable", "Nothing of the Definition of Done can be shown without a reviewer.");
  const answers = await Promise.all(items.map((item) => answer(facts, found, item)));
  const details = items.map((item, index) => `${item.id} ${answers[index]?.state}: ${answers[index]?.why}`);
  const of = (state: ProofState) => items.filter((_, index) => answers[index]?.state === state);
  const open = [...of("refuted"), ...of("unknown")];
  if (open.length === 0)
    return evidence(
      "done",
      "proven",
      `All ${plural(items.length, "item")} of the Definition of Done have evidence.`,
      details,
    );
  const worst = open.slice(0, 3).map((item) => {
    const index = items.indexOf(item);
    return `${item.id} ("${item.statement}"): ${answers[index]?.why}`;
  });
  const state = of("refuted").length > 0 ? "refuted" : "unknown";
  return evidence(
    "done",
    state,
    `${open.length} of ${plural(items.length, "item")} without evidence. ${worst.join(" ")}`,
    details,
  );
}

/** No machine can tell: it asks for a review, or names a document. */
function isForReviewers(facts: ProofFacts, { evidence: { kind, reference } }: DoneItem): boolean {
  return kind === "review" || (kind === "test" && pathsIn(reference, facts).some((path) => !isTestFile(path)));
}

async function answer(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  // A reviewer's no always counts; its yes only where nothing else can be asked.
  const no = currentReviews(facts).find((review) => review.done.some((one) => one.id === item.id && one.met === "no"));
  const said = no?.done.find((one) => one.id === item.id)?.evidence;
  if (no) return { state: "refuted", why: `The ${no.role} says that it is not met: ${said}` };
  if (item.evidence.kind === "test") return byTest(facts, found, item);
  if (item.evidence.kind === "file") return byFile(facts, item);
  if (item.evidence.kind === "command") return byCommand(facts, found, item);
  return byReviews(facts, item);
}

async function byTest(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  const { reference } = item.evidence;
  const files = pathsIn(reference, facts).filter(isTestFile);
  const where = files.length > 0 ? files.join(", ") : fileOfTitle(facts, reference);
  if (!where) return notByTest(facts, found, item);
  const absent = await notAmongPassed(facts, reference, files);
  if (absent)
    return { state: "refuted", why: `No test "${absent.title}" ran and passed in ${absent.file} on this commit.` };
  const ran = facts.execution.state === "possible" ? found.verification : found.checks;
  if (ran.state === "proven") return { state: "proven", why: `${where}: ${ran.evidence}` };
  return { state: ran.state, why: `${where} exists, but: ${ran.evidence}` };
}

/** A promised test that is not among those that passed; null where all are, or where tests have no names. */
async function notAmongPassed(
  facts: ProofFacts,
  reference: string,
  files: readonly string[],
): Promise<NamedTest | null> {
  const promised = files.map((file) => namedIn(reference, file)).filter((one) => one !== null);
  if (promised.length === 0 || facts.execution.state === "impossible") return null;
  const run = (await settle(facts.execution.tests, facts.head.tree))?.run;
  // Where not even the tests passed, that is what has to be said.
  if (!run?.names || run.verdict !== "passed") return null;
  const passed = run.runs.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === "passed");
  return promised.find((one) => !isAmong(one, passed)) ?? null;
}

/**
 * A plan that says "test" may mean the command that runs them, or a file that is none, as a document. Where no test was
 * promised, people who looked at the thing may confirm it; a promised test that is not there stays a no.
 */
function notByTest(facts: ProofFacts, found: Found, item: DoneItem): Answer {
  const { reference } = item.evidence;
  if (facts.commands.some((one) => reference.includes(one.run))) {
    const ran = facts.execution.state === "possible" ? found.verification : found.checks;
    return { state: ran.state, why: ran.evidence };
  }
  const isFile = pathsIn(reference, facts).length > 0;
  if (isFile) return byReviews(facts, item);
  return { state: "refuted", why: `No test on this commit fits "${reference}".` };
}

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
    const what = changed.length > 0 ? `${changed.join(", ")} changed` : `${present.join(", ")} exists`;
    return { state: "proven", why: `${what} on this commit.` };
  }
  const chunk = facts.plan ? deliveredChunk(facts.plan) : null;
  const gone = chunk?.files.find((file) => file.action === "delete" && reference.includes(file.path));
  if (gone) return { state: "proven", why: `${gone.path} is gone, as planned.` };
  return { state: "refuted", why: `No file on this commit fits "${reference}".` };
}

async function byCommand(facts: ProofFacts, found: Found, item: DoneItem): Promise<Answer> {
  const { reference } = item.evidence;
  const run = /`([^`]+)`/.exec(reference)?.[1] ?? reference.trim();
  const known = facts.commands.find((one) => one.run === run || reference.includes(one.run));
  if (facts.execution.state === "impossible") {
    if (known && found.checks.state === "proven") return { state: "proven", why: found.checks.evidence };
    return byReviews(facts, item);
  }
  if (known) return { state: found.verification.state, why: found.verification.evidence };
  const command: VerifyCommand = { name: run, run, proves: "command", timeoutSeconds: COMMAND_TIMEOUT_SECONDS };
  const result = await facts.execution.tests.run(facts.head.tree, command);
  if (result.verdict === "passed") return { state: "proven", why: `\`${run}\` passes on this commit.` };
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
    return {
      state: "unknown",
      why: `Not every review on this commit confirms it (${yes.length} of ${Math.max(2, words.length)}).`,
    };
  return { state: "proven", why: yes.map(({ review, word }) => `${review.role}: ${word?.evidence}`).join(" ") };
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
