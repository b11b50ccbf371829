import { type EntryDraft, NO_SPEND } from "../core/ledger/entries.ts";
import { describe, expect, it } from "@jest/globals";
import { aDraft, aTicket, aTicketLedger, entriesOf, storyDrafts } from "../../test/support/builders.ts";
import { COMMANDS } from "../core/rules/command.ts";
import { checkOfProof, checkOfReview } from "./check.ts";
import { anchorIn, commitMessage, mergeMessage, mergeTitle, pullBody, pullTitle } from "./pull.ts";
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { explain, help, informing, refusing } from "./replies.ts";
import { inlineComments } from "./review.ts";
import { nextStep, statusComment } from "./status.ts";

const story = storyDrafts();
const ready = aTicket(entriesOf(story.slice(0, 11)));

describe("the status comment", () => {
  it("says where the ticket stands, who plays what, what it cost and the next command", () => {
    expect(statusComment(ready, { fixRounds: 2 })).toMatchInlineSnapshot(`
     "**Ready to merge.** Both reviews passed and everything required is proven.

     **Next:** \`/coop approve\` merges this commit, \`/coop rework <what>\` asks for another round

     | Ticket |  |
     | --- | --- |
     | Kind | small feature, low risk |
     | Pull request | #13 at \`3333333\` |
     | Fix rounds | 1 of 2 used |
     | Cost | $0.2363 of $5.00 |
     | Findings | 1 finding, no open blockers |
     | Proof | 3 of 3 required items proven ✅✅✅ |

     | Role | Model | Vendor | Cost |
     | --- | --- | --- | --- |
     | Architect | \`claude-opus-5-5\` | anthropic | $0.0314 |
     | Implementer | \`gpt-5.5-codex\` | openai | $0.1680 |
     | Reviewer | \`claude-opus-5-5\` | anthropic | $0.0246 |
     | Adversary | \`claude-sonnet-5\` | anthropic | $0.0123 |
     | Navigator | \`claude-sonnet-5\` | anthropic | – |

     <!-- coop:status acme/tally#12 -->"
    `);
  });

  it("names the models that the server leaves out, until the ticket ends", () => {
    const row = (...names: string[]) => /\| Left out \| .*/.exec(statusComment(ready, { keyless: names }))?.[0];
    expect(row()).toBeUndefined();
    expect(row("far")).toBe("| Left out | `far`: its key is not set on this server |");
    expect(row("far", "off")).toBe("| Left out | `far` and `off`: their keys are not set on this server |");
    expect(row(..."abcdefgh")).toContain("`f` and 2 more: their");
    const merged = aTicket(entriesOf(story));
    expect(statusComment(merged, { keyless: ["far"] })).not.toContain("Left out");
  });

  it("does not change with the time", () => {
    const at = (day: number) => statusComment(ready, { now: new Date(Date.UTC(2026, 1, day)) });
    expect(at(1)).toBe(at(2));
  });

  it("says in the same words however often that a provider is away, and not once it is back", () => {
    const away = aDraft("step_failed", {
      step: "implement",
      reason: "model-unavailable",
      againInMs: 20_000,
      spend: NO_SPEND,
    });
    const after = (...drafts: EntryDraft[]) => statusComment(aTicket(entriesOf([...story.slice(0, 4), ...drafts])));
    expect(after(away)).toContain("will be asked again automatically");
    expect(after(away, { ...away, data: { ...away.data, againInMs: 40_000 } } as EntryDraft)).toBe(after(away));
    expect(after(away, ...story.slice(4, 5))).not.toContain("will be asked again automatically");
  });

  it("has costs that add up where a try failed or a budget ended it", () => {
    const tries = (...drafts: EntryDraft[]) => statusComment(aTicket(entriesOf([...story.slice(0, 3), ...drafts])));
    const spend = { ...NO_SPEND, calls: 2, inputTokens: 6_000, costMicroUsd: 36_000 };
    const failed = aDraft("step_failed", { step: "implement", reason: "model-unavailable", againInMs: 20_000, spend });
    expect(tries(failed)).toContain("| Unfinished tries |  |  | $0.0360 |");
    expect(tries(aDraft("halted", { reason: "budget", as: "parked", spend }))).toContain("| Unfinished tries |");
    expect(tries()).not.toContain("Unfinished tries");
  });

  it.each([
    ["opened", [aDraft("opened")], /nothing from you/],
    ["a question", [...story.slice(0, 2), aDraft("question_asked")], /`\/coop answer <text>`/],
    ["a plan", story.slice(0, 3), /`\/coop approve` accepts the plan/],
    ["a blocker", story.slice(0, 7), /nothing from you/],
    ["proof", story.slice(0, 11), /`\/coop approve` merges/],
    ["a halt", [...story.slice(0, 3), aDraft("halted")], /`\/coop budget \+2`/],
    ["a merge", story, /This ticket is done/],
  ])("after %s names the one thing to do", (_name, drafts, next) => {
    expect(nextStep(aTicket(entriesOf(drafts)))).toMatch(next);
  });
});

describe("replies", () => {
  it("help is the whole command table", () => {
    for (const row of COMMANDS) expect(help()).toContain(`\`${row.usage}\``);
    expect(informing("help", null, [])).toBe(help());
    expect(help().length).toBeLessThan(6000);
  });

  it("an unknown command is answered with what was wrong and with help", () => {
    const reply = refusing({ verb: "?", why: why("verb-unknown", { said: "dance", meant: null }) });
    expect(reply).toMatch(/^`\/coop dance` is not a command\.\n\n\| Command/);
  });

  it("a refused one with the reason and the way to help, whatever was quoted in it", () => {
    const unknown = why("model-unknown", { model: "<!-- @bob", meant: "bobby", pool: ["bobby", "opus"] });
    expect(refusing({ verb: "assign", why: unknown })).toMatchInlineSnapshot(`
     "This server has no model \`< !-- @bob\`. Did you mean \`bobby\`? Its models are \`bobby\` and \`opus\`.

     Nothing was changed. \`/coop help\` lists all commands."
    `);
  });

  it("status without a ticket says how to make one", () => {
    expect(informing("status", null, [])).toContain("Put the label `coop`");
  });

  it("explain tells what led here", () => {
    const entries = aTicketLedger("reviewed");
    expect(explain(aTicket(entries), entries)).toMatchInlineSnapshot(`
     "**Implementing.** \`gpt-5.5-codex\` works on 1 open point.

     What led here, the latest last:

     - 2026-03-02 09:01 UTC: Routed as a small feature, low risk
     - 2026-03-02 09:02 UTC: Plan by claude-opus-5-5
     - 2026-03-02 09:03 UTC: Plan accepted by alice
     - 2026-03-02 09:04 UTC: Implemented by gpt-5.5-codex
     - 2026-03-02 09:05 UTC: Pull request #&#8203;13 opened
     - 2026-03-02 09:06 UTC: Review by claude-opus-5-5: changes needed (1 blocker)

     How it was routed:

     - Type feature: the text says add, option.

     **Next:** nothing from you; \`/coop park\` pauses the ticket"
    `);
  });

  it("explain names the reason by its code, which stays when a sentence is improved", () => {
    const halt = halted("merge-conflict", "policy", why("merge-conflicts", { base: "main" }));
    const entries = entriesOf([...storyDrafts().slice(0, 7), halt]);
    const [, led] = /(- .*Blocked.*)/.exec(explain(aTicket(entries), entries)) ?? [];
    expect(led).toBe("- 2026-03-02 09:07 UTC: Blocked: the branch conflicts with its base (`merge-conflicts`)");
  });
});

describe("pull request, commits and merge", () => {
  it("say what the change is and close the issue", () => {
    expect(`${pullTitle(ready)}\n\n${pullBody(ready)}`).toMatchInlineSnapshot(`
     "Add --since to the report

     Closes #12

     \`tally report --since <date>\` counts only entries on or after that date.

     ### Definition of Done

     - **D1** An entry on the boundary day is counted (test: \`test/since.test.js: boundary day\`)
     - **D2** A date that does not exist ends with exit code 2 (command: \`node bin/tally.js report --since 2026-02-30\`)

     ### How to verify

     1. Run \`npm test\`: all tests pass, 3 of them new.

     ### Known limitations

     - No relative dates such as \`yesterday\`.

     The comments below and in #12 record what was done, doubted and proven. It is a draft while something required is not proven. A person decides about the merge with \`/coop approve\` or \`/coop rework\`.

     <!-- coop:ticket acme/tally#12 -->"
    `);
    expect(mergeTitle(ready)).toBe("Add --since to the report (#13)");
    expect(commitMessage(ready, 0)).toBe("Add --since to the report\n\nFor issue 12.");
    expect(anchorIn(mergeMessage(aTicket()))).toBe(aTicketLedger("merged").at(-1)?.hash);
    expect(mergeMessage({ ...aTicket(), head: "the ledger's last hash" })).toMatchInlineSnapshot(`
     "\`tally report --since <date>\` counts only entries on or after that date.

     Closes #12.
     Written by gpt-5.5-codex.
     Reviewed by claude-opus-5-5 (anthropic).
     Reviewed by claude-sonnet-5 (anthropic).
     Approved by alice at 3333333333333333333333333333333333333333.
     1 fix round, $0.2363, no open blockers.

     Coop-Ledger: the ledger's last hash"
    `);
  });

  it("name the blockers that a fix round is for", () => {
    expect(commitMessage(aTicket(aTicketLedger("reviewed")), 1)).toMatch(/^Fix: The boundary day is left out\n\n- F-/);
  });

  it("close nothing and call nobody that a model names", () => {
    const title = "Fixes #1, closes https://github.com/a/b/issues/2 and asks @alice";
    const drafts = [aDraft("opened", { title }), aDraft("routed")];
    expect(pullTitle(aTicket(entriesOf(drafts)))).toBe(
      "Fixes # 1, closes https://github.com/a/b/issues/ 2 and asks @ alice",
    );
  });
});

describe("check runs and inline comments", () => {
  const [review] = entriesOf(story).flatMap((entry) => (entry.kind === "reviewed" ? [entry.data] : []));
  const [proof] = entriesOf(story).flatMap((entry) => (entry.kind === "proof_collected" ? [entry.data] : []));
  if (!review || !proof) throw new Error("The story has a review and a proof");

  it("a review with a blocker fails its check, with the place in words: its comment stands on the line", () => {
    expect(checkOfReview(review)).toMatchObject({
      name: "coop/review",
      conclusion: "failure",
      title: "Changes needed (1 blocker)",
      summary: expect.stringContaining("`src/report.js:14`"),
      annotations: [],
    });
  });

  it.each([
    ["all proven", "proven", "ready", "success"],
    ["one unknown", "unknown", "not-ready", "action_required"],
    ["one refuted", "refuted", "not-ready", "failure"],
  ] as const)("proof with %s concludes", (_name, state, outcome, conclusion) => {
    const items = proof.items.map((item) => (item.id === "checks" ? { ...item, state } : item));
    expect(checkOfProof({ ...proof, items, outcome }).conclusion).toBe(conclusion);
  });

  it("comments only on lines that the diff shows", () => {
    expect(inlineComments(review, new Map([["src/report.js", new Set([14])]]))).toHaveLength(1);
    expect(inlineComments(review, new Map([["src/report.js", new Set([13])]]))).toHaveLength(0);
    expect(inlineComments(review, new Map())).toHaveLength(0);
  });
});
