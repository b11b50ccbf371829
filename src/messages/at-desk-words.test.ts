import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { aDraft, aPlan, aTicket, aTicketLedger, ENTRY_KINDS, entriesOf } from "../../test/support/builders.ts";
import type { EntryDraft, EntryKind } from "../core/ledger/entries.ts";
import { type HaltDraft, type Help, HELPS } from "../core/rules/halt.ts";
import type { Why, WhyCode } from "../core/rules/why.ts";
import type { Phase } from "../core/ticket/phase.ts";
import { collabPage } from "./collab.ts";
import { renderEntries } from "./entry.ts";
import { headline } from "./headline.ts";
import { sentenceFor } from "./reasons/sentence.ts";
import { explain, informing, refusing } from "./replies.ts";
import { statusReply } from "./status.ts";
import { helpLines } from "./ways-out.ts";

/** What nobody at a desk has: whoever reads of it there looks for something that does not exist. */
const OF_GITHUB =
  /pull request|\bissues?\b|\blabels?\b|\bcomments?\b|\bthread\b|\bthe App\b|(?<!\.)github|\bserver\b|merge queue|conversation|write permission|the bot\b/i;

/** What only GitHub can bring about: labels, closed issues, its merge queue, permissions, an account of several repositories. */
const NEVER_AT_A_DESK: readonly string[] = [
  ...[
    "in-merge-queue",
    "closed-maybe-merged",
    "conversation-locked",
    "maybe-unlocked",
    "conversation-open-again",
    "maybe-out-of-draft",
    "out-of-draft",
    "refused-too-long",
    "maybe-back",
    "repository-back",
    "repository-away",
    "issue-gone",
    "label-taken-away",
    "issue-was-closed",
  ],
  ...[
    "account-budget-used",
    "mergeable-unknown",
    "head-unsettled",
    "command-in-text",
    "permission-missing",
    "permission-unknown",
  ],
  ...["label-needs-permission", "label-on-ended-ticket", "label-on-pull-request", "label-on-closed-issue"],
];
const HELPS_NEVER: readonly Help[] = ["put-label-back", "unlock", "let-in", "leave-draft", "resume-when-reopened"];
const KINDS_NEVER: readonly EntryKind[] = ["merge_queued", "ledger_rebuilt", "issue_reopened"];

/** Something for every fact that a sentence may ask for. */
const FACTS = {
  ...{
    as: "merged",
    reason: "budget",
    seq: 4,
    kind: "x",
    type: "bug",
    confidence: 0.5,
    dangers: ["deletion"],
    parts: 2,
  },
  ...{
    issue: 4,
    others: 1,
    issues: [4],
    files: ["a.js"],
    until: "2026-01-01T00:00:00Z",
    findingId: "F-1",
    blockers: 2,
  },
  ...{ items: ["checks"], by: "mona", moved: "base", model: "opus", times: 3, role: "reviewer", to: "next", rounds: 2 },
  ...{ entriesMax: 9, step: "plan", missing: [5], branch: "coop/1", ref: "main", path: "a.yml", bytesMax: 3, line: 1 },
  ...{ problem: "no", pool: ["opus"], author: "terra", perDay: 2, costMicroUsd: 5, leftMicroUsd: 5, tokens: 3 },
  ...{ leftTokens: 2, account: "acme", perDayMicroUsd: 4, filesMax: 3, workflows: "touched", rule: "desk", links: [] },
  ...{ base: "main", sentence: "It fails.", problems: ["p"], logId: "l", meant: "approve", said: "s", verb: "answer" },
  ...{ usdMax: 3, phase: "ready" satisfies Phase, next: "n", part: 1, item: "checks", open: ["F-1"], finding: "F-1" },
  ...{ state: "resolved", may: ["opus"], findings: ["F-1"], raiseUsd: 1 },
};
const LISTS: Readonly<Partial<Record<WhyCode, object>>> = {
  "children-moved": { parts: [2] },
  "parts-may-begin": { parts: [2] },
  "part-left-out": { parts: [2] },
  "too-many-files": { files: 3 },
};

const codes = [
  ...readFileSync("src/core/rules/why.ts", "utf8").matchAll(/^ {2}"?([a-z-]+)"?: (?:None|Offers|\{)/gm),
].map(([, name]) => name as WhyCode);
const reason = (code: WhyCode) => ({ code, facts: { ...FACTS, ...LISTS[code] } }) as Why;

const story = aTicketLedger("reviewed").map(({ kind, data }) => ({ kind, data }) as EntryDraft);
const atDesk = (...more: readonly EntryDraft[]) =>
  entriesOf([aDraft("opened", { forge: { kind: "desk" } }), ...story.slice(1), ...more]);

describe("at a desk nobody is told of GitHub", () => {
  it("in any reason", () => {
    expect(codes.length).toBeGreaterThan(130);
    const told = codes.filter((code) => OF_GITHUB.test(sentenceFor(reason(code), "desk")));
    expect(told).toEqual(NEVER_AT_A_DESK.filter((code) => codes.includes(code as WhyCode)).sort(byPlace));
  });

  it("in any way out", () => {
    const desk = aTicket(atDesk());
    const because = reason("proof-missing") as HaltDraft["data"]["because"];
    const told = (Object.keys(HELPS) as Help[]).filter((help) =>
      OF_GITHUB.test(helpLines({ because, helps: [help] } as unknown as HaltDraft["data"], desk).join(" ")),
    );
    expect([...told].sort()).toEqual([...HELPS_NEVER].sort());
  });

  it("in any line of the ledger", () => {
    const told = ENTRY_KINDS.filter((kind) => {
      const [last] = entriesOf(kind === "opened" ? [aDraft(kind)] : [...story, aDraft(kind)]).slice(-1);
      return last && OF_GITHUB.test(headline(last, "desk"));
    });
    expect([...told].sort()).toEqual([...KINDS_NEVER].sort());
  });

  it.each(ENTRY_KINDS.filter((kind) => kind !== "opened" && !KINDS_NEVER.includes(kind)))(
    "in the answers and on the page after %s",
    (kind) => {
      const chain = atDesk(aDraft(kind));
      const ticket = aTicket(chain);
      const page = collabPage(chain, { text: null });
      const answers = (["status", "explain", "help"] as const).map((about) => informing(about, ticket, chain));
      expect(answers[1]).toBe(explain(ticket, chain));
      expect([statusReply(ticket), ...answers, page].filter((text) => OF_GITHUB.test(text))).toEqual([]);
    },
  );

  it.each(["ask", "on", "off"] as const)("in a plan of several parts, where epics are %s", (mode) => {
    const chunks = ["One", "Two"].map((title) => ({ ...aPlan().chunks[0]!, title }));
    const chain = atDesk(aDraft("planned", { plan: aPlan({ chunks }), epics: { mode, sideBySide: 1 } }));
    expect(renderEntries(chain, chain.slice(-1))).not.toMatch(OF_GITHUB);
  });

  it("where a command is not understood", () => {
    const said = refusing({ verb: "?", why: { code: "verb-unknown", facts: { said: "x", meant: null } } }, aTicket(atDesk())); // prettier-ignore
    expect(said).toBe("`/coop x` is not a command.\n\nNothing was changed. `/coop help` lists all commands.");
  });
});

function byPlace(one: string, other: string): number {
  return codes.indexOf(one as WhyCode) - codes.indexOf(other as WhyCode);
}
