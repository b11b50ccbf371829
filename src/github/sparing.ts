/** The same trouble is one line a minute in the log. */
const TOLD_EVERY_MS = 60_000;

/**
 * Tells at most once a minute for each reason: what is wrong must show in the log, but strangers must not fill it. `more` counts
 * what was not told since the last time. Reasons are sentences of ours, so that there are few of them.
 */
export function sparing<Told extends { readonly why: string }>(
  tell: (told: Told & { readonly more: number }) => void,
  nowMs: () => number = () => performance.now(),
): (told: Told) => void {
  const last = new Map<string, { at: number; more: number }>();
  return (told) => {
    const before = last.get(told.why);
    const now = nowMs();
    if (before && now - before.at < TOLD_EVERY_MS) {
      before.more += 1;
      return;
    }
    last.set(told.why, { at: now, more: 0 });
    tell({ ...told, more: before?.more ?? 0 });
  };
}
