import { describe, expect, it } from "@jest/globals";
import { aDraft, aSpend, aTicket, entriesOf } from "../../../test/support/builders.ts";
import { parseCommand } from "./command.ts";
import { raiseOffered } from "./raise.ts";

const cents = (count: number) => count * 10_000;
const ticketOf = (budgetMicroUsd: number, planningMicroUsd: number | null = null) =>
  aTicket(
    entriesOf([
      aDraft("opened"),
      aDraft("routed", { budgetMicroUsd }),
      ...(planningMicroUsd === null ? [] : [aDraft("planned", { spend: aSpend({ costMicroUsd: planningMicroUsd }) })]),
    ]),
  );

describe("a raise that is offered", () => {
  it.each([
    ["as much again as there was", ticketOf(cents(9)), 0, "0.10"],
    ["enough for the call", ticketOf(cents(9)), cents(17), "0.20"],
    ["enough for the end that the plan lets expect", ticketOf(cents(9), cents(3)), 0, "0.50"],
    ["without what was raised before", { ...ticketOf(cents(9), cents(3)), raisedMicroUsd: cents(40) }, 0, "0.10"],
    ["for the plan of an epic alone", { ...ticketOf(cents(9), cents(3)), epic: {} as never }, 0, "0.10"],
    ["for a call that is dearer than all that", ticketOf(cents(9), cents(3)), cents(830), "10"],
    ["of the usual budget", ticketOf(cents(500)), 0, "5"],
    ["of a dollar", ticketOf(cents(100)), 0, "1"],
    ["of a large one", ticketOf(cents(12_000)), 0, "200"],
    ["of no budget at all", ticketOf(0), 1, "0.01"],
    ["that is the most that may be said", ticketOf(cents(500)), cents(90_000), "500"],
    ["for a ticket that nobody knows", null, 0, "5"],
  ])("is %s", (_name, ticket, missing, amount) => {
    expect(raiseOffered(ticket, missing)).toBe(amount);
    expect(parseCommand(`/coop budget +${amount}`)).toMatchObject({
      outcome: "command",
      command: { addMicroUsd: Number(amount) * 1_000_000 },
    });
  });
});
