import type { ProofCode } from "./proof-codes.ts";
import type { Cannot, CommandFacts, None, Of, Strings, Touched, Unread, Version } from "./proof-fact-parts.ts";
import type { ProofItem, ProofItemId, ProofState } from "./proof-items.ts";

/**
 * What an item of the proof found, as a value: a code, and the facts that its sentence needs. The sentences stand in
 * `src/messages/proof`, where the compiler asks for one for each code. All of it is plain data, because a proof is read in a
 * thread of its own.
 */
type Because = { readonly because: Cannot };
/** By their names as their runner prints them. */
type Tests = { readonly tests: Strings };
type Checks = { readonly checks: Strings };
type Files = { readonly files: Strings };
type Lines = { readonly lines: readonly Line[] };

/** Why an item of the Definition of Done is met or not. */
export type DoneFacts = {
  denied: { role: string; said: string };
  "nothing-ran": None;
  /** What ran the tests, which decides. `where`: the files in which the promised test stands. */
  "by-run": { where: string | null; state: ProofState; ran: Found<"verification" | "checks"> };
  "not-among": { title: string; file: string; then: Then };
  "no-test-fits": { reference: string; then: Then };
  "files-changed": Files;
  "files-exist": Files;
  "file-gone": { path: string };
  "no-file": { reference: string };
  "command-passes": { command: string };
  unconfirmed: { yes: number; of: number };
  confirmed: { words: readonly { readonly role: string; readonly said: string }[] };
};
type Then = "no-more" | "a-person-tells" | "name-it";
export type DoneWhy = Of<DoneFacts>;

/** Lines of details. What is no sentence of ours (names, paths, output) stands there as it is. */
type Place = { path: string; line: number };
export type LineFacts = {
  "ran-by": { by: string; head: string; base: string };
  /** `what`: in the words of what brought the packages in. */
  prepared: { what: Strings };
  "packages-of-base": Files;
  /** What only the other side had changed, and the merge took from before. */
  "dropped-by-merge": Files & { merge: string };
  "command-passed": { command: string; ms: number; passed: number | null; skipped: number };
  "only-fails-to-load": None;
  announced: { path: string; test: string; what: string };
  "changed-as-planned": { path: string };
  /** What a rule over source code found, in its own words. `test`: null where all of a file are meant. */
  weakened: Place & { test: string | null; what: string };
  idle: Place & { test: string; what: string };
  "no-longer-noticed": Place & { what: string; by: string };
  /** The place of a test that asked the function `name`; `by` failed when the answer was changed as `variant` says. */
  "answer-unseen": Place & { name: string; variant: string; by: string };
  "answer-unasked": Place & { name: string; by: string };
  undone: Place & { what: string };
  unneeded: Place & { name: string; what: string };
  copied: { path: string; texts: Strings };
  "not-noticed": { version: Version; finding: string | null };
  answered: { version: Version; finding: string; why: string };
  "not-reached": { version: Version };
  "not-begun": { version: Version };
  noticed: { version: Version; by: Strings };
  "outside-plan": { path: string; why: string };
  "not-changed": { path: string };
  review: { role: string; earlier: string | null; blockers: number; steps: "usable" | "unusable" };
  done: { id: string; state: ProofState; why: DoneWhy };
};
export type Line = string | Of<LineFacts>;

type Passed = { readonly commands: readonly Of<Pick<CommandFacts, "passes" | "red-before-too">>[] };
type Merge = { sha: string };

export type FoundFacts = Complete<{
  verification: Omit<CommandFacts, "passes" | "red-before-too"> & {
    passes: Passed;
    "red-before-too": Passed;
    "cannot-run": Because;
    "only-with-ci": Tests;
  };
  checks: {
    green: Checks;
    "none-on-head": Checks;
    none: None;
    "not-reported": Checks;
    pending: Checks;
    "no-verdict": { people: Strings; others: Strings };
    "all-skipped": Checks;
    red: Checks;
  };
  "fail-to-pass": {
    "fails-before":
      | { shown: Strings; vacuous: Strings; flaky: Strings }
      | { files: Strings; failed: number; passed: number }
      | { shown: Strings; ran: number; wanted: number }
      /** They have no end on the old code. */
      | { shown: Strings; stoppedIn: Strings; seconds: number };
    /**
     * `fresh`: the new tests, or how many pass where they have no names; `old`: those of them that were there, and ask for
     * more now; `notRun`: nothing on the old code runs them.
     */
    "cannot-load-before": { files: Strings; fresh: Strings | number; old?: Strings; notRun?: true };
    "no-code": Files & { only: "tests" | "documents" };
    "cannot-run": Because;
    "no-runner": None;
    "no-count": None;
    "names-lost": Tests;
    "red-before-unnamed": None;
    "red-before-anyway": None;
    "unfinished-before": Files;
    "only-loads-untried": Files & { notRun?: true };
    "passes-by-chance": Tests &
      (
        | { as: "without-order" }
        | { as: "never-failed"; times: number }
        | { as: "too-seldom"; ran: number; wanted: number; held: "too-long" | "not-run" }
      );
    "inside-code": Files;
    "no-test-unasked": None;
    "no-test": { planned: Strings };
    "no-test-ran": None;
    "passes-before": Files;
    "red-on-head": Tests | Files;
    flaky: Tests & { runs: number | "five" };
    "only-loads": Files & { notRun?: true };
  };
  "pass-to-pass": {
    kept: { tests: number; except: Strings; red: Strings; flaky: Strings };
    "no-tests-before": None;
    "cannot-run": Because;
    "no-runner": None;
    "no-run-before": None;
    "no-run-on-head": None;
    "no-count": None;
    "names-lost": Tests;
    weakened: Files & Lines;
    /** `of`: how many there were, where those that are left are counted. */
    "not-run": { tests: Strings; of: null } | { tests: Strings; left: number; of: number };
    broken: { failed: number; tests: Strings };
    "looks-away": Lines;
  };
  mutation: {
    noticed: { noticed: number; small: number; as: "answered" | "unnoticed" };
    "nothing-to-try": { as: "no-code-added" | "nothing-to-change" | "switched-off" | "other-words" };
    "cannot-run": Because;
    "none-ran": { survivors: number };
    "not-reached": { versions: number };
    "cannot-fail": Lines;
    "emptied-unnoticed": { versions: readonly Version[] };
    /** `asked`: whether there are reviewers who could answer. */
    "change-unnoticed": { versions: readonly Version[]; asked: "reviewers" | "nobody" };
  };
  scope: {
    "as-planned": { changed: number };
    accepted: { changed: number; outside: readonly { readonly path: string; readonly why: string }[] };
    "no-plan": None;
    "not-accepted": Files;
    unexplained: Files;
    "too-many-files": { changed: number; filesMax: number };
    "nothing-changed": None;
  };
  completeness: { complete: { added: number }; "left-undone": Lines; "knows-tests": Lines; "copies-answers": Lines };
  tamper: { untouched: None; accepted: Files; touched: { files: readonly Touched[] } };
  reviews: {
    both: { sha: string };
    missing: { roles: Strings; sha: string };
    blockers: { blockers: Strings };
    "broken-citations": { places: Strings };
  };
  done: {
    shown: { items: number };
    "needs-reviewers": None;
    "no-plan": None;
    "not-shown": Open;
    "not-met": Open;
  };
  "merge-result": {
    passes: Merge;
    "not-moved": None;
    "cannot-run": Merge & Because;
    "no-runner": Merge;
    "base-red": Merge;
    fails: Merge;
    conflicts: Merge & Files;
  };
}>;
type Complete<Table extends { readonly [Id in ProofItemId]: { readonly [C in ProofCode<Id>]: object } }> = Table;

/** `worst`: the first of those without evidence. */
type Open = {
  open: number;
  items: number;
  worst: readonly { readonly id: string; readonly statement: string; readonly why: DoneWhy }[];
};

/** What can be found whatever the item. */
export type AnyItemFacts = {
  /** `files`: null where nothing of the change could be read. */
  unread: { files: Strings | null; why: Unread };
  "no-ticket": None;
  "no-plan-given": { at: "desk" | "pull-request" };
};

/** What one item found. */
export type Found<Id extends ProofItemId = ProofItemId> = {
  [One in Id]: { readonly id: One } & (Of<FoundFacts[One]> | Of<AnyItemFacts>);
}[Id];

/** An item of the proof before its sentence is written (`src/messages/proof/in-words.ts`). */
export type FoundItem = Found &
  Pick<ProofItem, "state" | "required" | "survivors" | "accepted"> & {
    readonly details: readonly Line[];
    /** Why the policy does not ask for it. */
    readonly waived?: string | undefined;
    /** Where nothing was run here: the repository's own checks that ran the tests instead. */
    readonly standIns?: Strings | undefined;
  };
