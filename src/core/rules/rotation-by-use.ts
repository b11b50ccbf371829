import { type Role, ROLES } from "../ledger/ids.ts";
import { candidates, type Cast, firstCast, from, type Pins, type PoolModel } from "./casting.ts";
import type { Preferred } from "./preferences.ts";
import { periodOf } from "./rotation-period.ts";

/** The count of a line is looked at for a period first after so many places, and then whenever it is twice as long. */
const PLACES_FIRST = 512;
/** Places times models: a line that has not come round by then is taken as if it had, where that is most even. About 20 ms. */
const WORK_MAX = 100_000;
/** Lines of casts kept in memory, one a pool with its pins and wishes: a server has one pool and few policies. */
const LINES_KEPT = 32;

/** The casts from the first place on, and how many of the last ones come round and round; 0: not known yet. */
type Line = { readonly casts: Cast[]; readonly extend: () => Cast | null; period: number };

const lines = new Map<string, Line>();

/**
 * Where not every model may play every role, or one vendor has more models than another, turning the pool would give some more
 * than their share. Instead each role goes to whoever had it least often from the first place on; of equals, to the next in turn. Such a
 * line comes round, and from then on nothing need be counted: it has no end, and nowhere does the count begin anew. It is made
 * from the pool alone, so that the same ticket and pool give the same answer everywhere.
 */
export function castByUse(at: number, pool: readonly PoolModel[], pins: Pins, preferred: Preferred): Cast | null {
  const line = lineOf(pool, pins, preferred);
  const { casts } = line;
  const size = pool.length;
  let look = Math.ceil(PLACES_FIRST / size) * size;
  while (casts.length <= at && line.period === 0) {
    if (line.extend() === null) return null;
    while (look < casts.length) look *= 2;
    if (look === casts.length) line.period = periodOf(casts, size, look * 2 * size > WORK_MAX);
  }
  if (at < casts.length) return casts[at] ?? null;
  return casts[casts.length - line.period + ((at - casts.length) % line.period)] ?? null;
}

function lineOf(pool: readonly PoolModel[], pins: Pins, preferred: Preferred): Line {
  const asked = [
    pool.map(({ name, vendor, roles }) => [name, vendor, roles]),
    ROLES.map((role) => [pins[role], preferred[role]?.names]),
  ];
  const key = JSON.stringify(asked);
  const line = lines.get(key) ?? newLine([...pool], { ...pins }, { ...preferred });
  lines.delete(key);
  lines.set(key, line);
  for (const oldest of lines.keys()) if (lines.size > LINES_KEPT) lines.delete(oldest);
  return line;
}

function newLine(pool: readonly PoolModel[], pins: Pins, preferred: Preferred): Line {
  const used = new Map<Role, Map<PoolModel, number>>(ROLES.map((role) => [role, new Map()]));
  const known = new Map<string, Cast>();
  const casts: Cast[] = [];
  const extend = () => {
    const made = leastUsed(from(pool, casts.length % pool.length), used, pins, preferred);
    if (made === null) return null;
    for (const role of ROLES) used.get(role)?.set(made[role], (used.get(role)?.get(made[role]) ?? 0) + 1);
    const name = ROLES.map((role) => made[role].name).join("\n");
    const cast = known.get(name) ?? made;
    known.set(name, cast);
    casts.push(cast);
    return cast;
  };
  return { casts, extend, period: 0 };
}

type Used = ReadonlyMap<Role, ReadonlyMap<PoolModel, number>>;

function leastUsed(turned: readonly PoolModel[], used: Used, pins: Pins, preferred: Preferred): Cast | null {
  const uses = (role: Role) => (one: PoolModel) => used.get(role)?.get(one) ?? 0;
  const sorted = (role: Role, models: readonly PoolModel[], count = uses(role)) => inOrder(models, wishes(role, preferred), count); // prettier-ignore
  const authors = sorted("implementer", candidates(turned, pins, "implementer"));
  return firstCast(authors, turned, pins, (role, models, _foreign, author) => {
    if (role !== "adversary") return sorted(role, models)[0];
    // Whoever doubts second leaves the first doubt to others: both counts of a pair are weighed.
    const reviewers = candidates(turned, pins, "reviewer").filter((one) => one !== author);
    const first = inOrder(reviewers, () => 0, uses("reviewer"));
    const beside = ({ name }: PoolModel) => first.find((other) => other.name !== name);
    const reviews = (one: PoolModel) => { const other = beside(one); return other ? uses("reviewer")(other) : Infinity; }; // prettier-ignore
    return sorted(role, models, (one) => uses("adversary")(one) + reviews(one))[0];
  });
}

/** Whom one wishes for in a role comes first. Whoever is wished for as a reviewer is the last one to be taken as the adversary. */
function wishes(role: Role, preferred: Preferred): (model: PoolModel) => number {
  const isWished = (as: Role, { name }: PoolModel) => preferred[as]?.names.includes(name) ?? false;
  return (one) => (isWished(role, one) ? 0 : role === "adversary" && isWished("reviewer", one) ? 2 : 1);
}

/** By wish, then by count, each asked once a model; of equals, the next in turn comes first. */
function inOrder(
  models: readonly PoolModel[],
  wish: (model: PoolModel) => number,
  count: (model: PoolModel) => number,
): PoolModel[] {
  return models
    .map((model) => ({ model, wish: wish(model), count: count(model) }))
    .sort((one, other) => one.wish - other.wish || (one.count < other.count ? -1 : one.count > other.count ? 1 : 0))
    .map(({ model }) => model);
}
