import type { TestChange } from "../../core/ticket/plan.ts";
import type { ProofFacts } from "../evidence.ts";
import { nameIn } from "../languages/weakening/planned.ts";
import { type OldNames, oldNames, type StandIn } from "../languages/weakening/test-names.ts";
import { isTestCode } from "../languages/tests/test-files.ts";
import { bare, familyOf, isRunOf, lastPart, title } from "../languages/weakening/ran-names.ts";
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
  const moved = new Map<string, number>();
  for (const name of fresh) moved.set(lastPart(name), (moved.get(lastPart(name)) ?? 0) + 1);
  const passed = [...now].filter(([, outcome]) => outcome === "passed").map(([name]) => name);
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
    const inFamily = (all: readonly string[]) => all.filter((one) => familyOf(one) === family).length;
    if (family !== name && inFamily(passed) >= inFamily(before)) return false;
    const others = names.renamed.filter((one) => isRunOf(name, one.name));
    const standIns = others.flatMap(({ by }) => by);
    if (standIns.some((one) => !one.open && passed.some((title) => isOf(title, one)))) return false;
    // Any title may be that of a test whose title is made by code: each fresh one stands for one.
    if (standIns.some(({ open }) => open) && unnamed-- > 0) return false;
    const made = names.patterns.filter(({ pattern, kept }) => kept && pattern.test(title(name)));
    const count = (all: readonly string[]) =>
      all.filter((one) => made.some(({ pattern }) => pattern.test(title(one)))).length;
    // The same title makes the same names; only another title may have made the fresh ones.
    const more = made.every(({ same: is }) => is) ? 0 : fresh.length;
    return made.length === 0 || count(passed) + more < count(before);
  });
}

/** Whether a test that ran is the one that stands for an old one: where that one is never run, the old one is gone. */
function isOf(ran: string, { name, pattern }: StandIn): boolean {
  return pattern?.test(title(ran)) ?? isRunOf(ran, name);
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
