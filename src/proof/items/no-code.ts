import { deliveredChunk, excusesTests } from "../../core/ticket/plan.ts";
import type { ProofFacts } from "../evidence.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";

/** Documents, settings, lists of packages. What else is no code may still be run (SQL, templates). */
const NO_CODE =
  /(?:^|\/)(?:LICEN[CS]E|NOTICE|AUTHORS|CODEOWNERS|\.[\w-]+(?:rc|ignore|config)|go\.(?:mod|sum)|Gemfile(?:\.lock)?)$|\.(?:md|mdx|rst|adoc|txt|json|jsonc|json5|ya?ml|toml|ini|cfg|conf|properties|lock|env|csv|png|jpe?g|gif|svg)$/i;

export function isNoCode(path: string): boolean {
  return NO_CODE.test(path);
}

/** A plan that excuses old tests and names nothing but tests, such as one for a flaky test. A person has agreed to it. */
export function isPlannedOfTests({ plan, files }: ProofFacts): boolean {
  if (!plan || !excusesTests(plan)) return false;
  const planned = deliveredChunk(plan).files.map(({ path }) => path);
  const isOfTests = (path: string) => isTestFile(path) || decidingFile(path) === "read by tests";
  return [...planned, ...files.map(({ path }) => path)].every(isOfTests);
}

/** Code, with its tests, that the plan wants changed. */
export function plannedCode({ plan }: ProofFacts): string[] {
  if (!plan) return [];
  return deliveredChunk(plan)
    .files.map(({ path }) => path)
    .filter(isCode);
}
