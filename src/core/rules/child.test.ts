import { expect, it } from "@jest/globals";
import { draft, issueAs, OPENED, READY, ticketOf } from "../../../test/support/ledgers.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { childSeen, isToldByPull } from "./child.ts";
import type { ChildSeen } from "./facts.ts";

const halted = (reason: "pull-request-closed" | "issue-closed" | "person") => draft("halted", { reason });
const [open, closed] = [issueAs(), issueAs({ state: "closed" })];

it.each<[string, readonly EntryDraft[] | null, Parameters<typeof childSeen>[2], ChildSeen["state"]]>([
  ["that has no ledger", null, open, "not-begun"],
  ["whose issue was closed before its turn", null, closed, "left-out"],
  ["whose issue is gone", null, "gone", "left-out"],
  ["that nobody could ask about", null, null, "not-begun"],
  ["at work", OPENED, null, "at-work"],
  ["that waits for a person", READY, null, "asks"],
  ["that was merged", [...READY, draft("merged")], null, "merged"],
  ["that was stopped", [...READY, draft("stopped")], null, "left-out"],
  ["whose issue was closed", [...READY, halted("issue-closed")], null, "left-out"],
  ["whose pull request was closed", [...READY, halted("pull-request-closed")], open, "asks"],
  ["whose pull request was closed, and then its issue", [...READY, halted("pull-request-closed")], closed, "left-out"],
  ["that a person parked", [...READY, halted("person")], null, "asks"],
])("a part %s", (_what, entries, issue, state) => {
  expect(childSeen(7, entries && ticketOf(...entries), issue)).toMatchObject({ issue: 7, state });
});

it.each<[string, readonly EntryDraft[]]>([
  ["was stopped", [...READY, draft("stopped")]],
  ["stood still because its issue was closed", [...READY, halted("issue-closed")]],
  ["stood still because its pull request was closed", [...READY, halted("pull-request-closed")]],
])("a part that %s is merged all the same when its pull request is", (_what, entries) => {
  const ticket = ticketOf(...entries);
  // The pull request is only asked where it can tell something new.
  expect([isToldByPull(ticket), isToldByPull(null), isToldByPull(ticketOf(...READY))]).toEqual([true, false, false]);
  expect(childSeen(7, ticket, closed, "maria")).toMatchObject({ issue: 7, state: "merged", by: "maria" });
});
