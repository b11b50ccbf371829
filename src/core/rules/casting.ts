import type { Role } from "../ledger/ids.ts";

export type PoolModel = {
  readonly name: string;
  readonly vendor: string;
  readonly roles: readonly Role[] | null;
  /** A program that can do nothing but write: not even a pin gives it another seat. */
  readonly writesOnly?: true;
};

export type Pins = Partial<Record<Role, string>>;

/** Who may take a role, in turn; a pin is stronger than the roles a model is configured for. */
export function candidates(turned: readonly PoolModel[], pins: Pins, role: Role): PoolModel[] {
  const pin = pins[role];
  return turned.filter((model) => (pin ? model.name === pin : model.roles === null || model.roles.includes(role)));
}

export type Cast = Record<Role, PoolModel>;

/** Of those that may play a role equally well, who plays it; the models are in turn. */
export type Choose = (
  role: Role,
  models: readonly PoolModel[],
  foreign: number,
  author: PoolModel,
) => PoolModel | undefined;

export function firstCast(
  authors: readonly PoolModel[],
  turned: readonly PoolModel[],
  pins: Pins,
  choose: Choose,
): Cast | null {
  for (const author of authors) {
    const cast = castAround(author, turned, pins, choose);
    if (cast) return cast;
  }
  return null;
}

/** Everybody else around one author, or null when nobody is left to doubt. */
function castAround(author: PoolModel, turned: readonly PoolModel[], pins: Pins, choose: Choose): Cast | null {
  const others = (role: Role) => candidates(turned, pins, role).filter((model) => model.name !== author.name);
  // The adversary is chosen first: who is of another vendor is worth most as the last doubter.
  const foes = preferOther(preferNot(others("adversary"), pins.reviewer), author.vendor);
  const foreign = foes.filter((model) => model.vendor !== author.vendor && model.name !== pins.reviewer);
  const near = foes.filter((model) => model.name !== pins.reviewer);
  const adversary = choose("adversary", foreign.length > 0 ? foreign : near, foreign.length, author) ?? foes[0];
  const judges = others("reviewer").filter((model) => model.name !== adversary?.name);
  // Each pair of doubters comes up as often.
  const reviewer = choose("reviewer", judges, foreign.length, author) ?? others("reviewer")[0];
  const architect = choose("architect", others("architect"), 0, author) ?? candidates(turned, pins, "architect")[0];
  const navigator = choose("navigator", others("navigator"), 0, author) ?? candidates(turned, pins, "navigator")[0];
  if (!adversary || !reviewer || !architect || !navigator) return null;
  return { architect, implementer: author, reviewer, adversary, navigator };
}

export function from(pool: readonly PoolModel[], start: number): PoolModel[] {
  return [...pool.slice(start), ...pool.slice(0, start)];
}

export function preferOther(models: readonly PoolModel[], vendor: string): PoolModel[] {
  return [...models.filter((model) => model.vendor !== vendor), ...models.filter((model) => model.vendor === vendor)];
}

export function preferNot(models: readonly PoolModel[], name: string | undefined): PoolModel[] {
  return [...models.filter((model) => model.name !== name), ...models.filter((model) => model.name === name)];
}
