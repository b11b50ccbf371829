import { deliveredChunk } from "../../core/ticket/plan.ts";
import type { Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";
import { filesIn } from "../languages/weakening/planned.ts";
import { currentReviews } from "./reviews.ts";

/** The changed files are those of the plan; any other was named by the Implementer with a reason that somebody else accepts. */
export function scope(facts: ProofFacts): Evidence {
  if (!facts.plan) return evidence("scope", "no-plan", {});
  const chunk = deliveredChunk(facts.plan);
  const planned = new Set(chunk.files.map((file) => file.path));
  const changed = facts.files.map((file) => file.path);
  const folders = chunk.files.map((file) => file.path).filter((path) => path.endsWith("/"));
  const tests = new Set((facts.plan.testChanges ?? []).flatMap(filesIn).filter(isOfTests));
  const isPlanned = (path: string) =>
    planned.has(path) ||
    folders.some((folder) => path.startsWith(folder)) ||
    tests.has(path) ||
    isNamed(chunk.tests, path);
  const outside = changed.filter((path) => !isPlanned(path));
  const why = new Map(facts.unplanned.map((one) => [one.path, one.why.trim()]));
  const details: Line[] = [
    ...outside.map((path): Line => ({ code: "outside-plan", facts: { path, why: why.get(path) ?? "" } })),
    ...[...planned]
      .filter((path) => !path.endsWith("/") && !changed.includes(path))
      .map((path): Line => ({ code: "not-changed", facts: { path } })),
  ];
  const filesMax = facts.policy.limits.changedFiles;
  if (changed.length > filesMax)
    return evidence("scope", "too-many-files", { changed: changed.length, filesMax }, details);
  if (changed.length === 0) return evidence("scope", "nothing-changed", {});
  if (outside.length === 0) return evidence("scope", "as-planned", { changed: changed.length }, details);
  return judged(facts, { outside, why, details });
}

/** Code of the product that is named among the changes of tests is no test. */
function isOfTests(path: string): boolean {
  return isTestFile(path) || !isCode(path) || decidingFile(path) !== null;
}

type Outside = {
  readonly outside: readonly string[];
  readonly why: ReadonlyMap<string, string>;
  readonly details: readonly Line[];
};

/** The author's word explains. A reviewer of this very commit accepts, who is never its author, or a person does. */
function judged(facts: ProofFacts, { outside, why, details }: Outside): Evidence {
  const unexplained = outside.filter((path) => !why.get(path));
  if (unexplained.length > 0) return evidence("scope", "unexplained", { files: unexplained }, details);
  const accepted = new Set(currentReviews(facts).flatMap((one) => one.outside ?? []));
  const open = outside.filter((path) => !accepted.has(path));
  if (open.length > 0) return evidence("scope", "not-accepted", { files: open }, details);
  const explained = outside.map((path) => ({ path, why: why.get(path) ?? "" }));
  return evidence("scope", "accepted", { changed: facts.files.length, outside: explained }, details);
}

/** The plan's list of tests names its files in prose. */
function isNamed(lines: readonly string[], path: string): boolean {
  return lines.some((line) => line.split(/[\s`"'():,;]+/).some((word) => word.replace(/\.$/, "") === path));
}
