import type { RunResult } from "../../workspace/sandbox.ts";
import type { Ran } from "./old-node.ts";
import { together as summed } from "./read-output.ts";
import { readReport } from "./reports/report.ts";
import { patternOf } from "./reports/stale.ts";
import type { Tally, TestCount } from "./test-case.ts";

const OWN_REPORT = /\/(?:node|mocha)-\d+\.json$/;

type Report = { readonly path: string; readonly tally: Tally | null };

/** The report that the policy names, where it is there: another one beside it tells of the same tests a second time. */
function reportsIn({ reports }: RunResult, named: string | undefined): readonly Report[] {
  const all = [...(reports ?? [])].map(([path, content]) => ({ path, tally: readReport(content) }));
  const pattern = named === undefined ? null : patternOf(named);
  const theirs = all.filter(({ path, tally }) => tally !== null && pattern?.test(path.replace(/^\.\//, "")));
  return theirs.length > 0 ? theirs : all;
}

/**
 * A report names more than a terminal shows, and what the code prints may be made to look like a run. But a report that
 * several processes overwrote, or that was cut short, tells of fewer tests than there were.
 */
export function toldBy({ result, heard }: Ran, sole: boolean, named: string | undefined): Tally | null {
  const reports = reportsIn(result, named);
  const reported = summed(reports.map(({ tally }) => tally).filter((one) => one !== null));
  if (!reported?.count) return heard ?? reported;
  const all = (count: TestCount) => count.run + count.skipped;
  // Our own reporter only appends, so nothing is lost in it.
  const own = reports.some(({ path }) => OWN_REPORT.test(path));
  const whole = sole || (own && /^(node|tap|mocha)$/i.test(heard?.runner ?? "node"));
  // Of two that say different things of a run that failed, who saw it fail is believed.
  const isBelied = result.exitCode !== 0 && reported.count.failed === 0 && (heard?.count?.failed ?? 0) > 0;
  if (isBelied && heard) return heard;
  const best = whole || !heard?.count || all(reported.count) >= all(heard.count) ? reported : heard;
  return { ...best, notLoaded: [...new Set([...best.notLoaded, ...(heard?.notLoaded ?? [])])] };
}
