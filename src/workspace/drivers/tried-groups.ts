import { findMemoryGroups, type MemoryGroups } from "../memory-groups.ts";
import { runProcess } from "../process.ts";

/** Of the trial, and what it asks for in vain. */
const TRIED_MB = 32;
const ASKED_MB = 96;
/** Of a machine that has much to do. */
const TRIAL_MS = 10_000;
const TRIAL_OUTPUT_BYTES_MAX = 1_000;

/** Groups are believed when one of them has ended a program that wanted more than its own. */
export async function triedGroups(find: () => MemoryGroups | null = findMemoryGroups): Promise<MemoryGroups | null> {
  const groups = find();
  const group = groups?.open(TRIED_MB * 1024 ** 2);
  if (!groups || !group) return null;
  try {
    await runProcess({
      // What has no line end is kept until there is one.
      ...{ file: "/bin/sh", args: ["-c", `sleep 0.02; head -c ${ASKED_MB}m /dev/zero | tail`], user: null, inputs: [] },
      ...{ timeoutMs: TRIAL_MS, outputBytesMax: TRIAL_OUTPUT_BYTES_MAX, memoryBytesMax: Number.MAX_SAFE_INTEGER },
      group,
    });
    return group.ranOut() ? groups : null;
  } finally {
    await group.close();
  }
}
