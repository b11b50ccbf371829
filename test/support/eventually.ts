/** Between two looks; a look is one query of a small database. */
const LOOK_MS = 20;

/** Waits until something is so, for what happens beside the test. The test's own time limit is the end of patience. */
export async function eventually(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
