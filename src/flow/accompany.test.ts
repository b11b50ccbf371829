import { describe, expect, it } from "@jest/globals";
import { ATTACKED, draft, finding, READY, REVIEWED, sha, WRITTEN } from "../../test/support/ledgers.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import type { Forge } from "../forge/forge.ts";
import { accompany } from "./accompany.ts";
import { paper } from "./thread.fixture.ts";

/** What goes with entries besides their comment: who is answered in the code, which conversations are settled, what is drawn. */
function stage(drafts: readonly EntryDraft[], { deleted = [] as readonly number[] } = {}) {
  const there = paper(drafts);
  const replies: { readonly id: number; readonly inReplyTo: number; readonly body: string }[] = [];
  const settled: [number, Record<string, string>][] = [];
  const drawn: string[] = [];
  const forge: Forge = {
    ...there.forge,
    inlineReplies: async () => replies,
    replyInline: async (_pull: number, inReplyTo: number, body: string) => {
      if (deleted.includes(inReplyTo)) return "gone" as const;
      replies.push({ id: 500 + replies.length, inReplyTo, body });
      return { id: 499 + replies.length };
    },
    settleThreads: async (pull: number, fates: ReadonlyMap<string, string>) =>
      void settled.push([pull, Object.fromEntries(fates)]),
    publishCheck: async ({ name }: { readonly name: string }) => drawn.push(name),
  } as unknown as Forge;
  return {
    ...{ replies, settled, drawn },
    /** The last entries of the ledger are being published. */
    publish: async (count: number) => {
      const { entries, ticket } = there.book();
      if (!ticket) throw new Error("It is no ticket");
      return accompany(there.world, forge, ticket, entries.slice(-count));
    },
  };
}

const remark = (id: number, path: string) => ({ id, path, line: 1, text: "Why?" });
const asked = (round: number | null, ...comments: ReturnType<typeof remark>[]) =>
  draft("rework_requested", { round, comments });
const written = (round: number) =>
  draft("implemented", { round, headSha: sha(3), files: [{ path: "a.ts", action: "change", added: 2, removed: 1 }] });

describe("a person's inline comments", () => {
  it("are answered where they stand when the round that they asked for is written, once", async () => {
    const { publish, replies } = stage([...READY, asked(0, remark(71, "a.ts"), remark(72, "b.ts")), written(1)]);
    await publish(1);
    await publish(1);
    expect(replies.map(({ inReplyTo }) => inReplyTo)).toEqual([71, 72]);
    expect(replies[0]?.body).toContain("`a.ts` changed (");
    expect(replies[1]?.body).toContain("without a change in `b.ts`");
  });

  it("of another round, or from before there was anything, are not answered by this one", async () => {
    const earlier = [asked(null, remark(70, "a.ts")), ...READY.slice(4)];
    const { publish, replies } = stage([...READY.slice(0, 4), ...earlier, asked(0, remark(71, "a.ts")), written(1), asked(1, remark(72, "a.ts")), written(2)]); // prettier-ignore
    await publish(1);
    expect(replies.map(({ inReplyTo }) => inReplyTo)).toEqual([72]);
  });

  it("that were deleted meanwhile are passed over", async () => {
    const drafts = [...READY, asked(0, remark(71, "a.ts"), remark(72, "a.ts")), written(1)];
    const { publish, replies } = stage(drafts, { deleted: [71] });
    await publish(1);
    expect(replies.map(({ inReplyTo }) => inReplyTo)).toEqual([72]);
  });

  it("wait for the round itself: no other entry answers them", async () => {
    const { publish, replies } = stage([...READY, asked(0, remark(71, "a.ts"))]);
    await publish(1);
    expect(replies).toEqual([]);
  });
});

describe("conversations about findings", () => {
  const FOUND = [finding(1), finding(2), finding(3)];
  const first = draft("reviewed", { findings: FOUND, verdict: "changes" });
  const again = (over: object) =>
    draft("reviewed", {
      ...{ round: 1, headSha: sha(3), verdict: "changes", findings: [] },
      followUps: [
        { findingId: FOUND[0]!.id, status: "resolved", evidence: "It is gone." },
        { findingId: FOUND[1]!.id, status: "open", evidence: "It is there." },
      ],
      ...over,
    });

  it("are left alone by a first review, which has none yet", async () => {
    const { publish, settled } = stage([...WRITTEN, first]);
    await publish(1);
    expect(settled).toEqual([]);
  });

  it("are settled or opened as the next review says, but for what it found anew", async () => {
    const { publish, settled } = stage([...WRITTEN, first, written(1), again({ findings: [finding(3)] })]);
    await publish(1);
    expect(settled).toEqual([[8, { [FOUND[0]!.id]: "settled", [FOUND[1]!.id]: "open" }]]);
  });

  it("are settled by a person's word", async () => {
    const dismissed = draft("finding_dismissed", { findingId: FOUND[2]!.id });
    const { publish, settled } = stage([...WRITTEN, first, dismissed]);
    await publish(1);
    expect(settled).toEqual([[8, { [FOUND[0]!.id]: "open", [FOUND[1]!.id]: "open", [FOUND[2]!.id]: "settled" }]]);
  });
});

describe("checks on the commit", () => {
  it.each<[string, readonly EntryDraft[], readonly string[]]>([
    ["a review", REVIEWED, ["coop/review", "coop/adversary"]],
    ["a proof", READY, ["coop/review", "coop/adversary", "coop/proof"]],
    ["a word that lets an item pass", [...READY, draft("proof_accepted", { headSha: sha(2) })], ["coop/review", "coop/adversary", "coop/proof"]], // prettier-ignore
    ["a halt, which finds nothing", [...ATTACKED, draft("halted")], []],
  ])("are drawn with %s", async (_what, drafts, names) => {
    const { publish, drawn } = stage(drafts);
    await publish(1);
    expect(drawn).toEqual(names);
  });
});
