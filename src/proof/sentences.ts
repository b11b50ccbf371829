import { names, plural } from "./evidence.ts";

/** Sentences of evidence with a number in them, where singular and plural differ. */

export function stillPassing(tests: number): string {
  return `${all(tests, "test")} that passed before the change still ${pass(tests)}`;
}

export function failedBefore(tests: readonly string[]): string {
  return `${plural(tests.length, "test")} failed on the code before the change and ${pass(tests.length)} on this commit: ${names(tests)}.`;
}

/** @param fresh names of the new tests, or how many there are where they have no names */
export function couldNotLoad(files: readonly string[], fresh: readonly string[] | number): string {
  const before = `${onOldCode(files)} ${files.length === 1 ? "it" : "they"} could not even load`;
  return typeof fresh === "number"
    ? `${before}; ${passNow(fresh)}.`
    : `${before}; on this commit ${plural(fresh.length, "new test")} ${pass(fresh.length)}: ${names(fresh)}.`;
}

export function failedOnOldCode(files: readonly string[], failed: number, passed: number): string {
  return `${onOldCode(files)} ${plural(failed, "test")} failed; ${passNow(passed)}.`;
}

export function allHaveEvidence(items: number): string {
  return `${all(items, "item")} of the Definition of Done ${items === 1 ? "has" : "have"} evidence.`;
}

export function asPlanned(files: number): string {
  return `${plural(files, "changed file")}, ${files === 1 ? "and it is" : "all of them"} in the plan.`;
}

export function allNoticed(changes: number): string {
  const among = changes === 1 ? "and no emptied function went unnoticed" : "each emptied function among them";
  return `${plural(changes, "change")} to the new code made a test fail, ${among}.`;
}

function onOldCode(files: readonly string[]): string {
  return `With ${names(files)} on the code before the change,`;
}

function passNow(tests: number): string {
  return `on this commit ${tests === 1 ? "the 1 test passes" : `all ${tests} pass`}`;
}

function all(count: number, noun: string): string {
  return `${count === 1 ? "The" : "All"} ${plural(count, noun)}`;
}

function pass(tests: number): string {
  return tests === 1 ? "passes" : "pass";
}
