import { describe, expect, it } from "@jest/globals";
import { entriesOf } from "../../../test/support/builders.ts";
import {
  ASKING,
  APPROVED,
  ATTACKED,
  draft,
  OPENED,
  PLANNED,
  READY,
  ROUTED,
  sha,
  unshown,
} from "../../../test/support/ledgers.ts";
import { callIn } from "./call-people.ts";
import type { RuleDraft } from "./draft.ts";

/** Which of these drafts call somebody, each published by itself. */
function calls(drafts: readonly RuleDraft[]): string[] {
  const chain = entriesOf(drafts);
  return chain.flatMap((entry) => {
    const waiting = callIn(chain, [entry]);
    return waiting ? [`${entry.kind}: ${waiting.for}`] : [];
  });
}

const GATED = [...OPENED, draft("routed", { planGate: "person" }), draft("planned")];
const BLOCKED = draft("halted", { as: "blocked", reason: "unproven", by: "policy" });
const RESUMED = draft("resumed", {});

describe("people are called", () => {
  it.each<[string, readonly RuleDraft[], string[]]>([
    ["for a plan that needs one", GATED, ["planned: plan"]],
    ["for no plan that the policy accepts", APPROVED, []],
    ["for an old test", ASKING, ["pull_request_opened: tests"]],
    ["for the merge", READY, ["proof_collected: merge"]],
    [
      "once for a proof that is made anew on one commit",
      [...READY, draft("proof_collected")],
      ["proof_collected: merge"],
    ],
    [
      "for each of two questions",
      [
        ...ROUTED,
        draft("question_asked"),
        draft("question_answered"),
        draft("question_asked", { questions: ["And?"] }),
      ],
      ["question_asked: answer", "question_asked: answer"],
    ],
    ["for what they have to get out of the way", [...ATTACKED, unshown("mutation"), BLOCKED], ["halted: way-out"]],
    ["once for what comes back as it was", [...ATTACKED, BLOCKED, RESUMED, BLOCKED], ["halted: way-out"]],
    [
      "for another reason on the same commit",
      [...ATTACKED, BLOCKED, RESUMED, draft("halted", { as: "blocked", reason: "budget", by: "policy" })],
      ["halted: way-out", "halted: way-out"],
    ],
    ["not when somebody parks it", [...PLANNED, draft("halted", {})], []],
    [
      "not again when a parked ticket goes on to what was waited for",
      [...READY, draft("halted", {}), RESUMED],
      ["proof_collected: merge"],
    ],
    [
      "again for another commit",
      [
        ...READY,
        draft("head_moved", {}),
        draft("reviewed", { headSha: sha(3) }),
        draft("reviewed", { role: "adversary", headSha: sha(3) }),
        draft("proof_collected", { headSha: sha(3) }),
      ],
      ["proof_collected: merge", "proof_collected: merge"],
    ],
    ["for nothing after the end", [...READY, draft("merge_approved"), draft("merged")], ["proof_collected: merge"]],
  ])("%s", (_name, drafts, expected) => expect(calls(drafts)).toEqual(expected));

  it("by the comment at whose end they have to decide, and by none that goes on", () => {
    const chain = entriesOf([...GATED, draft("plan_approved", { by: "maria" })]);
    expect(callIn(chain, chain.slice(0, 3))).toMatchObject({ for: "plan" });
    expect(callIn(chain, chain)).toBeNull();
    expect(callIn(chain, [])).toBeNull();
  });

  it("never at a desk", () => {
    const [opened, ...others] = READY as [(typeof READY)[number], ...typeof READY];
    const atDesk = { ...opened, data: { ...opened.data, forge: { kind: "desk" } } } as RuleDraft;
    expect(calls([atDesk, ...others])).toEqual([]);
  });
});
