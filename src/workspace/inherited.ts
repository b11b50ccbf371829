import { openSync, readdirSync, readFileSync } from "node:fs";

/** What this program was started with, beside its three streams: whoever started it may have left files and pipes open. Node marks the first few of them. */
let known: readonly number[] | null = null;

/**
 * Descriptors that every process started from here would have as well, also inside of a sandbox. Node marks all that it opens
 * itself, so these are the ones without the mark (`O_CLOEXEC`).
 */
function inheritedDescriptors(): readonly number[] {
  known ??= openDescriptors().filter((fd) => fd > 2 && isInherited(fd));
  return known;
}

/** As it stands in `flags:` of `/proc/<pid>/fdinfo`, in octal. */
const CLOSE_ON_EXEC = 0o2000000;

function openDescriptors(): number[] {
  try {
    return readdirSync("/proc/self/fd").map(Number);
  } catch {
    return [];
  }
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // It was closed meanwhile, such as the one that listed them.
    return false;
  }
}

/** The highest descriptor that can be covered: each takes a place in the list of streams. */
const COVERED_MAX = 1_024;
let nothing: number | null = null;

/** @returns what stands behind the first `given` streams, so that nothing inherited is open there */
export function covers(given: number): (number | "ignore")[] {
  const inherited = inheritedDescriptors().filter((fd) => fd >= given && fd < COVERED_MAX);
  if (inherited.length === 0) return [];
  // What is ignored behind the third place stays open, so each gets something else to stand there.
  const empty = (nothing ??= openSync("/dev/null", "r"));
  const places = Array.from({ length: Math.max(...inherited) + 1 - given }, (_, at) => given + at);
  return places.map((fd) => (inherited.includes(fd) ? empty : "ignore"));
}
