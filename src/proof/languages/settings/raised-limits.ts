/** Names of limits that a coverage tool holds: a run that covers less fails. */
const LIMIT = /((?:^|[\s{,["'])(lines|branches|functions|statements|fail_under|fail-under|threshold)["']?\s*[:=]\s*)(\d{1,3}(?:\.\d{1,6})?)(?![\d.])/g; // prettier-ignore

/** Whether nothing but limits of coverage changed, and each of them asks for more than before; a new one asks for more than none. */
export function onlyRaisesLimits(before: string, after: string): boolean {
  const [was, is] = [limitsOf(before), limitsOf(after)];
  if (was.rest !== is.rest || was.limits.length > is.limits.length) return false;
  let at = 0;
  for (const { name, limit } of was.limits) {
    while (at < is.limits.length && is.limits[at]?.name !== name) at++;
    const now = is.limits[at++]?.limit;
    if (now === undefined || now < limit) return false;
  }
  const text = ({ limits }: typeof was) => limits.map(({ name, limit }) => `${name} ${limit}`).join();
  return text(was) !== text(is);
}

type Limits = { readonly rest: string; readonly limits: readonly { readonly name: string; readonly limit: number }[] };

function limitsOf(text: string): Limits {
  const limits: { name: string; limit: number }[] = [];
  const rest = text.replace(LIMIT, (_all, _place: string, name: string, limit: string) => {
    limits.push({ name, limit: Number(limit) });
    return "#";
  });
  // How many stand side by side does not matter, and where they stand does.
  const together = rest.replace(/\s+/g, " ").replace(/(?:["',]|\s)*#(?:(?:["',]|\s)*#)*/g, " # ");
  return { rest: together.replace(/\s+/g, " ").trim(), limits };
}
