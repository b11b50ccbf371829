import type { Line } from "../../core/ticket/proof-facts.ts";
import type { ProofFacts } from "../evidence.ts";
import type { Tests } from "../runners/suite.ts";
import { isAcquitted, type Suspect } from "./acquitted.ts";
import { type Call, functionOf, nameOfCall } from "./calls.ts";
import { type Answered, inTurn, isImplied, isWork, lostLooks, type Probe } from "./look.ts";
import { isFromChanged, isFromOther, newTestFiles, type OldFile, oldTestFiles } from "./old-tests.ts";
import { fateOn, noticedBy, recordedSides, type Sides } from "./sides.ts";

/** What became of what old tests looked at. */
export type Looked = {
  readonly lost: readonly Line[];
  /** Of those that reading holds something against: whose looks are all still there, as far as runs can show it. */
  readonly acquitted: readonly Suspect[];
};

/** All probes together, and how many: enough to see whether changed tests still look. What was not reached acquits nobody. */
const BUDGET_MS = 60_000;
const PROBES_MAX = 150;
/** A test that would be refuted by reading is worth a longer look. */
const SUSPECT_BUDGET_MS = 180_000;
const SUSPECT_PROBES_MAX = 500;
/** Begun at once; the runs themselves wait for each other. */
const AT_ONCE = 2;
const NOTHING: Looked = { lost: [], acquitted: [] };

export type LookOptions = {
  /** Whether the plan lets a test of this name change. */
  readonly isExcused: (name: string) => boolean;
  readonly suspects: readonly Suspect[];
};

/**
 * The differential that no wording can dodge: each answer of the code that a changed old test looked at is changed, for this one
 * input alone, and the new tests have to notice wherever the old ones did.
 */
export async function lookAgain(
  facts: ProofFacts,
  tests: Tests,
  { isExcused, suspects }: LookOptions,
): Promise<Looked> {
  if (facts.policy.proof.mutationsMax === 0) return NOTHING;
  const old = await oldTestFiles(facts.files, facts.syntax);
  const names = new Set(old.flatMap((one) => [...one.names]));
  if (names.size === 0) return NOTHING;
  const [budgetMs, probesMax] = suspects.length > 0 ? [SUSPECT_BUDGET_MS, SUSPECT_PROBES_MAX] : [BUDGET_MS, PROBES_MAX];
  const until = performance.now() + budgetMs;
  const sides = await recordedSides(facts, tests, names, budgetMs);
  if (!sides) return NOTHING;
  const files = new Map(old.map((one) => [one.path, one]));
  const calls = sides.before.calls.filter(({ from }) => isFromChanged(from, files));
  const asked = await askedByNewTests(facts, sides);
  const first = calls.filter(({ from }) => isFromOther(from, files));
  const probes = [...inTurn(first, probesMax), ...inTurn(calls.filter((one) => !first.includes(one)), probesMax)]; // prettier-ignore
  const answered = await answersTo(probes.slice(0, probesMax), { facts, asked, sides, tests, isExcused, until });
  const trial = { facts, tests, before: sides.before, files, calls, answered, until };
  const acquitted: Suspect[] = [];
  for (const one of suspects) if (await isAcquitted(one, trial)) acquitted.push(one);
  return {
    lost: lostLooks(answered, { was: sides.before.calls, now: sides.after.calls, asked }).map((one) =>
      lineOf(one, files),
    ),
    acquitted,
  };
}

async function askedByNewTests({ files, syntax }: ProofFacts, { after }: Sides): Promise<Call[]> {
  const fresh = new Map((await newTestFiles(files, syntax)).map((one) => [one.path, one]));
  return after.calls.filter(({ from }) => isFromChanged(from, fresh));
}

function lineOf({ call, answer, variant, by }: Answered, files: ReadonlyMap<string, OldFile>): Line {
  const { path: of, name } = functionOf(call);
  const { path, line } = call.from.find((one) => files.has(one.path)) ?? { path: of, line: 1 };
  const facts = { path, line, name, by: by ?? "" };
  return answer === "lost"
    ? { code: "answer-unseen", facts: { ...facts, variant } }
    : { code: "answer-unasked", facts };
}

type Trial = {
  readonly facts: ProofFacts;
  readonly sides: Sides;
  /** What the head's new and changed tests ask. What others ask of the same was there before, and nobody's look at it. */
  readonly asked: readonly Call[];
  readonly tests: Tests;
  readonly isExcused: (name: string) => boolean;
  readonly until: number;
};

async function answersTo(probes: readonly Probe[], trial: Trial): Promise<Answered[]> {
  const answered: Answered[] = [];
  const asked = new Map(trial.asked.map((call) => [nameOfCall(call), call]));
  const others = new Set(trial.sides.after.calls.map(nameOfCall));
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < probes.length && performance.now() < trial.until; at = next++) {
      const probe = probes[at] as Probe;
      const now = asked.get(nameOfCall(probe.call)) ?? null;
      // It answers with something of another shape there: with fewer rows, or no error.
      if (now && !isComparable(probe, now, trial)) answered.push({ ...probe, answer: "unknown", by: null });
      else if (isImplied(probe, answered)) answered.push({ ...probe, answer: "noticed", by: null });
      else {
        const by = now ? "changed" : others.has(nameOfCall(probe.call)) ? "others" : "nobody";
        answered.push({ ...probe, ...(await answerTo(probe, by, trial)) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answered;
}

/** The function's work is the same on both sides where its text is; of anything else that it gives, the part has to be there. */
function isComparable({ call, variant }: Probe, now: Call, { facts }: Trial): boolean {
  if (!now.variants.includes(variant)) return false;
  const { path } = functionOf(call);
  return !isWork(variant) || facts.base.tree.get(path)?.sha === facts.head.tree.get(path)?.sha;
}

/** @param askedBy who asks on the head: tests that did not change may have looked at it all along, or have never looked */
async function answerTo(
  probe: Probe,
  askedBy: "changed" | "others" | "nobody",
  { sides, tests, isExcused }: Trial,
): Promise<Pick<Answered, "answer" | "by">> {
  const { fate, by: now } =
    askedBy === "nobody" ? { fate: "survived", by: [] } : await fateOn(sides.after, tests, probe);
  if (fate === "noticed" && now.length > 0) return { answer: "noticed", by: null };
  if (fate !== "survived") return { answer: "unknown", by: null };
  const first = await noticedBy(sides.before, tests, probe);
  if (first === null) return { answer: "unknown", by: null };
  const by = first.filter((name) => !isExcused(name));
  if (by.length === 0) return { answer: "unseen", by: null };
  // A neighbour that fails now and then has noticed nothing.
  const again = (await noticedBy(sides.before, tests, probe, 1)) ?? [];
  const sure = by.filter((name) => again.includes(name));
  if (sure.length === 0) return { answer: "unknown", by: null };
  return { answer: askedBy === "changed" ? "lost" : "unasked", by: sure[0] ?? null };
}
