import { type Role, ROLES } from "../ledger/ids.ts";

/** After so many tickets at most, the counting begins anew. */
const PERIOD_MAX = 1_000;

type Able = { readonly roles: readonly Role[] | null };

/**
 * After how many tickets a rotation that counts who played begins anew. By then each role has gone round in full among those that may
 * play it, or else every period would favour the same ones by a ticket.
 */
export function periodOf(pool: readonly Able[]): number {
  const size = pool.length;
  const able = ROLES.map((role) => pool.filter(({ roles }) => roles === null || roles.includes(role)).length);
  const round = able.filter((many) => many > 0).reduce(commonMultiple, size);
  const wanted = Math.min(PERIOD_MAX, size ** 2 * Math.max(1, size - 1));
  const rounds = Math.min(Math.ceil(wanted / round), Math.floor(PERIOD_MAX / round));
  return rounds > 0 ? rounds * round : PERIOD_MAX - (PERIOD_MAX % size);
}

function commonMultiple(one: number, other: number): number {
  return (one * other) / commonDivisor(one, other);
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
