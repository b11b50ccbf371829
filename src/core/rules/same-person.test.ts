import { describe, expect, it } from "@jest/globals";
import { draft, factsAs, issueAs, pullAs, READY, sha, ticketOf, unshown } from "../../../test/support/ledgers.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { divergence } from "./diverge.ts";
import { obey } from "./obey.ts";

/** Names change hands on GitHub, numbers do not: who approves is compared with who pushed, by number where both are known. */
type Who = { readonly by: string; readonly byId?: number };
const MARIA: Who = { by: "maria", byId: 71 };
const RENAMED: Who = { by: "maria-k", byId: 71 };
const HEIR: Who = { by: "maria", byId: 72 };
const OLD: Who = { by: "maria" };
const PETRA: Who = { by: "petra", byId: 73 };

const proven = [
  ...["reviewer" as const, "adversary" as const].map((role) => draft("reviewed", { role, headSha: sha(3) })),
  draft("proof_collected", { headSha: sha(3) }),
];
const pushedBy = (who: Who) => [...READY, draft("head_moved", who), ...proven];
const says = (entries: readonly EntryDraft[], who: Who, command: Parameters<typeof obey>[1] = { verb: "approve" }) => {
  const obeyed = obey(ticketOf(...entries), command, { ...who, source: "comment:1", inline: [] }, factsAs());
  return obeyed.outcome === "refused" ? obeyed.why.code : obeyed.entries;
};

/** Who did it first, who comes next, and whether that is another person. */
const PAIRS: readonly (readonly [string, Who, Who, "same" | "another"])[] = [
  ["the same account", MARIA, MARIA, "same"],
  ["the same account under a new name", MARIA, RENAMED, "same"],
  ["the same account under its name of before", RENAMED, MARIA, "same"],
  ["another account that took the name", MARIA, HEIR, "another"],
  ["another account", MARIA, PETRA, "another"],
  ["the same name, in a ledger from before there were numbers", OLD, MARIA, "same"],
  ["the same name, where nobody told the number", MARIA, OLD, "same"],
  ["another name, in a ledger from before there were numbers", OLD, PETRA, "another"],
];

describe.each(PAIRS)("%s", (_name, first, next, expected) => {
  it("approves a push, or not", () => {
    const said = says(pushedBy(first), next);
    if (expected === "same") expect(said).toBe("pushed-last");
    else
      expect(said).toEqual([expect.objectContaining({ kind: "merge_approved", data: expect.objectContaining(next) })]);
  });

  it("lets something pass in a push, or not", () => {
    const missing = { ...unshown("mutation"), data: { ...unshown("mutation").data, headSha: sha(3) } } as EntryDraft;
    const said = says([...pushedBy(first).slice(0, -1), missing], next, {
      verb: "accept",
      item: "mutation",
      why: "So.",
    });
    if (expected === "same") expect(said).toBe("pushed-last");
    else expect(said).toEqual([expect.objectContaining({ kind: "proof_accepted" })]);
  });

  it("is the second who is needed, or not", () => {
    const given = draft("merge_approved", { ...first, headSha: sha(3), second: "needed" });
    const unknown = [...pushedBy({ by: "somebody" }), given];
    const said = says(unknown, next);
    if (expected === "same") expect(said).toBe("merge-needs-another");
    else expect(said).toEqual([expect.objectContaining({ kind: "merge_approved" })]);
    const after = ticketOf(...unknown, draft("merge_approved", { ...next, headSha: sha(3), second: "needed" }));
    expect(typeof after.mergeApproval?.second).toBe(expected === "same" ? "string" : "object");
  });
});

describe("the number of who pushed", () => {
  it("is recorded with the push, and stays when a model writes the head", () => {
    const facts = factsAs({ issue: issueAs(), pull: pullAs({ headSha: sha(3) }), pusher: MARIA });
    const found = divergence(ticketOf(...READY), facts);
    expect(found).toMatchObject({ entries: [{ kind: "head_moved", data: { by: "maria", byId: 71 } }] });
    const written = draft("implemented", { headSha: sha(4), round: 1 });
    expect(ticketOf(...pushedBy(MARIA), written).change?.person).toEqual(MARIA);
  });

  it("is the author's where a person opened the pull request", () => {
    const pull = { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) };
    expect(ticketOf(draft("opened", { pull, authorId: 71 })).change?.person?.byId).toBe(71);
    expect(ticketOf(draft("opened", { pull, authorId: 0 })).change?.person?.byId).toBeUndefined();
  });
});
