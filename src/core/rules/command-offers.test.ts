import { describe, expect, it } from "@jest/globals";
import {
  ATTACKED,
  draft,
  finding,
  OPENED,
  PLANNED,
  READY,
  ROUTED,
  sha,
  ticketOf,
  WRITTEN,
} from "../../../test/support/ledgers.ts";
import type { EntryDraft, HaltReason } from "../ledger/entries.ts";
import { COMMANDS } from "./command.ts";

/** What `/coop help` shows of a ticket, without what stands there always. */
function offered(entries: readonly EntryDraft[]): string {
  const ticket = ticketOf(...entries);
  const always = ["status", "explain", "help"];
  const now = COMMANDS.filter((one) => one.offered(ticket)).map(({ verb }) => verb);
  expect(now).toEqual(expect.arrayContaining(always));
  return now.filter((verb) => !always.includes(verb)).join(" ");
}

const halted = (reason: HaltReason, as: "parked" | "blocked" = "blocked") => draft("halted", { reason, as });
const found = [...WRITTEN, draft("reviewed", { findings: [finding(1)] })];
const unknown = {
  id: "mutation" as const,
  state: "unknown" as const,
  required: true,
  evidence: "Not run.",
  details: [],
};
const unproven = [...ATTACKED, draft("proof_collected", { items: [unknown], outcome: "not-ready" })];
const theirs = draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } });

describe("what is offered", () => {
  it.each<[string, readonly EntryDraft[], string]>([
    ["before it is routed", OPENED, "rework park stop budget"],
    ["once models have roles", ROUTED, "rework park stop assign budget"],
    ["at a question", [...ROUTED, draft("question_asked")], "rework answer park stop assign budget"],
    ["at the plan", PLANNED, "approve rework park stop assign budget"],
    ["while a blocker is open", found, "rework dismiss park stop assign budget"],
    ["where an item is not known", unproven, "rework accept park stop assign budget"],
    ["when it is ready", READY, "approve rework park stop assign budget"],
    ["once its merge is approved", [...READY, draft("merge_approved")], "rework park stop assign budget"],
    [
      "where a second yes is missing",
      [...READY, draft("merge_approved", { second: "needed" })],
      "approve rework park stop assign budget",
    ],
    ["parked by a person", [...ROUTED, halted("person", "parked")], "rework resume retry stop assign budget review"],
    ["blocked by a model", [...ROUTED, halted("model-unusable")], "rework park resume retry stop assign budget review"],
    ["where rounds are used", [...found, halted("rounds")], "rework dismiss park stop assign budget"],
    [
      "where a blocker outlived the rounds",
      [...found, halted("same-blocker")],
      "rework dismiss park stop assign budget",
    ],
    ["when the text changed", [...PLANNED, halted("text-changed")], "approve rework park stop assign budget"],
    [
      "at protected files",
      [...unproven, halted("protected-paths")],
      "approve rework accept park resume retry stop assign budget review",
    ],
    ["on a person's pull request", [theirs], "park stop budget"],
    [
      "when the text of a person's pull request changed",
      [theirs, halted("text-changed")],
      "approve park resume retry stop budget review",
    ],
    ["after the merge", [...READY, draft("merge_approved"), draft("merged")], ""],
    ["after it was stopped", [...ROUTED, draft("stopped")], ""],
  ])("%s", (_name, entries, verbs) => {
    expect(offered(entries)).toBe(verbs);
  });
});
