import { expect, it } from "@jest/globals";
import { translate } from "../../github/webhook-events.ts";
import { draft, ticketOf, WRITTEN } from "../../../test/support/ledgers.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { utter } from "./each-command.ts";
import { respond } from "./respond.ts";
import { factsAs } from "../../../test/support/ledgers.ts";
import { ISSUE_REOPENED, type Trigger } from "./trigger.ts";

/** An issue that somebody opens again: a fact about what was merged, and nothing that starts work. */
const MERGED = [...WRITTEN, draft("merged")];
const trigger = (over: Partial<Extract<Trigger, { kind: "changed" }>> = {}): Trigger => ({
  kind: "changed",
  source: "delivery:9",
  forge: { kind: "github", installationId: 1, repositoryId: 2 },
  defaultBranch: "main",
  by: { login: "olaf", id: 1, type: "User" },
  what: ISSUE_REOPENED,
  look: "issue",
  ...over,
});
const answer = (ticket: Ticket | null, one: Trigger) =>
  respond(ticket, { ...utter(one), permission: "read", textHash: null, removed: [], pull: null }, factsAs());

it.each<[string, Ticket | null, Trigger, object]>([
  [
    "is noted after a merge, whoever did it",
    ticketOf(...MERGED),
    trigger(),
    { do: "record", entries: [{ kind: "issue_reopened", data: { by: "olaf", source: "delivery:9" } }] },
  ],
  ["is noted once", ticketOf(...MERGED, draft("issue_reopened")), trigger(), { do: "ignore", why: "reopened-before" }],
  [
    "is not noted of a bot",
    ticketOf(...MERGED),
    trigger({ by: { login: "stale[bot]", id: 2, type: "Bot" } }),
    { do: "ignore", why: "not-a-person" },
  ],
  ["is looked at while the work goes on", ticketOf(...WRITTEN), trigger(), { do: "look", at: "issue" }],
  ["is looked at after a stop", ticketOf(...WRITTEN, draft("stopped")), trigger(), { do: "look", at: "issue" }],
  ["is nothing else that happens to it", ticketOf(...MERGED), trigger({ what: "issue edited" }), { do: "look" }],
  ["is looked at where there is no ticket", null, trigger(), { do: "look" }],
])("an issue that is opened again %s", (_name, ticket, one, expected) => {
  expect(answer(ticket, one)).toMatchObject(expected);
});

it("is told by GitHub's event", () => {
  const payload = {
    action: "reopened",
    installation: { id: 1 },
    sender: { login: "olaf", id: 1, type: "User" },
    repository: { id: 2, name: "tally", default_branch: "main", owner: { login: "acme" } },
    issue: {
      number: 12,
      title: "CSV",
      body: "",
      state: "open",
      user: { login: "olaf", id: 1, type: "User" },
      labels: [],
    },
  };
  const { nudges } = translate({ id: "d-1", name: "issues", payload });
  expect(nudges.map((nudge) => nudge.trigger)).toMatchObject([
    { kind: "changed", what: ISSUE_REOPENED, by: { login: "olaf" } },
  ]);
});
