import type { Waiting } from "../core/rules/call-people.ts";

/** The one line that calls somebody, on purpose. Everywhere else names call nobody. */
const REQUESTS: Readonly<Record<Waiting["for"], string>> = {
  answer: "please answer.",
  plan: "please look at the plan.",
  tests: "please say whether these tests may change.",
  merge: "please decide.",
  "way-out": "this needs you.",
};

/** @param logins people, or teams as `org/team` */
export function callLine(what: Waiting["for"], logins: readonly string[]): string {
  return logins.length === 0 ? "" : `${logins.map((one) => `@${one}`).join(" ")}, ${REQUESTS[what]}`;
}
