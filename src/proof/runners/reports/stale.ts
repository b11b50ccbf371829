import type { Tree } from "../../../trees/tree.ts";

/** A report that lies in the repository was written by nobody's run; it is taken away, so that none is read for a run's own. */
export function withoutReports(tree: Tree, reports: readonly string[]): Tree {
  const own = reports.filter((one) => !one.startsWith("/")).map(patternOf);
  const stale = own.length === 0 ? [] : [...tree.keys()].filter((path) => own.some((one) => one.test(path)));
  return stale.length === 0 ? tree : new Map([...tree].filter(([path]) => !stale.includes(path)));
}

type PathPattern = { readonly test: (path: string) => boolean };

/** Fits the paths, relative to the workspace, that a report of the policy names: `*` stands for anything in one folder. */
export function patternOf(report: string): PathPattern {
  const steps = report.replace(/^\.\//, "").split("/");
  const parts = steps.map((step) => step.split(/\*+/));
  const test = (path: string) => {
    const names = path.split("/");
    return names.length === parts.length && parts.every((one, at) => fits(one, names[at] ?? ""));
  };
  return { test };
}

/** Each part at its first place behind the one before it, and the last one at the end: nothing is tried twice. */
function fits(parts: readonly string[], name: string): boolean {
  const [head = "", ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  if (!name.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}
