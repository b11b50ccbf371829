/** Below it lie the branches of all tickets. */
export const DESK_BRANCHES = "coop";

/** The branch of a ticket, by its number alone. */
export function deskBranch(number: number): string {
  return `${DESK_BRANCHES}/${number}`;
}
