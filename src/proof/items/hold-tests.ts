import type { FileDiff } from "../../trees/diff.ts";
import type { Settled } from "../runners/settle.ts";

/** Each changed file holds tests and is nothing that other test files only use: what they say cannot come from elsewhere. */
export function holdAllTests(changed: readonly FileDiff[], head: Settled | null): boolean {
  if (!head?.green || head.run.verdict !== "passed") return false;
  const cases = head.run.runs.flatMap((run) => run.cases);
  const files = new Set(cases.map(({ file }) => file));
  // Python's own runner names a module and no file: before the class and the method.
  const moduleOf = (name: string) => /([\w.]+)\.\w+\.\w+\)?$/.exec(name)?.[1]?.split(".").at(-1) ?? "";
  const modules = new Set(cases.flatMap(({ file, name }) => (file === null ? [moduleOf(name)] : [])));
  const holdsTests = (path: string) => {
    const module = /(?:^|\/)(\w+)\.py$/.exec(path)?.[1];
    return files.has(path) || (module !== undefined && modules.has(module));
  };
  return changed.every(({ path }) => path.endsWith("_test.go") || holdsTests(path));
}
