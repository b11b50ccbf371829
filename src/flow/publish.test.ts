import { describe, expect, it } from "@jest/globals";
import { aDraft } from "../../test/support/builders.ts";
import { ATTACKED, draft, finding, PLANNED, READY, ROUTED, sha, unshown, WRITTEN } from "../../test/support/ledgers.ts";
import { linkRaw, readRaw } from "../../test/support/newer.ts";
import type { ProofItemId } from "../core/ticket/proof-items.ts";
import { withMarker } from "../messages/marker.ts";
import { publish } from "./publish.ts";
import { APP, ISSUE, MONA, paper } from "./thread.fixture.ts";

/** Which entries stand where in a thread, and that they stand there once. */
const ANSWERED = (source: string) => aDraft("commanded", { source, outcome: "informed", reply: "It runs." });
const asks = (source: string, number: number) => ({
  ...{ kind: "commented", source, commentId: 5, body: "/coop status" },
  ...{ forge: { kind: "github", installationId: 1, repositoryId: 2 }, defaultBranch: "main" },
  by: MONA,
  issue: { ...ISSUE, number, isPullRequest: number === 8 },
});

describe("entries of a ledger", () => {
  it("wait for the next that somebody waits for, and stand in one comment with it", async () => {
    const { world, forge, book, shown, grow } = paper(ROUTED);
    await publish(world, forge, book(), "due");
    expect(shown()).toEqual([]);
    grow(PLANNED.slice(ROUTED.length));
    await publish(world, forge, book(), "due");
    expect(shown()).toEqual(["12: 1 opened 2 routed 3 planned"]);
    await publish(world, forge, book(), "all");
    expect(shown()).toHaveLength(1);
  });

  it("are all said when the ticket waits, and nothing is said when nothing is new", async () => {
    const { world, forge, book, shown } = paper(ROUTED);
    await publish(world, forge, book(), "all");
    await publish(world, forge, book(), "all");
    expect(shown()).toEqual(["12: 1 opened 2 routed"]);
  });

  it("stand in the issue, then in the pull request, and reviews in its reviews", async () => {
    const told = [draft("reviewed", { findings: [finding(1)], verdict: "changes" })];
    const { world, forge, book, shown } = paper([...WRITTEN, ...told, draft("halted")]);
    await publish(world, forge, book(), "all");
    expect(shown()).toEqual([
      "12: 1 opened 2 routed 3 planned",
      "review 8: 4 plan_approved 5 implemented 6 pull_request_opened 7 reviewed",
      "8: 8 halted",
    ]);
  });

  it.each([
    ["the issue, where it was asked", 12, "12: 10 commanded"],
    ["the pull request, where it was asked", 8, "8: 10 commanded"],
  ])("that answer a command stand in %s", async (_what, number, answer) => {
    const { world, forge, book, shown, said, grow } = paper(READY);
    await publish(world, forge, book(), "all");
    const before = shown().length;
    said.set("comment:5", asks("comment:5", number));
    grow([ANSWERED("comment:5")]);
    await publish(world, forge, book(), "due");
    expect(shown().slice(before)).toEqual([answer]);
  });

  it("that answer in the issue take nothing along that belongs to the pull request", async () => {
    const { world, forge, book, shown, said, grow } = paper(ATTACKED);
    await publish(world, forge, book(), "all");
    const before = shown().length;
    said.set("comment:5", asks("comment:5", 12));
    grow([draft("rework_requested"), ANSWERED("comment:5/2"), draft("merge_approved")]);
    await publish(world, forge, book(), "all");
    expect(shown().slice(before)).toEqual(["8: 9 rework_requested", "12: 10 commanded", "8: 11 merge_approved"]);
  });

  it("say a command that was followed with what came of it", async () => {
    const { world, forge, book, shown, said } = paper([...ROUTED, aDraft("commanded", { source: "comment:5", outcome: "accepted" })]); // prettier-ignore
    said.set("comment:5", asks("comment:5", 12));
    await publish(world, forge, book(), "due");
    expect(shown()).toEqual([]);
  });
});

describe("what is not said yet", () => {
  it("is all of a ticket whose repository may want nothing written", async () => {
    const { world, forge, book, shown } = paper(PLANNED);
    const held = { ...world, dryRuns: { writing: () => "held" } } as unknown as typeof world;
    await publish(held, forge, book(), "all");
    expect(shown()).toEqual([]);
  });

  it("is what only a newer version understands, until the ticket waits", async () => {
    const { world, forge, book, shown } = paper(PLANNED);
    const newer = { ...book(), entries: readRaw(linkRaw([...ROUTED, { kind: "weather_looked_at", data: {} }])) };
    await publish(world, forge, newer, "due");
    expect(shown()).toEqual([]);
    await publish(world, forge, newer, "all");
    expect(shown()).toEqual(["12: 1 opened 2 routed 3 newer"]);
  });
});

describe("a proof that is complete", () => {
  const lets = (item: ProofItemId) => draft("proof_accepted", { item, headSha: sha(2) });
  const OPEN = [...ATTACKED, unshown("checks", "done"), draft("halted", { reason: "unproven" })];

  it("takes the pull request out of draft, and no proof that lacks something does", async () => {
    const lacking = paper(OPEN);
    await publish(lacking.world, lacking.forge, lacking.book(), "all");
    expect(lacking.asked).toEqual([]);
    const whole = paper(READY);
    await publish(whole.world, whole.forge, whole.book(), "due");
    expect(whole.asked).toEqual(["ready 8"]);
  });

  it("by a person's word, too, which is said at once with the last item and not before", async () => {
    const { world, forge, book, asked, shown, grow } = paper(OPEN);
    await publish(world, forge, book(), "all");
    const before = shown().length;
    grow([lets("checks")]);
    await publish(world, forge, book(), "due");
    expect([shown().slice(before), asked]).toEqual([[], []]);
    grow([lets("done")]);
    await publish(world, forge, book(), "due");
    expect([shown().slice(before), asked]).toEqual([["8: 11 proof_accepted 12 proof_accepted"], ["ready 8"]]);
  });

  it("of a person's pull request leaves it as that person wants it", async () => {
    const { number, headSha } = { number: 8, headSha: sha(2) };
    const theirs = draft("opened", { pull: { number, headSha, branch: "fix", baseSha: sha(1) } });
    const { world, forge, book, asked } = paper([theirs, ...READY.slice(1).filter(({ kind }) => ["routed", "reviewed", "proof_collected"].includes(kind))]); // prettier-ignore
    await publish(world, forge, book(), "all");
    expect([book().ticket?.proof?.outcome, asked]).toEqual(["ready", []]);
  });
});

describe("a process that dies over a comment", () => {
  it("before it is written: the next writes it, once", async () => {
    const { world, forge, book, shown, fails } = paper(PLANNED);
    fails("unsaid");
    await expect(publish(world, forge, book(), "all")).rejects.toThrow("away");
    fails("no");
    await publish(world, forge, book(), "all");
    await publish(world, forge, book(), "all");
    expect(shown()).toEqual(["12: 1 opened 2 routed 3 planned"]);
  });

  it.each<[string, readonly ReturnType<typeof draft>[]]>([
    ["in the issue", PLANNED],
    ["in a review", [...WRITTEN, draft("reviewed", { findings: [finding(1)], verdict: "changes" })]],
  ])("after it was written %s: the next finds it there", async (_what, drafts) => {
    const whole = paper(drafts);
    await publish(whole.world, whole.forge, whole.book(), "all");
    const { world, forge, book, shown, fails } = paper(drafts);
    fails("unnoted");
    for (let time = 0; time < whole.shown().length; time++)
      await expect(publish(world, forge, book(), "all")).rejects.toThrow("away");
    fails("no");
    await publish(world, forge, book(), "all");
    expect(shown()).toEqual(whole.shown());
  });

  it("is not fooled by who else shows the same marker, or by a marker of other entries", async () => {
    const { world, forge, book, thread, shown, fails } = paper(PLANNED);
    fails("unsaid");
    await expect(publish(world, forge, book(), "all")).rejects.toThrow("away");
    fails("no");
    const { entries } = book();
    await forge.comment(12, withMarker("Said.", entries.slice(0, 3), world.ledgerKeys));
    await forge.comment(12, withMarker("Said.", entries.slice(1, 3), world.ledgerKeys));
    thread[0] = { ...(thread[0] as (typeof thread)[number]), appId: APP + 1 };
    await publish(world, forge, book(), "all");
    expect(shown().at(-1)).toBe("12: 1 opened 2 routed 3 planned");
    expect(shown()).toHaveLength(3);
  });

  it("looks for what it began, and for nothing else", async () => {
    const { world, forge, book, asked } = paper(PLANNED);
    await publish(world, forge, book(), "all");
    expect(asked).toEqual([]);
    const other = paper(PLANNED);
    other.fails("unnoted");
    await expect(publish(other.world, other.forge, other.book(), "all")).rejects.toThrow("away");
    other.fails("no");
    await publish(other.world, other.forge, other.book(), "all");
    expect(other.asked).toEqual(["comments 12"]);
  });
});
