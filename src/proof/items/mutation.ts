import type { Version } from "../../core/ticket/proof-fact-parts.ts";
import type { FoundFacts, Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import type { Mutant } from "../languages/mutants/mutants.ts";
import { withoutBuilt } from "./built-copies.ts";
import { isRunOf } from "../languages/weakening/ran-names.ts";
import type { OnlyThere } from "../languages/mutants/only-there.ts";
import { listed, type Unnoticed, unnoticed } from "./survivors.ts";
import { isOf, type Trial, type Tried } from "./try-mutants.ts";

/**
 * Whether the tests notice when the changed code does something else. Each new or changed function is emptied, which some
 * test has to notice; then small changes are made to the changed lines. What survived is
 * named; which survivors decide and which only inform says `decisive`.
 */
export function mutation(facts: ProofFacts, trial: Trial): Evidence {
  const idle = [...facts.weakened.filter((one) => !one.old), ...onlyThere(trial)];
  if (trial.outcome !== "nothing-to-try" && idle.length > 0) {
    const lines = idle.map(({ path, line, test, what }): Line => {
      return { code: "idle", facts: { path, line, test: test ?? "", what } };
    });
    return say("cannot-fail", { lines }, lines);
  }
  if (trial.outcome === "nothing-to-try") return say("nothing-to-try", { as: trial.as });
  if (trial.outcome === "cannot") return say("cannot-run", { because: trial.because });
  if (facts.asks === "nobody") return judged(withoutBuilt(withoutAlike(trial), trial.built), null);
  const tried = withoutBuilt(trial.tried, trial.built);
  const asked = unnoticed(facts, tried);
  const found = judged(tried, asked);
  const survivors = found.state === "proven" ? [] : listed(asked);
  return survivors.length > 0 ? { ...found, survivors } : found;
}

/**
 * Where nobody answers for the change, an old function that no test needed does not have to be needed now because its
 * types were written down, or because it speaks of a thing by its new name: the very words that were put in the place of
 * the very same ones in functions that tests do need.
 */
function withoutAlike({ tried, rewritten }: Trial & { outcome: "tried" }): Tried[] {
  const replaced = ({ mutant }: Tried) =>
    mutant.within === null ? undefined : rewritten.get(mutant.path)?.get(mutant.within);
  const known = new Set(
    tried
      .filter(({ mutant, fate }) => mutant.kind === "emptied" && fate === "noticed")
      .flatMap((one) => replaced(one) ?? []),
  );
  return tried.map((one) => {
    const isAlike = one.fate === "survived" && (replaced(one)?.every((words) => known.has(words)) ?? false);
    return isAlike ? { ...one, fate: "not-needed" } : one;
  });
}

/** Suspicions that the trial bears out. */
function onlyThere(trial: Trial): OnlyThere[] {
  return trial.outcome === "tried" ? trial.suspects.filter((one) => isBorneOut(one, trial.tried)) : [];
}

/**
 * The function may answer something else that is fixed, and nobody notices; or nobody but the tests that ask so little
 * notices anything at all. What the function does besides, or who compares what it is used for, would be noticed.
 */
function isBorneOut(one: OnlyThere, tried: readonly Tried[]): boolean {
  const own = tried.filter(({ mutant }) => isOf(mutant, one));
  if (own.some(({ mutant, fate }) => mutant.kind === "constant" && fate === "survived")) return true;
  const noticed = own.filter(({ fate }) => fate === "noticed");
  const isTheirs = (name: string) => one.tests.some((test) => isRunOf(name, test));
  return (
    one.nothingElse &&
    noticed.length > 0 &&
    noticed.every(({ by }) => by.length > 0 && by.every((name) => isTheirs(name)))
  );
}

type Facts = FoundFacts["mutation"];

const say = <C extends keyof Facts>(code: C, facts: Facts[C], details: readonly Line[] = []) =>
  evidence("mutation", code, facts, details);

/** @param asked in a ticket, where there are an author and reviewers to answer: the changes that no test notices */
function judged(tried: readonly Tried[], asked: readonly Unnoticed[] | null): Evidence {
  const of = (fate: Tried["fate"]) => tried.filter((one) => one.fate === fate);
  const [survivors, noticed, unreached] = [of("survived"), of("noticed"), of("not-reached")];
  const line = (code: "not-reached" | "not-begun", { mutant }: Tried): Line => {
    return { code, facts: { version: versionOf(mutant) } };
  };
  const details: Line[] = [
    ...survivors.map(({ mutant }) => notNoticed(mutant, asked)),
    ...unreached.filter(({ mutant }) => mutant.kind !== "constant").map((one) => line("not-reached", one)),
    ...of("not-loaded").map((one) => line("not-begun", one)),
    ...noticed.map(({ mutant, by }): Line => {
      return { code: "noticed", facts: { version: versionOf(mutant), by: by.slice(0, NOTICING_SHOWN_MAX) } };
    }),
  ];
  const empty = survivors.filter(({ mutant }) => mutant.kind === "emptied");
  if (empty.length > 0)
    return say("emptied-unnoticed", { versions: empty.map(({ mutant }) => versionOf(mutant)) }, details);
  const telling = decisive(tried, asked);
  if (telling.length > 0) {
    const versions = telling.map(versionOf);
    return say("change-unnoticed", { versions, asked: asked ? "reviewers" : "nobody" }, details);
  }
  if (noticed.length === 0 && of("not-needed").length === tried.length)
    return say("nothing-to-try", { as: "other-words" });
  // Where nobody can answer, survivors alone show nothing of what tests see.
  if (noticed.length === 0 && (asked === null || survivors.length === 0))
    return say("none-ran", { survivors: survivors.length }, details);
  if (unreached.some(({ mutant }) => mutant.kind === "emptied"))
    return say("not-reached", { versions: unreached.length }, details);
  const as = asked ? "answered" : "unnoticed";
  return say("noticed", { noticed: noticed.length, small: survivors.length, as }, details);
}

/** Tests named as having noticed a change: one shows it, three show where they stand. */
const NOTICING_SHOWN_MAX = 3;
/** Where so much else of a function is noticed, a rounding that can go changes nothing that anybody sees. */
const NOTICED_BESIDE = 4;

/**
 * In a ticket every survivor decides until it is answered, and no share of noticed ones outweighs it. Where nobody can answer, those
 * decide that say that nobody looks at the result: a rounding that can go, every fixed answer of a function, and telling changes. The
 * condition of a shortcut (`if (a === b) return 0`) may be equivalent, and informs; so does a single survivor of a function.
 */
function decisive(tried: readonly Tried[], asked: readonly Unnoticed[] | null): Mutant[] {
  const count = (like: Mutant, kind: Mutant["kind"], fate: Tried["fate"]) =>
    tried.filter(
      ({ mutant, fate: is }) =>
        is === fate && mutant.kind === kind && mutant.path === like.path && mutant.within === like.within,
    ).length;
  const survivors = tried.filter(({ fate }) => fate === "survived").map(({ mutant }) => mutant);
  const isFixed = (one: Mutant) =>
    one.kind === "constant" && count(one, "constant", "noticed") === 0 && count(one, "telling", "noticed") === 0;
  if (asked)
    return [...asked.filter(({ answer }) => answer === null).map(({ mutant }) => mutant), ...survivors.filter(isFixed)];
  return survivors.filter((one) => {
    // No test has seen anything but the way out, or what the answer was made from.
    if (one.kind === "fallback" || one.kind === "added" || one.kind === "swallowed") return true;
    if (one.kind === "dropped") {
      const survived = count(one, "dropped", "survived");
      // Of several of a kind (`int(major), int(minor)`) one is not looked at.
      if (survived === 1 && count(one, "dropped", "noticed") > 0) return false;
      return count(one, "telling", "noticed") < NOTICED_BESIDE * survived;
    }
    if (one.kind === "telling") {
      const looked = count(one, "constant", "noticed") + count(one, "telling", "noticed");
      // A shortcut only saves time where somebody looks at what the function answers otherwise.
      if (looked > 0 && one.shortcut === true) return false;
      return looked === 0 || count(one, "telling", "survived") > 1;
    }
    return isFixed(one);
  });
}

function notNoticed(mutant: Mutant, asked: readonly Unnoticed[] | null): Line {
  const one = asked?.find((each) => each.mutant === mutant);
  const version = versionOf(mutant);
  const finding = one?.finding.id ?? null;
  return one && finding !== null && one.answer !== null
    ? { code: "answered", facts: { version, finding, why: one.answer } }
    : { code: "not-noticed", facts: { version, finding } };
}

function versionOf({ path, line, from, to, kind }: Mutant): Version {
  return { path, line, from, to, whole: kind === "emptied" || kind === "wrapper" };
}
