import { describe, expect, it } from "@jest/globals";
import { APPROVED, draft, factsAs, READY, sha, TEXT, ticketOf } from "../../../test/support/ledgers.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { utter } from "./each-command.ts";
import type { Heard, Permission } from "./heard.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { respond } from "./respond.ts";
import type { Trigger } from "./trigger.ts";

type Reviewed = Extract<Trigger, { kind: "reviewed" }>;

function review(state: Reviewed["state"], over: Partial<Reviewed> = {}): Trigger {
  const forge = { kind: "github" as const, installationId: 7, repositoryId: 70 };
  const common = { source: "review:1", forge, defaultBranch: "main", by: { login: "maria", id: 1, type: "User" } };
  const rest = { reviewId: 1, state, body: "Escape the quotes.", headSha: sha(2), pullNumber: 8 };
  return { kind: "reviewed", ...common, ...rest, ...over };
}

function answer(ticket: Ticket | null, trigger: Trigger, over: Partial<Heard> = {}, facts = factsAs()) {
  const heard: Heard = { ...utter(trigger), permission: "write", textHash: TEXT, removed: [], pull: null, ...over };
  return respond(ticket, heard, facts);
}

describe("a person's review", () => {
  const ready = ticketOf(...READY);
  const allowed = factsAs({ policy: { ...DEFAULT_POLICY, approvals: { githubReview: true, otherThanPusher: true } } });
  const remark = { id: 9, path: "src/export.ts", line: 4, text: "Here." };

  it("that requests changes is a rework with its inline comments", () => {
    const response = answer(ready, review("changes_requested"), { inline: [remark] });
    expect(response).toMatchObject({
      do: "record",
      entries: [
        { kind: "rework_requested", data: { instructions: "Escape the quotes.", comments: [remark], round: 0 } },
      ],
    });
  });

  it.each<[string, Ticket | null, Trigger, Permission, boolean, string]>([
    ["that requests changes without permission", ready, review("changes_requested"), "read", false, "ignore"],
    ["that says nothing", ready, review("changes_requested", { body: " " }), "write", false, "ignore"],
    ["on no ticket", null, review("changes_requested"), "write", false, "ignore"],
    ["that only comments", ready, review("commented"), "write", false, "record"],
    ["that only comments, without permission", ready, review("commented"), "read", true, "ignore"],
    ["that only says thanks", ready, review("commented", { body: "LGTM 👍" }), "write", false, "ignore"],
    [
      "that only comments before there is a change",
      ticketOf(...APPROVED),
      review("commented"),
      "write",
      false,
      "ignore",
    ],
    ["that holds a command", ready, review("commented", { body: "/coop approve" }), "write", false, "record"],
    [
      "with a yes on another commit",
      ready,
      review("commented", { body: "/coop approve", headSha: sha(1) }),
      "write",
      false,
      "refuse",
    ],
    [
      "with a letting pass on another commit",
      ready,
      review("commented", { body: "/coop accept mutation Generated.", headSha: sha(1) }),
      "write",
      false,
      "refuse",
    ],
    [
      "with another command on another commit",
      ready,
      review("commented", { body: "/coop park", headSha: sha(1) }),
      "write",
      false,
      "record",
    ],
    [
      "that holds a command without permission",
      ready,
      review("commented", { body: "/coop approve" }),
      "read",
      true,
      "refuse",
    ],
    ["that approves, without the policy's leave", ready, review("approved"), "write", false, "ignore"],
    ["that approves, with it", ready, review("approved"), "write", true, "record"],
    ["that approves without permission", ready, review("approved"), "read", true, "ignore"],
    ["that approves while GitHub says nothing", ready, review("approved"), "unknown", true, "ignore"],
    ["that approves another commit", ready, review("approved", { headSha: sha(1) }), "write", true, "ignore"],
    ["that approves too early", ticketOf(...APPROVED), review("approved"), "write", true, "ignore"],
  ])("%s", (_name, ticket, trigger, permission, githubReview, outcome) => {
    expect(answer(ticket, trigger, { permission }, githubReview ? allowed : factsAs()).do).toBe(outcome);
  });

  it.each(["commented", "changes_requested"] as const)(
    "%s by the issue's author, who may not write, is noted, and not without end",
    (state) => {
      const { author, authorId } = ready.opened;
      const by = { login: author, id: authorId ?? 0, type: "User" as const };
      const said = answer(ready, review(state, { by }), { permission: "read" });
      expect(said).toMatchObject({ do: "record", entries: [{ kind: "remarked", data: { by: author } }] });
      const twin = answer(ready, review(state, { by: { ...by, login: "somebody" } }), { permission: "read" });
      expect(twin.do).toBe("ignore");
      const waiting = ticketOf(...READY, ...Array.from({ length: 3 }, () => draft("remarked", { by: author })));
      expect(answer(waiting, review(state, { by }), { permission: "read" }).do).toBe("ignore");
    },
  );

  it("with a yes on another commit is refused as that command", () => {
    const late = answer(ready, review("commented", { body: "/coop approve", headSha: sha(1) }));
    expect(late).toMatchObject({ do: "refuse", verb: "approve", why: { code: "spoken-too-early" } });
  });
});
