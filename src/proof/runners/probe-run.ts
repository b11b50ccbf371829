import type { RunResult } from "../../workspace/sandbox.ts";
import { patternOf } from "./reports/stale.ts";

/** A run on an instrumented tree (`../probes`). `name` tells it from other runs on the same tree. */
export type ProbeRun = {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the instrumented code writes, by the sandbox's patterns of paths. */
  readonly records?: readonly string[];
};

/** The reports of tests, and apart from them what instrumented code recorded, which is no report of any. */
export function apartFrom(
  result: RunResult,
  records: readonly string[] | undefined,
): { readonly result: RunResult; readonly records?: readonly Buffer[] } {
  if (!records) return { result };
  const patterns = records.map(patternOf);
  const all = [...(result.reports ?? [])];
  const isRecord = (path: string) => patterns.some((one) => one.test(path));
  return {
    result: { ...result, reports: new Map(all.filter(([path]) => !isRecord(path))) },
    records: all.flatMap(([path, content]) => (isRecord(path) ? [content] : [])),
  };
}
