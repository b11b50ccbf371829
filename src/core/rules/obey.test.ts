import { describe, expect, it } from "@jest/globals";
import {
  ASKING,
  APPROVED,
  draft,
  factsAs,
  issueAs,
  MERGEABLE,
  NEW_TEXT,
  OPENED,
  PLANNED,
  READY,
} from "../../../test/support/ledgers.ts";
import { ROUTED, sha, ticketOf, WRITTEN } from "../../../test/support/ledgers.ts";
import { sha256 } from "../ledger/chain.ts";
import type { Command } from "./command.ts";
import type { EntryDraft, HaltReason } from "../ledger/entries.ts";
import { LINE_CHARS_MAX } from "../ledger/limits.ts";
import { isReady } from "../ticket/ticket.ts";
import { obey } from "./obey.ts";
import type { RefusalCode } from "./why.ts";

const halted = (reason: HaltReason, details: string[] = []) => draft("halted", { as: "blocked", reason, details });
const approve: Command = { verb: "approve" };
const rework: Command = { verb: "rework", text: "Tabs." };
const resume: Command = { verb: "resume" };
const budget: Command = { verb: "budget", addMicroUsd: 5 };
const assign = (role: "implementer" | "reviewer" | "architect", model: string): Command => ({
  verb: "assign",
  role,
  model,
});
const pushed = [...READY, draft("head_moved", { by: "maria" }), draft("proof_collected", { headSha: sha(3) })];
/** A push, and a round of the bot on top of it. */
const reworked = (by: string) => [
  ...READY,
  draft("head_moved", { by }),
  draft("implemented", { headSha: sha(4), round: 1 }),
  draft("reviewed", { headSha: sha(4) }),
  draft("reviewed", { headSha: sha(4), role: "adversary", model: "atlas" }),
  draft("proof_collected", { headSha: sha(4) }),
];
const theirs = [
  draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } }),
  draft("routed"),
];

type Row = readonly [string, readonly EntryDraft[], Command, string | { readonly refused: RefusalCode }];
const ROWS: readonly Row[] = [
  ["approve a plan", PLANNED, approve, "plan_approved"],
  ["approve an old test that the Implementer asks for", ASKING, approve, "tests_excused"],
  ["approve it twice", [...ASKING, draft("tests_excused")], approve, { refused: "nothing-to-approve" }],
  ["refuse it", ASKING, rework, "rework_requested"],
  ["approve what was refused", [...ASKING, draft("rework_requested")], approve, { refused: "nothing-to-approve" }],
  ["approve nothing", ROUTED, approve, { refused: "nothing-to-approve" }],
  ["approve too early", WRITTEN, approve, { refused: "nothing-to-approve" }],
  ["approve the merge", READY, approve, "merge_approved"],
  ["approve twice", MERGEABLE, approve, { refused: "merge-under-way" }],
  ["approve what they pushed themselves", pushed, approve, { refused: "pushed-last" }],
  ["approve what they pushed below a rework", reworked("maria"), approve, { refused: "pushed-last" }],
  ["approve what somebody else pushed below a rework", reworked("petra"), approve, "merge_approved"],
  [
    "approve what they pushed below another's push",
    [
      ...reworked("maria"),
      draft("head_moved", { by: "petra", to: sha(5) }),
      draft("proof_collected", { headSha: sha(5) }),
    ],
    approve,
    "merge_approved",
  ],
  [
    "approve protected files",
    [...READY, halted("protected-paths", ["yarn.lock"])],
    approve,
    "protected_accepted resumed",
  ],
  ["approve the old text", [...READY, draft("text_changed"), halted("text-changed")], approve, "text_accepted"],
  ["approve a halted ticket", [...READY, halted("unproven")], approve, { refused: "approve-while-halted" }],
  ["approve what has ended", [...MERGEABLE, draft("merged")], approve, { refused: "ended" }],
  ["rework", READY, rework, "rework_requested"],
  [
    "rework with the new text",
    [...READY, draft("text_changed"), halted("text-changed")],
    rework,
    "text_accepted rework_requested",
  ],
  ["rework an unclear ticket", [...ROUTED, halted("ticket-unclear")], rework, "text_accepted rework_requested"],
  ["rework a person's pull request", theirs, rework, { refused: "not-our-branch" }],
  ["answer a question", [...ROUTED, draft("question_asked")], { verb: "answer", text: "Yes." }, "question_answered"],
  ["answer no question", ROUTED, { verb: "answer", text: "Yes." }, { refused: "no-question-open" }],
  ["park", READY, { verb: "park" }, "halted"],
  ["park a blocked ticket", [...READY, halted("unproven")], { verb: "park" }, "halted"],
  ["park twice", [...READY, draft("halted")], { verb: "park" }, { refused: "parked-already" }],
  ["resume", [...READY, draft("halted")], resume, "resumed"],
  ["resume what runs", READY, resume, { refused: "not-halted" }],
  ["resume without money", [...READY, halted("budget")], resume, { refused: "budget-first" }],
  ["resume without rounds", [...READY, halted("rounds")], resume, { refused: "rounds-first" }],
  ["resume at the same blocker", [...READY, halted("same-blocker")], { verb: "retry" }, { refused: "rounds-first" }],
  ["resume past a changed text", [...READY, halted("text-changed")], resume, { refused: "text-first" }],
  ["stop", READY, { verb: "stop" }, "stopped"],
  ["raise the budget", READY, budget, "budget_raised"],
  ["raise the budget that ran out", [...READY, halted("budget")], budget, "budget_raised resumed"],
  ["assign before roles are given", OPENED, assign("architect", "opus"), { refused: "roles-not-given" }],
  ["assign", APPROVED, assign("architect", "llama"), "assignment_changed commanded"],
  ["assign a stranger", APPROVED, assign("architect", "gpt-2"), { refused: "model-unknown" }],
  ["assign the author as reviewer", WRITTEN, assign("reviewer", "opus"), { refused: "model-wrote-it" }],
  ["assign the reviewer as author", APPROVED, assign("implementer", "llama"), { refused: "model-wrote-it" }],
  [
    "assign an earlier author as reviewer",
    [...WRITTEN, draft("assignment_changed", { model: "gemma", vendor: "google" })],
    assign("reviewer", "opus"),
    { refused: "model-wrote-it" },
  ],
];

describe("what a command does", () => {
  it.each(ROWS)("%s", (_name, entries, command, expected) => {
    const facts = factsAs({ issue: issueAs({ title: "Export as TSV", textHash: NEW_TEXT }) });
    const obeyed = obey(ticketOf(...entries), command, { by: "maria", source: "comment:1", inline: [] }, facts);
    if (typeof expected !== "string") {
      expect(obeyed).toMatchObject({ outcome: "refused", why: { code: expected.refused } });
    } else {
      expect(obeyed.outcome === "accepted" && obeyed.entries.map((one) => one.kind).join(" ")).toBe(expected);
      if (obeyed.outcome === "accepted") expect(ticketOf(...entries, ...obeyed.entries)).toBeDefined();
    }
  });

  it("lets the one who pushed approve where the policy allows it, and everybody else always", () => {
    const ticket = ticketOf(...pushed);
    const loose = factsAs();
    const policy = loose.policy && { ...loose.policy, approvals: { githubReview: false, otherThanPusher: false } };
    expect(obey(ticket, approve, { by: "maria", source: "c:1", inline: [] }, { ...loose, policy }).outcome).toBe(
      "accepted",
    );
    expect(obey(ticket, approve, { by: "petra", source: "c:1", inline: [] }, loose).outcome).toBe("accepted");
  });
});

describe("reviews without a verdict", () => {
  const seen = ticketOf(...READY);
  const remarked = ticketOf(...READY, draft("remarked"));
  const said = { by: "maria", source: "c:1", inline: [] };

  it("are not passed over by a yes that had not read them", () => {
    const early = obey(remarked, approve, { ...said, seen }, factsAs());
    expect(early).toMatchObject({ outcome: "refused", why: { code: "spoken-too-early" } });
    expect(obey(remarked, approve, { ...said, seen: remarked }, factsAs()).outcome).toBe("accepted");
  });

  it("nor is another base branch, even where the first one is back", () => {
    const others = ["next", "main"].map((to) => draft("base_changed", { to, baseSha: sha(1) }));
    const again = READY.filter(({ kind }) => ["reviewed", "proof_collected"].includes(kind));
    const back = ticketOf(...READY, ...others, ...again);
    expect(isReady(back)).toBe(true);
    const late = { outcome: "refused", why: { code: "base-changed-since", facts: { base: "main" } } };
    expect(obey(back, approve, { ...said, seen }, factsAs())).toMatchObject(late);
    expect(obey(back, approve, { ...said, seen: back }, factsAs()).outcome).toBe("accepted");
  });

  it("are what a rework is about that says nothing itself", () => {
    const wordless = { verb: "rework" as const, text: "" };
    expect(obey(remarked, wordless, said, factsAs())).toMatchObject({
      entries: [{ kind: "rework_requested", data: { instructions: "Callers pass null." } }],
    });
    expect(obey(seen, wordless, said, factsAs())).toMatchObject({ outcome: "refused", why: { code: "text-missing" } });
  });
});

describe("a text that changes while a command is on its way", () => {
  const said = { by: "maria", source: "c:1", inline: [] };
  const changed = ticketOf(...PLANNED, draft("text_changed"), halted("text-changed"));

  it("is not decided by a yes that was about the plan, nor the plan by one about the text", () => {
    const planned = ticketOf(...PLANNED);
    for (const [ticket, seen] of [
      [changed, planned],
      [planned, changed],
    ] as const)
      // prettier-ignore
      expect(obey(ticket, approve, { ...said, seen }, factsAs())).toMatchObject({ why: { code: "spoken-too-early" } });
    expect(obey(changed, approve, { ...said, seen: changed }, factsAs()).outcome).toBe("accepted");
    const again = draft("text_changed", { textHash: sha256("a third text") });
    const third = ticketOf(...PLANNED, draft("text_changed"), halted("text-changed"), again);
    expect(obey(third, approve, { ...said, seen: changed }, factsAs())).toMatchObject({ outcome: "refused" });
  });

  it.each([
    ["as it was seen", issueAs({ title: "Export as TSV" }), "Export as TSV"],
    ["cut like every title", issueAs({ title: "T".repeat(LINE_CHARS_MAX + 1) }), "T".repeat(LINE_CHARS_MAX)],
    ["as before where nobody could look", null, changed.text.title],
    ["as before where it is gone", "gone", changed.text.title],
  ] as const)("is taken by a rework with its title %s", (_name, issue, title) => {
    const taken = { kind: "text_accepted", data: { taken: "new", textHash: NEW_TEXT, title } };
    expect(obey(changed, rework, said, factsAs({ issue }))).toMatchObject({
      entries: [taken, { data: { round: null } }],
    });
  });
});
