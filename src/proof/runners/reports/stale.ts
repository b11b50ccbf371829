import type { Tree } from "../../../trees/tree.ts";

/** A report that lies in the repository was written by nobody's run; it is taken away, so that none is read for a run's own. */
export function withoutReports(tree: Tree, reports: readonly string[]): Tree {
  const own = reports.filter((one) => !one.startsWith("/")).map(patternOf);
  const stale = own.length === 0 ? [] : [...tree.keys()].filter((path) => own.some((one) => one.test(path)));
  return stale.length === 0 ? tree : new Map([...tree].filter(([path]) => !stale.includes(path)));
}

/** Fits the paths, relative to the workspace, that a report of the policy names. */
export function patternOf(report: string): RegExp {
  const parts = report.replace(/^\.\//, "").split(/\*+/);
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&")).join("[^/]*")}$`);
}
