import { deliveredChunk } from "../../core/ticket/plan.ts";
import { type Evidence, evidence, names, plural, type ProofFacts, several } from "../evidence.ts";
import { asPlanned } from "../sentences.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";
import { filesIn } from "../languages/weakening/planned.ts";
import { currentReviews } from "./reviews.ts";

/** The changed files are those of the plan; any other was named by the Implementer with a reason that somebody else accepts. */
export function scope(facts: ProofFacts): Evidence {
  if (!facts.plan) return evidence("scope", "no-plan", "There is no plan to compare the changed files with.");
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
  const details = [
    ...outside.map((path) => `outside the plan: ${path} — ${why.get(path) || "no reason given"}`),
    ...[...planned]
      .filter((path) => !path.endsWith("/") && !changed.includes(path))
      .map((path) => `in the plan, but not changed: ${path}`),
  ];
  const max = facts.policy.limits.changedFiles;
  const files = plural(changed.length, "changed file");
  if (changed.length > max)
    return evidence(
      "scope",
      "too-many-files",
      `${plural(changed.length, "file")} changed; the policy allows ${max}.`,
      details,
    );
  if (changed.length === 0) return evidence("scope", "nothing-changed", "No file changed.");
  if (outside.length === 0) return evidence("scope", "as-planned", asPlanned(changed.length), details);
  return judged(facts, { outside, why, files, details });
}

/** Code of the product that is named among the changes of tests is no test. */
function isOfTests(path: string): boolean {
  return isTestFile(path) || !isCode(path) || decidingFile(path) !== null;
}

type Outside = {
  readonly outside: readonly string[];
  readonly why: ReadonlyMap<string, string>;
  readonly files: string;
  readonly details: readonly string[];
};

/** The author's word explains. A reviewer of this very commit accepts, who is never its author, or a person does. */
function judged(facts: ProofFacts, { outside, why, files, details }: Outside): Evidence {
  const unexplained = outside.filter((path) => !why.get(path));
  if (unexplained.length > 0) {
    const sentence = `${names(unexplained)} changed without being in the plan, and nobody said why.`;
    return evidence("scope", "unexplained", sentence, details);
  }
  const accepted = new Set(currentReviews(facts).flatMap((one) => one.outside ?? []));
  const open = outside.filter((path) => !accepted.has(path));
  if (open.length > 0) {
    const sentence = `${names(open)} changed without being in the plan. Only the author's own reason speaks for that; a reviewer or a person has to accept it.`;
    return evidence("scope", "not-accepted", sentence, details);
  }
  const explained = outside.map((path) => `\`${path}\` (${why.get(path)})`);
  const sentence = `${files}; outside the plan, with a reason that a reviewer accepts: ${several(explained, ", ")}.`;
  return evidence("scope", "accepted", sentence, details);
}

/** The plan's list of tests names its files in prose. */
function isNamed(lines: readonly string[], path: string): boolean {
  return lines.some((line) => line.split(/[\s`"'():,;]+/).some((word) => word.replace(/\.$/, "") === path));
}
