import { isAboutPeople } from "../../core/ticket/check-names.ts";
import type { Check } from "../../forge/forge.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";

/** The repository's own check runs on the head commit are green. Our own say nothing about the code. */
export function checks(facts: ProofFacts): Evidence<"checks"> {
  const theirs = foreignChecks(facts.checks);
  const required = facts.policy.proof.checks;
  const asked = required && required.length > 0 ? required : [...new Set(theirs.map((one) => one.name))];
  const details = inOrder(theirs).flatMap((one) => [
    `${one.name}: ${one.status}${one.summary ? ` — ${one.summary}` : ""}`,
    ...(one.says ?? []).map((line) => `  ${line}`),
  ]);
  if (asked.length === 0) return noChecks(facts);
  const red = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "red"));
  if (red.length > 0) return evidence("checks", "red", { checks: red }, details);
  const absent = asked.filter((name) => !theirs.some((one) => one.name === name));
  if (absent.length > 0) return evidence("checks", "not-reported", { checks: absent }, details);
  const pending = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "pending"));
  if (pending.length > 0) return evidence("checks", "pending", { checks: pending }, details);
  const unclear = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "unclear"));
  if (unclear.length > 0) return evidence("checks", "no-verdict", byWhom(unclear), details);
  const green = asked.filter((name) => theirs.some((one) => one.name === name && one.status === "green"));
  // GitHub lets a skipped check pass; it has looked at nothing.
  if (green.length === 0) return evidence("checks", "all-skipped", { checks: asked }, details);
  return evidence("checks", "green", { checks: green }, details);
}

function byWhom(unclear: readonly string[]) {
  return { people: unclear.filter(isAboutPeople), others: unclear.filter((name) => !isAboutPeople(name)) };
}

/** What is red is what has to be mended, and the list is cut somewhere. */
function inOrder(all: readonly Check[]): Check[] {
  return [...all.filter((one) => one.status === "red"), ...all.filter((one) => one.status !== "red")];
}

/** A commit that skips CI (`[skip ci]`, a changed trigger) looks like a repository without CI. The base tells them apart. */
function noChecks({ baseChecks = [] }: ProofFacts): Evidence<"checks"> {
  if (baseChecks.length > 0) return evidence("checks", "none-on-head", { checks: baseChecks });
  return evidence("checks", "none", {});
}

export function foreignChecks(all: readonly Check[]): Check[] {
  return all.filter((one) => !one.ours);
}
