/** Somebody as an entry names them. `byId`: the account's number, which stays when its name changes; absent in older ledgers. */
export type Named = { readonly by: string; readonly byId?: number | undefined };

/** By the numbers where both have one: whoever took a name that somebody gave up is another person. Else by the names. */
export function isSamePerson(one: Named, other: Named): boolean {
  return one.byId === undefined || other.byId === undefined ? one.by === other.by : one.byId === other.byId;
}

/** @param id 0 where there are no accounts, as in a repository that is worked on without a forge */
export function named({ login, id }: { readonly login: string; readonly id: number }): Named {
  return { by: login, ...idOf({ byId: id || undefined }) };
}

/** As a field of an entry: not there at all where it is not known. */
export function idOf({ byId }: Pick<Named, "byId">): { readonly byId?: number } {
  return byId === undefined ? {} : { byId };
}
