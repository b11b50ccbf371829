import { isAboutPeople } from "../../core/ticket/check-names.ts";
import type { Check } from "../../forge/forge.ts";
import { type Evidence, evidence, names, plural, type ProofFacts } from "../evidence.ts";

/** The repository's own check runs on the head commit are green. Our own say nothing about the code. */
export function checks(facts: ProofFacts): Evidence {
  const theirs = foreignChecks(facts.checks);
  const required = facts.policy.proof.checks;
  const asked = required && required.length > 0 ? required : [...new Set(theirs.map((one) => one.name))];
  const details = inOrder(theirs).flatMap((one) => [
    `${one.name}: ${one.status}${one.summary ? ` — ${one.summary}` : ""}`,
    ...(one.says ?? []).map((line) => `  ${line}`),
  ]);
  if (asked.length === 0) return noChecks(facts);
  const red = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "red"));
  if (red.length > 0) return evidence("checks", "red", `Red on this commit: ${names(red)}.`, details);
  const absent = asked.filter((name) => !theirs.some((one) => one.name === name));
  if (absent.length > 0)
    return evidence("checks", "not-reported", `Not reported on this commit yet: ${names(absent)}.`, details);
  const pending = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "pending"));
  if (pending.length > 0)
    return evidence("checks", "pending", `Still running on this commit: ${names(pending)}.`, details);
  const unclear = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "unclear"));
  if (unclear.length > 0) return evidence("checks", "no-verdict", withoutVerdict(unclear), details);
  const green = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "green"));
  // GitHub lets a skipped check pass; it has looked at nothing.
  if (green.length === 0)
    return evidence("checks", "all-skipped", `Every check on this commit was skipped: ${names(asked)}.`, details);
  const count = plural(green.length, "check");
  return evidence("checks", "green", `${count} of the repository green on this commit: ${names(green)}.`, details);
}

function withoutVerdict(unclear: readonly string[]): string {
  const [people, others] = [unclear.filter(isAboutPeople), unclear.filter((name) => !isAboutPeople(name))];
  return [
    ...(people.length > 0 ? [`Waits for people to sign, which no change of the code does: ${names(people)}.`] : []),
    ...(others.length > 0 ? [`Ended without a verdict on the code: ${names(others)}. Run them again.`] : []),
  ].join(" ");
}

/** What is red is what has to be mended, and the list is cut somewhere. */
function inOrder(all: readonly Check[]): Check[] {
  return [...all.filter((one) => one.status === "red"), ...all.filter((one) => one.status !== "red")];
}

/** A commit that skips CI (`[skip ci]`, a changed trigger) looks like a repository without CI. The base tells them apart. */
function noChecks({ baseChecks = [] }: ProofFacts): Evidence {
  if (baseChecks.length > 0)
    return evidence(
      "checks",
      "none-on-head",
      `The base commit has checks (${names(baseChecks)}), but none ran on this commit. Start them on this commit.`,
    );
  return evidence(
    "checks",
    "none",
    "There are no check runs of the repository on this commit: a CI check would show it, or a person accepts it as it is.",
  );
}

export function foreignChecks(all: readonly Check[]): Check[] {
  return all.filter((one) => !one.ours);
}
