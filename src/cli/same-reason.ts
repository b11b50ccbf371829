/**
 * Lines of several items that have one reason, said once: five items that nobody could run are not five problems.
 * @example
 * sameReason(["checks: unknown — None.", "done: unknown — None."]) // → ["checks, done: unknown — None."]
 */
export function sameReason(lines: readonly string[]): string[] {
  const items = new Map<string, string[]>();
  for (const line of lines) {
    const [, item, reason = line] = /^([a-z-]+)(: (?:unknown|refuted) — .+)$/s.exec(line) ?? [];
    items.set(reason, [...(items.get(reason) ?? []), ...(item === undefined ? [] : [item])]);
  }
  return [...items].map(([reason, names]) => `${names.join(", ")}${reason}`);
}
