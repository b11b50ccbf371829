import type { Plan } from "../../core/ticket/plan.ts";
import { deliveredChunk } from "../../core/ticket/plan.ts";
import type { FileDiff } from "../../trees/diff.ts";
import { type TestContent, testContent } from "./test-content.ts";
import { isTestCode } from "./test-files.ts";

/** One way in which the base's tests say less at the head. */
export type Weakening = { readonly path: string; readonly what: string };

/** Tests that are gone, skipped or assert less, read without running anything. */
export function weakenings(files: readonly FileDiff[]): Weakening[] {
  const tests = files.filter((file) => isTestCode(file.path) && file.kind === "text");
  const contents = tests.map((file) => ({ file, before: testContent(file.before), after: testContent(file.after) }));
  const added = new Set(
    contents.flatMap(({ before, after }) => [...after.titles].filter((title) => !before.titles.has(title))),
  );
  return contents.flatMap(({ file, before, after }) =>
    weakened(file, before, after, added).map((what) => ({ path: file.path, what })),
  );
}

function weakened(file: FileDiff, before: TestContent, after: TestContent, added: ReadonlySet<string>): string[] {
  const lost = [...before.titles].filter((title) => !after.titles.has(title));
  const gone = lost.filter((title) => !added.has(title));
  const found: string[] = [];
  if (file.action === "delete" && (gone.length > 0 || before.titles.size === 0)) return [`${file.path} was deleted`];
  for (const title of gone) found.push(`${file.path}: the test "${title}" is gone`);
  if (after.skips > before.skips)
    found.push(`${file.path}: tests are skipped or singled out (${after.skips - before.skips} more)`);
  if (after.hollow > before.hollow)
    found.push(`${file.path}: assertions that always hold (${after.hollow - before.hollow} more)`);
  // Tests that moved to another file took their assertions along.
  if (file.action === "change" && lost.length === 0 && after.assertions < before.assertions)
    found.push(`${file.path}: ${before.assertions} assertions became ${after.assertions}`);
  return found;
}

/** Words of an intent that say that existing tests change. "Add tests for …" does not. */
const CHANGES_EXISTING = /\b(updat|replac|adapt|adjust|rewrit|chang|remov|delet|drop|mov|renam|migrat|convert)/i;

/** Whether the approved plan says that this test file's existing tests change or go. */
export function isPlanned(plan: Plan | null, path: string): boolean {
  const file = plan ? deliveredChunk(plan).files.find((one) => one.path === path) : undefined;
  return file?.action === "delete" || (file?.action === "change" && CHANGES_EXISTING.test(file.intent));
}
