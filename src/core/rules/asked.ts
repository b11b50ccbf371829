import type { Ticket } from "../ticket/ticket.ts";

/** Which plan a yes would be about: another plan, or another text below it, is another question. */
export function planInQuestion({ plan }: Ticket): string {
  return `${plan?.planHash} ${plan?.textHash}`;
}

/** Which old tests, on which commit, a yes would excuse. */
export function testsInQuestion({ change, testRequests }: Ticket): string {
  return `${change?.headSha} ${JSON.stringify(testRequests.open)}`;
}
