import { expect, it } from "@jest/globals";
import { aDraft, aTicket, entriesOf, storyDrafts } from "../../test/support/builders.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { collabPage } from "./collab.ts";
import { renderEntries } from "./entry.ts";
import { headline } from "./headline.ts";
import { phaseWords } from "./phases.ts";
import { explain } from "./replies.ts";
import { nextStep, statusReply } from "./status.ts";

const HEAD = "3".repeat(40);
const MERGED = "9".repeat(40);

/** The story of a ticket of a desk, where a yes leaves the change on its branch or merges it. */
function story(mergedSha: string, upTo = 13): EntryDraft[] {
  const [, ...rest] = storyDrafts().slice(0, upTo - 1);
  const end = upTo === 13 ? [aDraft("merged", { headSha: HEAD, mergedSha })] : [];
  return [aDraft("opened", { forge: { kind: "desk" } }), ...rest, ...end];
}

function pages(drafts: readonly EntryDraft[]): string {
  const chain = entriesOf(drafts);
  const ticket = aTicket(chain);
  const headlines = chain.map((one) => headline(one, "desk")).join("\n");
  return [
    headlines,
    renderEntries(chain, chain),
    statusReply(ticket),
    explain(ticket, chain),
    collabPage(chain, { text: null }),
  ].join("\n");
}

it.each([
  ["a branch that was approved", HEAD, "Approved", /^where you want it, run `git merge [^`]+`$/],
  ["a branch that was merged", MERGED, "Merged", /^nothing\. This ticket is done$/],
])("%s at a desk is called what it is", (_what, mergedSha, words, next) => {
  const ticket = aTicket(entriesOf(story(mergedSha)));
  expect([phaseWords(ticket), nextStep(ticket)]).toEqual([words, expect.stringMatching(next)]);
});

it("speaks at a desk of a branch and a yes, and on GitHub of a pull request and a merge", () => {
  const chain = entriesOf(story(HEAD));
  const words = (forge: "desk" | "github") => [5, 12].map((at) => headline(chain[at] as (typeof chain)[number], forge));
  expect(words("desk")).toEqual([
    expect.stringMatching(/^Branch \S+ is at [0-9a-f]{7}$/),
    expect.stringMatching(/^Finished with commit 3333333$/),
  ]);
  expect(words("github")).toEqual(["Pull request #13 opened", "Merged as 3333333"]);
});

it.each([
  ["waits for a yes", 12],
  ["has its yes", 13],
])("names no pull request and no merge at a desk where a ticket %s", (_what, upTo) => {
  expect(pages(story(HEAD, upTo))).not.toMatch(/pull request|\bMerged\b|merges (#|this|at)|went in as|merged it/i);
});
