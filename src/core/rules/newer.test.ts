import { expect, it } from "@jest/globals";
import { aTicket } from "../../../test/support/builders.ts";
import { isLeftToNewer } from "./newer.ts";
import type { Trigger } from "./trigger.ts";

/** What people may still say to a ticket that a newer version has written to. */
const ticket = { ...aTicket(), newer: { seq: 9, kind: "sung" } };
const said = (body: string) => ({ kind: "commented", source: "comment:5", commentId: 5, body }) as unknown as Trigger;

it.each<[string, boolean]>([
  ["/coop help", false],
  ["/coop status", false],
  ["/coop explain", false],
  ["/coop stop", false],
  ["/coop approve", true],
  ["/coop statsu", true],
  ["Thank you.", true],
  ["/coop status\n/coop approve", true],
  ["/coop status\n/coop help", false],
])("%j is left to the newer version: %j", (body, isLeft) => {
  expect(isLeftToNewer(ticket, said(body))).toBe(isLeft);
  expect(isLeftToNewer({ ...ticket, newer: null }, said(body))).toBe(false);
  expect(isLeftToNewer(null, said(body))).toBe(false);
});

it("is left whatever is no comment", () => {
  expect(isLeftToNewer(ticket, { kind: "labelled", label: "coop", source: "s" } as unknown as Trigger)).toBe(true);
});
