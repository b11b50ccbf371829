import type { ProofFacts } from "../evidence.ts";
import { isRunOf } from "../languages/weakening/ran-names.ts";
import { testSide } from "../languages/tests/test-side.ts";
import type { Tests } from "../runners/suite.ts";
import { type Call, functionOf } from "./calls.ts";
import { type Answered, areStillLookedAt, isWork, type Probe } from "./look.ts";
import { isFromPart, namesOfPart, type OldFile } from "./old-tests.ts";
import { fateWith, NO_KEY, noticedBy, type Side } from "./sides.ts";
import { type Without, withoutEach } from "./without-each.ts";

/** An old test or helper that reading holds something against. */
export type Suspect = { readonly path: string; readonly test: string };

export type Trial = {
  readonly facts: ProofFacts;
  readonly tests: Tests;
  readonly before: Side;
  readonly files: ReadonlyMap<string, OldFile>;
  readonly calls: readonly Call[];
  readonly answered: readonly Answered[];
  readonly until: number;
};

/** An assertion that none of so many changed answers reaches looks at something else. */
const REACHING_MAX = 8;

/**
 * Whether all that an old test looked at is still looked at: every answer that it saw, and it saw nothing but answers. Each of its
 * assertions is taken out alone, and a changed answer that the test noticed has to go unnoticed then; or what that
 * assertion looks at (a file, a screen, a constant, what a callback was given) is changed by no probe.
 */
export async function isAcquitted(suspect: Suspect, trial: Trial): Promise<boolean> {
  const { facts, files, calls, answered } = trial;
  const file = files.get(suspect.path);
  const name = suspect.test.replace(/\(\)$/, "");
  if (!file || !namesOfPart(file, name)) return false;
  const own = calls.filter(({ from }) => isFromPart(from, file, name));
  const asked = new Set(own.map((call) => functionOf(call).name.split(".").at(-1)));
  const functions = trial.before.probed.functions;
  if ([...(namesOfPart(file, name) ?? [])].some((one) => functions.has(one) && !asked.has(one))) return false;
  if (!areStillLookedAt(own, answered)) return false;
  const text = facts.files.find(({ path }) => path === suspect.path)?.before ?? "";
  const parsed = await facts.syntax.parse(suspect.path, text);
  const without = parsed.outcome === "cannot" ? null : withoutEach(testSide(suspect.path, parsed), text, name);
  if (!without) return false;
  for (const one of without) if (!(await isReached(one, { own, name, suspect, trial }))) return false;
  return true;
}

type Reach = { readonly own: readonly Call[]; readonly name: string; readonly suspect: Suspect; readonly trial: Trial };

/** Whether a changed answer is noticed by the test only as long as it has this assertion. */
async function isReached(one: Without, { own, name, suspect, trial }: Reach): Promise<boolean> {
  const { facts, tests, before, until } = trial;
  const isNear = ({ call }: Answered) =>
    call.from.some(({ path, line }) => path === suspect.path && one.first <= line && line <= one.last);
  const noticed = trial.answered.filter(({ call, answer, variant }) => answer === "noticed" && own.includes(call) && !isWork(variant)); // prettier-ignore
  const first = [...noticed.filter(isNear), ...noticed.filter((each) => !isNear(each))].slice(0, REACHING_MAX);
  const isTheirs = (ran: string) => suspect.test.endsWith("()") || isRunOf(ran, name);
  const says = (probe: Probe, text: string) => fateWith(before, tests, probe, { facts, path: suspect.path, text });
  // Where the rest of the test cannot do without it, it is looked at as the last one.
  const isNeeded = first[0] !== undefined && (await says(unasked(first[0]), one.text)).fate !== "survived";
  const [whole, part] = isNeeded ? [one.upTo, one.before] : [null, one.text];
  for (const probe of first) {
    if (performance.now() > until) return false;
    const red = whole === null ? ((await noticedBy(before, tests, probe)) ?? []) : (await says(probe, whole)).by;
    const theirs = red.filter(isTheirs);
    if (theirs.length === 0) continue;
    const { fate, by } = await says(probe, part);
    if (fate === "survived" || (by.length > 0 && theirs.some((ran) => !by.includes(ran)))) return true;
  }
  return false;
}

/** Nothing is changed by it. */
function unasked({ call, variant }: Probe): Probe {
  return { call: { ...call, key: NO_KEY }, variant };
}
