/** Names of limits that a coverage tool holds: a run that covers less fails. */
const LIMIT = /((?:^|[\s{,["'])(?:lines|branches|functions|statements|fail_under|fail-under|threshold)["']?\s*[:=]\s*)(\d{1,3}(?:\.\d{1,6})?)(?![\d.])/g; // prettier-ignore

/** Whether nothing but limits of coverage changed, and each of them asks for more than before. */
export function onlyRaisesLimits(before: string, after: string): boolean {
  const [was, is] = [limitsOf(before), limitsOf(after)];
  if (was.rest !== is.rest || was.limits.length !== is.limits.length) return false;
  return was.limits.every((limit, at) => (is.limits[at] ?? 0) >= limit) && was.limits.join() !== is.limits.join();
}

function limitsOf(text: string): { rest: string; limits: number[] } {
  const limits: number[] = [];
  const rest = text.replace(LIMIT, (_all, name: string, limit: string) => {
    limits.push(Number(limit));
    return `${name}#`;
  });
  return { rest: rest.replace(/\s+/g, " ").trim(), limits };
}
