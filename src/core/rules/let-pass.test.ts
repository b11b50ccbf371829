import { describe, expect, it } from "@jest/globals";
import {
  ATTACKED,
  draft,
  factsAs,
  finding,
  OPENED,
  READY,
  sha,
  ticketOf,
  unshown,
  WRITTEN,
} from "../../../test/support/ledgers.ts";
import { run, say } from "../../../test/support/walk-words.ts";
import { looked, type Script } from "../../../test/support/walks.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type Command, parseCommand } from "./command.ts";
import { obey } from "./obey.ts";
import { DEFAULT_POLICY, type Policy } from "./policy.ts";
import type { RefusalCode } from "./why.ts";

const command = (body: string): Command => {
  const parsed = parseCommand(body);
  if (parsed.outcome !== "command") throw new Error(`${body} is no command: ${JSON.stringify(parsed)}`);
  return parsed.command;
};
const policyWith = (proof: Partial<Policy["proof"]>): Policy => {
  return { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, ...proof } };
};
const reviewed = draft("reviewed", { findings: [finding(1)], verdict: "changes" });
const missing = [...ATTACKED, unshown("fail-to-pass", "mutation")];
const pushed = [...missing, draft("head_moved", { by: "maria" })];

type Row = readonly [string, readonly EntryDraft[], string, string | { readonly refused: RefusalCode }, Policy?];
const ROWS: readonly Row[] = [
  ["an item that is missing", missing, "/coop accept mutation Generated code.", "proof_accepted"],
  ["with the reason below", missing, "/coop accept MUTATION\nGenerated code.", "proof_accepted"],
  ["two items", missing, "/coop accept mutation,Fail-to-pass Only words.", "proof_accepted proof_accepted"],
  ["one item twice", missing, "/coop accept mutation,Mutation So.", "proof_accepted"],
  ["one, with a reason that begins like another", missing, "/coop accept mutation scope is small.", "proof_accepted"],
  [
    "two items, of which one needs nothing",
    missing,
    "/coop accept mutation,scope So.",
    { refused: "item-not-missing" },
  ],
  [
    "two items, of which one is the reviews",
    missing,
    "/coop accept mutation,reviews So.",
    { refused: "item-never-accepted" },
  ],
  ["an item that is proven", READY, "/coop accept mutation Why not.", { refused: "item-not-missing" }],
  ["an item before the proof", WRITTEN, "/coop accept mutation Soon.", { refused: "nothing-proven-yet" }],
  ["an item before the change", OPENED, "/coop accept mutation Soon.", { refused: "nothing-proven-yet" }],
  [
    "an item of another commit",
    [...missing, draft("head_moved")],
    "/coop accept mutation So.",
    { refused: "nothing-proven-yet" },
  ],
  ["the reviews", missing, "/coop accept reviews I read it.", { refused: "item-never-accepted" }],
  ["protected files by name", missing, "/coop accept tamper Fine.", { refused: "item-needs-approve" }],
  [
    "what the policy forbids",
    missing,
    "/coop accept mutation So.",
    { refused: "policy-forbids-accepting" },
    policyWith({ neverAccept: ["mutation"] }),
  ],
  [
    "for their own push",
    [...pushed, { ...unshown("mutation"), data: { ...unshown("mutation").data, headSha: sha(3) } } as EntryDraft],
    "/coop accept mutation So.",
    { refused: "pushed-last" },
  ],
  ["a finding", [...WRITTEN, reviewed], "/coop dismiss F-00000001 Meant so.", "finding_dismissed"],
  ["a finding in another case", [...WRITTEN, reviewed], "/coop dismiss f-00000001 Meant so.", "finding_dismissed"],
  ["an unknown finding", [...WRITTEN, reviewed], "/coop dismiss F-9 Meant so.", { refused: "finding-unknown" }],
  [
    "a finding twice",
    [...WRITTEN, reviewed, draft("finding_dismissed")],
    "/coop dismiss F-00000001 So.",
    { refused: "finding-settled" },
  ],
  [
    "a blocker against their own push",
    [...WRITTEN, reviewed, draft("head_moved", { by: "maria" })],
    "/coop dismiss F-00000001 So.",
    { refused: "pushed-last" },
  ],
];

describe("letting pass", () => {
  it.each(ROWS)("%s", (_name, entries, body, expected, policy = DEFAULT_POLICY) => {
    const said = { by: "maria", source: "comment:1", inline: [] };
    const obeyed = obey(ticketOf(...entries), command(body), said, factsAs({ policy }));
    if (typeof expected !== "string")
      return expect(obeyed).toMatchObject({ outcome: "refused", why: { code: expected.refused } });
    expect(obeyed.outcome === "accepted" && obeyed.entries.map(({ kind }) => kind).join(" ")).toBe(expected);
  });

  it.each([
    ["/coop accept mutatoin So.", "/coop accept mutation …"],
    ["/coop accept mutation", "/coop accept mutation <why>"],
    ["/coop accept mutatoin,scope So.", "/coop accept mutation,scope …"],
    ["/coop accept mutation,everything So.", null],
    ["/coop accept mutation|scope So.", null],
    ["/coop accept mutation, fail-to-pass So.", null],
    ["/coop accept mutation , scope So.", null],
    ["/coop accept scoop", "/coop accept scope <why>"],
    ["/coop accept everything So.", null],
    ["/coop accept", null],
  ])("%s is asked about", (body, meant) => {
    expect(parseCommand(body)).toMatchObject({
      outcome: "malformed",
      why: { code: "acceptance-malformed", facts: { meant } },
    });
  });

  it("counts only what was seen: a proof that came later was not what they spoke about", () => {
    const now = ticketOf(...missing);
    const said = { by: "maria", source: "comment:1", inline: [], seen: ticketOf(...WRITTEN) };
    const obeyed = obey(now, command("/coop accept mutation So."), said, factsAs());
    expect(obeyed).toMatchObject({ outcome: "refused", why: { code: "spoken-too-early" } });
  });

  it("counts only for the base branch that was seen, also where it is back", () => {
    const others = ["next", "main"].map((to) => draft("base_changed", { to, baseSha: sha(1) }));
    const back = ticketOf(...missing, ...others, ...missing.filter(({ kind }) => kind === "proof_collected"));
    const said = (seen: Ticket) => ({ by: "maria", source: "comment:1", inline: [], seen });
    const accept = (seen: Ticket) => obey(back, command("/coop accept mutation So."), said(seen), factsAs());
    expect(accept(ticketOf(...missing))).toMatchObject({ outcome: "refused", why: { code: "base-changed-since" } });
    expect(accept(back).outcome).toBe("accepted");
  });
});

/** What the proof says about an item, whatever was let pass before. */
const shows =
  (...ids: Parameters<typeof unshown>) =>
  (ticket: Ticket): EntryDraft[] => {
    const { data } = unshown(...ids) as Extract<EntryDraft, { kind: "proof_collected" }>;
    return [{ kind: "proof_collected", data: { ...data, headSha: ticket.change?.headSha ?? "" } }];
  };

describe("the offer of a halt", () => {
  it("to accept an item helps, item by item, and the merge names it", () => {
    const script: Script = { prove: [shows("fail-to-pass", "done")] };
    const halted = run(script);
    expect(halted.ticket.halt?.next.join("\n")).toContain("`/coop accept fail-to-pass|done <why>`");
    const one = say(halted, command("/coop accept fail-to-pass Only documents."));
    expect([one.end.for, one.ticket.proof?.outcome]).toEqual(["person", "not-ready"]);
    const both = say(one, command("/coop accept done A person looked."));
    expect([both.end.for, both.ticket.halt, both.ticket.proof?.outcome]).toEqual(["approval", null, "ready"]);
    const merged = say(both, { verb: "approve" });
    expect(merged.ticket.end?.as).toBe("merged");
    expect(merged.ticket.proof?.items.map(({ accepted }) => accepted?.by)).toEqual(["maria", "maria"]);
  });

  it("names no item that the policy forbids to accept", () => {
    const facts = { policy: policyWith({ neverAccept: ["done"] }) };
    const halted = run({ prove: [shows("done")] }, { facts });
    expect(halted.ticket.halt?.next.join("\n")).not.toContain("/coop accept");
  });

  it("to dismiss a finding helps, and the finding does not come back in other words", () => {
    const again = { ...finding(1), title: "Quotes in cells are not escaped" };
    const found = (id: number) => (ticket: Ticket) => [
      looked(ticket, "reviewer", "open", { findings: [{ ...again, id: `F-0000000${id}` }], verdict: "changes" }),
    ];
    const halted = run({ review: [found(1), found(1), found(1)] });
    expect(halted.ticket.halt?.reason).toBe("same-blocker");
    expect(halted.ticket.halt?.next.join("\n")).toContain("`/coop dismiss F-00000001 <why>`");
    const freed = say(halted, command("/coop dismiss F-00000001 Cells never hold quotes."));
    expect(freed.end.for).toBe("approval");
    expect(freed.ticket.findings.get("F-00000001")).toMatchObject({ state: "withdrawn", dismissed: { by: "maria" } });
  });
});

describe("a head that nobody knows the pusher of", () => {
  const unknown = [
    ...READY,
    draft("head_moved", { by: "somebody" }),
    ...["reviewer" as const, "adversary" as const].map((role) => draft("reviewed", { role, headSha: sha(3) })),
    draft("proof_collected", { headSha: sha(3) }),
  ];
  const yes = (entries: readonly EntryDraft[], by: string, policy = DEFAULT_POLICY) =>
    obey(ticketOf(...entries), { verb: "approve" }, { by, source: `c:${by}`, inline: [] }, factsAs({ policy }));
  const first = draft("merge_approved", { by: "maria", headSha: sha(3), second: "needed" });

  it("needs two people", () => {
    expect(yes(unknown, "maria")).toMatchObject({ outcome: "accepted", entries: [{ data: { second: "needed" } }] });
    expect(yes([...unknown, first], "maria")).toMatchObject({ why: { code: "merge-needs-another" } });
    const second = yes([...unknown, first], "petra");
    expect(second).toMatchObject({ outcome: "accepted", entries: [{ kind: "merge_approved" }] });
    const both = ticketOf(...unknown, first, draft("merge_approved", { by: "petra", headSha: sha(3) }));
    expect(both.mergeApproval).toEqual({ by: "maria", headSha: sha(3), second: { by: "petra" } });
    expect(obey(both, { verb: "approve" }, { by: "olaf", source: "c", inline: [] }, factsAs())).toMatchObject({
      why: { code: "merge-under-way" },
    });
  });

  it("needs one where the policy lets people approve what they pushed, and where the pusher is known", () => {
    const loose = { ...DEFAULT_POLICY, approvals: { githubReview: false, otherThanPusher: false } };
    for (const obeyed of [yes(unknown, "maria", loose), yes(READY, "maria")])
      expect(obeyed.outcome === "accepted" && "second" in (obeyed.entries[0]?.data ?? {})).toBe(false);
  });
});
