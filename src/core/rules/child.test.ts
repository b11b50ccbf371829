import { expect, it } from "@jest/globals";
import { draft, issueAs, OPENED, READY, ticketOf } from "../../../test/support/ledgers.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { childSeen } from "./child.ts";
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
