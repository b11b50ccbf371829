/** The branch of a ticket, by its number alone. */
export function deskBranch(number: number): string {
  return `coop/${number}`;
}
