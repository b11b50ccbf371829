/** How much this machine's clock must be ahead at once of the steady one to count: less is how exact they are. */
const JUMP_MS = 1_000;

/**
 * Today's time once, and from then on a clock that nobody sets back: after an hour back, what waits would wait for an hour more. The
 * steady clock stands still while the machine sleeps, so a jump ahead of the other one counts.
 */
export function steadyClock(): () => number {
  const gap = () => Date.now() - performance.now();
  let last = gap();
  let ahead = last;
  return () => {
    const now = gap();
    if (now - last >= JUMP_MS) ahead += now - last;
    last = now;
    return Math.round(performance.now() + ahead);
  };
}
