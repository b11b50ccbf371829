import type { TestChange } from "../../core/ticket/plan.ts";
import type { ProofFacts } from "../evidence.ts";
import { nameIn } from "../languages/weakening/planned.ts";
import { type OldNames, oldNames, type StandIn } from "../languages/weakening/test-names.ts";
import { isTestCode } from "../languages/tests/test-files.ts";
import { bare, familyOf, isRunOf, keysOfRun, keysOfSaid, lastPart, title } from "../languages/weakening/ran-names.ts";
import { settle } from "../runners/settle.ts";
import type { Tests } from "../runners/suite.ts";

/**
 * Tests that ran and passed before the change, and that the head's own run does not have any more or skips. Whatever took
 * them out (a loader, a moved folder, an import that fails, an emptied table) is seen by the missing names. Tests that
 * only go by another name are not meant, nor those that the plan lets change.
 */
export async function noLongerRun(facts: ProofFacts, tests: Tests): Promise<string[]> {
  const [before, after] = await Promise.all([settle(tests, facts.base.tree, "before"), settle(tests, facts.head.tree)]);
  if (!before?.green || !after?.run.names || after.run.verdict === "stopped" || before.run.names === null) return [];
  const now = after.run.names;
  const lost = [...before.green].filter((name) => !/^(passed|failed|errored)$/.test(now.get(name) ?? "skipped"));
  if (lost.length === 0) return [];
  const names = await oldNames(facts.files, facts.syntax);
  const fresh = [...now.keys()].filter((name) => !before.run.names?.has(name) && now.get(name) === "passed");
  const planned = facts.plan?.testChanges ?? [];
  const left = lost.filter(
    (name) => !planned.some((one) => isMeant(name, one, names) && isAsMeant(name, one, { now, fresh })),
  );
  return unexplained(left, { before: [...before.green], now, fresh, names });
}

type Known = {
  readonly before: readonly string[];
  readonly now: ReadonlyMap<string, string>;
  readonly fresh: readonly string[];
  readonly names: OldNames;
};

function unexplained(lost: readonly string[], { before, now, fresh, names }: Known): string[] {
  const moved = counted(fresh.map(lastPart));
  const passed = [...now].filter(([, outcome]) => outcome === "passed").map(([name]) => name);
  const [familiesBefore, familiesNow] = [counted(before.map(familyOf)), counted(passed.map(familyOf))];
  const byOf = standInsOf(names);
  const isThere = amongRuns(passed);
  const inOneFamily = ofOneFamily({ before, now });
  const more = madeNow(names, { before, passed, fresh });
  let unnamed = fresh.length;
  return lost.filter((name) => {
    // A test that is there and skipped has not moved.
    if (now.has(name)) return true;
    const same = moved.get(lastPart(name)) ?? 0;
    if (same > 0) {
      moved.set(lastPart(name), same - 1);
      return false;
    }
    const family = familyOf(name);
    if (family !== name && (familiesNow.get(family) ?? 0) >= (familiesBefore.get(family) ?? 0)) return false;
    if (inOneFamily(name)) return false;
    const standIns = byOf(name);
    if (standIns.some((one) => !one.open && isThere(one))) return false;
    // Any title may be that of a test whose title is made by code: each fresh one stands for one.
    if (standIns.some(({ open }) => open) && unnamed-- > 0) return false;
    return !more(name);
  });
}

function counted(all: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of all) found.set(one, (found.get(one) ?? 0) + 1);
  return found;
}

/**
 * Whether one test of this name became rows of its name, or rows one test of theirs, and all of that passed. What it says then is
 * read in its text.
 */
function ofOneFamily({ before, now }: Pick<Known, "before" | "now">): (name: string) => boolean {
  const failed = new Set([...now].filter(([, outcome]) => outcome !== "passed").map(([name]) => familyOf(name)));
  const made = new Set([...now.keys()].filter((name) => familyOf(name) !== name).map(familyOf));
  const old = new Set(before);
  return (name) => {
    const family = familyOf(name);
    if (failed.has(family)) return false;
    return family === name ? made.has(name) : now.has(family) && !made.has(family) && !old.has(family);
  };
}

/** By the name that a runner prints: what stands for a test that goes by another name now. */
function standInsOf({ renamed }: OldNames): (name: string) => readonly StandIn[] {
  const found = new Map<string, Set<OldNames["renamed"][number]>>();
  for (const one of renamed)
    for (const key of keysOfSaid(one.name)) (found.get(key) ?? found.set(key, new Set()).get(key))?.add(one);
  return (name) => {
    const theirs = new Set([...keysOfRun(name)].flatMap((key) => [...(found.get(key) ?? [])]));
    return [...theirs].flatMap(({ by }) => by);
  };
}

/** Whether one of the tests that ran is the one that stands for an old one: where that one is never run, the old one is gone. */
function amongRuns(passed: readonly string[]): (one: StandIn) => boolean {
  const keys = new Set(passed.flatMap((name) => [...keysOfRun(name)]));
  const titles = passed.map(title);
  const known = new Map<string, boolean>();
  return ({ name, pattern }) => {
    if (pattern === null) return keysOfSaid(name).some((key) => keys.has(key));
    const is = known.get(pattern.source) ?? titles.some((one) => pattern.test(one));
    known.set(pattern.source, is);
    return is;
  };
}

/** Whether at least as many tests ran as before of those that the same statements make. */
function madeNow(
  { patterns }: OldNames,
  { before, passed, fresh }: Pick<Known, "before" | "fresh"> & { readonly passed: readonly string[] },
): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const [titlesBefore, titlesNow] = [before.map(title), passed.map(title)];
  const kept = patterns.filter((one) => one.kept);
  return (name) => {
    const own = title(name);
    const made = kept.filter(({ pattern }) => pattern.test(own));
    if (made.length === 0) return false;
    const key = made.map(({ pattern, same }) => `${pattern.source} ${same}`).join("\n");
    const count = (all: readonly string[]) => all.filter((one) => made.some(({ pattern }) => pattern.test(one))).length;
    // The same title makes the same names; only another title may have made the fresh ones.
    const more = made.every(({ same: is }) => is) ? 0 : fresh.length;
    const is = known.get(key) ?? count(titlesNow) + more >= count(titlesBefore);
    known.set(key, is);
    return is;
  };
}

/** Whether the plan lets a test change, by the name that its runner prints. */
export async function excusedNames(facts: ProofFacts): Promise<(name: string) => boolean> {
  const names = await oldNames(facts.files, facts.syntax);
  return (name) => (facts.plan?.testChanges ?? []).some((one) => isMeant(name, one, names));
}

/**
 * Whether a test that does not run any more has become what the plan says: gone, or running under the name that the plan gives
 * it and nobody had before. A test that may say something else has to run.
 */
function isAsMeant(
  name: string,
  { test, change, to }: TestChange,
  { now, fresh }: Pick<Known, "now" | "fresh">,
): boolean {
  if (now.has(name)) return false;
  if (change !== "rename") return change === "delete";
  return test !== null && to !== null && fresh.some((one) => isRunOf(one, nameIn(to)) || isRunOf(nameIn(to), one));
}

/** Whether a change of the plan is about this test, by the name that its runner prints. */
function isMeant(name: string, { file, test }: TestChange, names: OldNames): boolean {
  const own = /^(\S+\.\w+): /.exec(name)?.[1];
  const isOther = (file: string) => own !== undefined && isTestCode(own) && file !== own && !file.endsWith(`/${own}`);
  const isSaid = (one: string) => isRunOf(name, one) && !isOther(file) && !isOfOtherGroup(name, one);
  if (test !== null) return isSaid(test);
  return name.startsWith(`${file}: `) || (names.of.get(file) ?? []).some(isSaid);
}

/** `TestB/empty` is another test than `TestA/empty`; whoever says the last part alone means each. */
function isOfOtherGroup(ran: string, said: string): boolean {
  const groupOf = (text: string) => (/^Test\w*\//.test(text) ? text.replaceAll("/", " > ") : text).split(" > ").at(-2);
  const [own, named] = [groupOf(bare(ran)), groupOf(said)];
  return own !== undefined && named !== undefined && !named.endsWith(own);
}
