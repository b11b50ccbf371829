import { readOutput } from "./read-output.ts";
import type { TestCount } from "./test-case.ts";

export { addCounts, type TestCount } from "./test-case.ts";

/** How many tests ran, read from what the runner printed; null means that nobody knows. */
export function countTests(output: string): TestCount | null {
  return readOutput(output)?.count ?? null;
}
