import { deliveredChunk } from "../../core/ticket/plan.ts";
import { type Evidence, evidence, names, plural, type ProofFacts } from "../evidence.ts";

/** The changed files are those of the plan; any other was named by the Implementer, with a reason. */
export function scope(facts: ProofFacts): Evidence {
  if (!facts.plan) return evidence("scope", "unknown", "There is no plan to compare the changed files with.");
  const chunk = deliveredChunk(facts.plan);
  const planned = new Set(chunk.files.map((file) => file.path));
  const changed = facts.files.map((file) => file.path);
  const folders = chunk.files.map((file) => file.path).filter((path) => path.endsWith("/"));
  const tests = new Set((facts.plan.testChanges ?? []).flatMap(({ file, to }) => [file, to]));
  const isPlanned = (path: string) =>
    planned.has(path) ||
    folders.some((folder) => path.startsWith(folder)) ||
    tests.has(path) ||
    isNamed(chunk.tests, path);
  const outside = changed.filter((path) => !isPlanned(path));
  const why = new Map(facts.unplanned.map((one) => [one.path, one.why.trim()]));
  const unexplained = outside.filter((path) => !why.get(path));
  const details = [
    ...outside.map((path) => `outside the plan: ${path} — ${why.get(path) || "no reason given"}`),
    ...[...planned]
      .filter((path) => !path.endsWith("/") && !changed.includes(path))
      .map((path) => `in the plan, but not changed: ${path}`),
  ];
  if (unexplained.length > 0) {
    const sentence = `${names(unexplained)} changed without being in the plan, and nobody said why.`;
    return evidence("scope", "refuted", sentence, details);
  }
  const max = facts.policy.limits.changedFiles;
  if (changed.length > max)
    return evidence(
      "scope",
      "refuted",
      `${plural(changed.length, "file")} changed; the policy allows ${max}.`,
      details,
    );
  if (changed.length === 0) return evidence("scope", "refuted", "No file changed.");
  const files = plural(changed.length, "changed file");
  if (outside.length === 0) return evidence("scope", "proven", `${files}, all of them in the plan.`, details);
  const explained = outside.map((path) => `\`${path}\` (${why.get(path)})`).slice(0, 4);
  return evidence("scope", "proven", `${files}; outside the plan, with a reason: ${explained.join(", ")}.`, details);
}

/** The plan's list of tests names its files in prose. */
function isNamed(lines: readonly string[], path: string): boolean {
  return lines.some((line) => line.split(/[\s`"'():,;]+/).some((word) => word.replace(/\.$/, "") === path));
}
