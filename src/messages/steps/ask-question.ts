/** What is asked of a ticket that says nothing. */
export const NO_DESCRIPTION =
  "The ticket has no description. What should be different afterwards, for whom, and how would you notice that it works?";

/** Why nothing was asked. @param type what kind of task the Navigator takes it for, where that counts */
export function clearEnough(type: string | null): string {
  return `The Navigator finds the ticket clear enough to plan from${type === null ? "" : `, as a task of type ${type}`}.`;
}
