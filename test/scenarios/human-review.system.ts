import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import {
  fixes,
  labelled,
  loudStory,
  NAMED,
  NAMELESS,
  NAMELESS_ID,
  policy,
  pullOf,
  raiseChecked,
  replies,
  says,
  sees,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const PEOPLE = { max: "write" } as const;

async function ready(
  special: Parameters<typeof loudStory> = [],
  files = {},
): Promise<{ stage: Stage; issue: number; pull: number }> {
  const stage = await raiseChecked(loudStory(...special), { files, people: PEOPLE });
  const issue = await labelled(stage);
  expect(await stage.phase(issue)).toBe("ready");
  return { stage, issue, pull: pullOf(stage) };
}

describe("a person's own review of the bot's pull request", () => {
  const REWORKED = fixes(1, [], write("src/greet.js", NAMED));
  const inline = [{ path: "src/greet.js", line: 2, body: "Greet nobody as you." }];

  it("asks for another round, and its inline comments are answered in their threads", async () => {
    const { stage, issue, pull } = await ready([REWORKED]);
    stage.repo.review("mona", pull, { event: "REQUEST_CHANGES", body: "Nearly.", comments: inline });
    await stage.settle();
    const ticket = await stage.ticket(issue);
    expect(ticket.rework.instructions).toEqual([
      expect.objectContaining({
        by: "mona",
        instructions: "Nearly.",
        comments: [expect.objectContaining({ line: 2, text: inline[0]?.body })],
      }),
    ]);
    expect(ticket.change?.round).toBe(1);
    expect(await stage.phase(issue)).toBe("ready");
    const thread = stage.repo.pull(pull).inline;
    expect(thread[1]).toMatchObject({ inReplyTo: thread[0]?.id, body: expect.stringContaining("Reworked in") });
    expect(thread).toHaveLength(2);
    // What was asked for reached the Implementer, place and words.
    expect(stage.repo.files(stage.repo.pull(pull).headBranch).get("src/greet.js")?.toString()).toBe(NAMED);
  });

  it.each(["rita", "stranger"])("changes nothing when %s says it, who may not write", async (who) => {
    const { stage, issue, pull } = await ready([], policy("approvals: { githubReview: true }"));
    const before = await stage.kinds(issue);
    stage.repo.review(who, pull, { event: "REQUEST_CHANGES", body: "No.", comments: inline });
    stage.repo.review(who, pull, { event: "APPROVE" });
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before);
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("merges with an approval where the policy says so", async () => {
    const { stage, issue, pull } = await ready([], policy("approvals: { githubReview: true }"));
    stage.repo.review("mona", pull, { event: "APPROVE" });
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("does nothing with an approval where the policy is silent, or with mere praise", async () => {
    const { stage, issue, pull } = await ready();
    const before = await stage.kinds(issue);
    stage.repo.review("mona", pull, { event: "APPROVE" });
    stage.repo.review("mona", pull, { event: "COMMENT", body: "LGTM, thanks!" });
    stage.repo.comment("mona", pull, "/coop approve", stage.forge.app);
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before);
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("notes a review without a verdict, asks, and works it in when told to", async () => {
    const { stage, issue, pull } = await ready([REWORKED]);
    const body = "This greets nobody as undefined; please fix.";
    stage.repo.review("mona", pull, { event: "COMMENT", body, comments: inline });
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, pull)).toContain("I have read the review by mona");
    expect(words(stage, pull)).toContain("Should I work it in?");
    const said = await says(stage, "mona", pull, "/Coop rework");
    const { rework, remarks } = await stage.ticket(issue);
    expect(rework.instructions).toMatchObject([{ instructions: body, comments: [{ text: inline[0]?.body }] }]);
    expect(remarks).toEqual([]);
    expect(stage.repo.files(stage.repo.pull(pull).headBranch).get("src/greet.js")?.toString()).toBe(NAMED);
    const comment = stage.repo.thread(pull).comments.find(({ id }) => id === said);
    expect(comment?.reactions).toEqual(["eyes", "+1"]);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  });

  it("follows commands in a review, in an inline comment and in a reply", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.review("rita", pull, { event: "COMMENT", body: "/coop approve" });
    await stage.settle();
    expect((await replies(stage, issue)).at(-1)).toContain("Only people with write permission");
    stage.repo.review("mona", pull, { event: "COMMENT", comments: [{ ...inline[0]!, body: "/coop status" }] });
    await stage.settle();
    const [asked] = stage.repo.pull(pull).inline;
    expect(asked?.reactions).toEqual(["eyes", "+1"]);
    expect((await replies(stage, issue)).at(-1)).toContain("**Next:**");
    stage.repo.replyInline("mona", pull, asked?.id ?? 0, "/coop approve");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("says how a command is written that was written otherwise, and shows that it was not followed", async () => {
    const { stage, issue, pull } = await ready();
    const id = await says(stage, "mona", pull, "Looks right.\n\n**/coop approve**");
    expect(await stage.phase(issue)).toBe("ready");
    expect((await replies(stage, issue)).at(-1)).toContain("Write `/coop approve` in a comment of its own");
    expect(await stage.ticket(issue)).toMatchObject({ end: null });
    const refused = await says(stage, "mona", pull, "/coop answer Yes.");
    const signs = (wanted: number) => stage.repo.thread(pull).comments.find((one) => one.id === wanted)?.reactions;
    expect([signs(id), signs(refused)]).toEqual([[], ["eyes", "confused"]]);
  });
});

describe("a person pushes to the bot's branch", () => {
  it("voids proof and reviews; the pusher may not approve alone", async () => {
    const { stage, issue, pull } = await ready();
    const { headBranch, headSha } = stage.repo.pull(pull);
    stage.repo.push("mona", headBranch, { "src/greet.js": NAMED });
    await stage.settle();
    const ticket = await stage.ticket(issue);
    const pushed = stage.repo.pull(pull).headSha;
    expect(pushed).not.toBe(headSha);
    expect((await stage.entries(issue)).find((one) => one.kind === "head_moved")?.data).toMatchObject({
      from: headSha,
      to: pushed,
      by: "mona",
    });
    expect([ticket.reviews.reviewer?.headSha, ticket.reviews.adversary?.headSha, ticket.proof?.headSha]).toEqual(
      Array(3).fill(pushed),
    );
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", pull, "/coop approve");
    expect((await replies(stage, issue)).at(-1)).toContain(
      "You are the last person who pushed to this branch, so somebody else has to give this command",
    );
    expect(stage.repo.pull(pull).mergedSha).toBeNull();
    await says(stage, "max", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("may approve alone where the policy lets them", async () => {
    const { stage, issue, pull } = await ready([], policy("approvals: { otherThanPusher: false }"));
    stage.repo.push("mona", stage.repo.pull(pull).headBranch, { "src/greet.js": NAMED });
    await stage.settle();
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is not merged with a yes for the commit before", async () => {
    const { stage, issue, pull } = await ready();
    stage.forge.setDelivery("drop");
    stage.repo.push("max", stage.repo.pull(pull).headBranch, { "src/greet.js": NAMED });
    await stage.settle();
    stage.forge.setDelivery("send");
    await says(stage, "mona", pull, "/coop approve");
    expect(stage.repo.pull(pull).mergedSha).toBeNull();
    expect(await stage.phase(issue)).toBe("ready");
    // Nobody told the bot who pushed: it may have been mona, so one more person has to say it.
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "max", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });
});

describe("a thumb down below a finding", () => {
  it("of somebody who may write sets the finding aside, and nobody else's does", async () => {
    const concern = { ...NAMELESS, severity: "concern" as const };
    const { stage, issue, pull } = await ready([sees("adversary", 0, { findings: [concern] })]);
    const [comment] = stage.repo.pull(pull).inline;
    const id = comment?.id ?? 0;
    const state = async () => (await stage.ticket(issue)).findings.get(NAMELESS_ID)?.state;
    const sweep = () => stage.restart();
    stage.repo.reactInline("mallory", id, "-1");
    stage.repo.reactInline("mona", id, "confused");
    await sweep();
    await stage.settle();
    expect(await stage.kinds(issue)).not.toContain("finding_dismissed");
    stage.repo.reactInline("mona", id, "-1");
    await sweep();
    await stage.settle();
    expect(await state()).toBe("withdrawn");
    expect((await stage.entries(issue)).find((one) => one.kind === "finding_dismissed")?.data).toMatchObject({
      by: "mona",
      findingId: NAMELESS_ID,
      why: "👎 below the finding",
    });
    expect(stage.repo.pull(pull).inline[0]).toMatchObject({
      resolved: true,
      reactions: ["-1", "confused", "-1", "eyes", "+1"],
    });
    // It is heard once, however often it is found.
    const known = await stage.kinds(issue);
    await sweep();
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(known);
  });
});

describe("a person merges on GitHub", () => {
  it("and the ledger says who and what", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.merge("mona", pull);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
    const merged = (await stage.entries(issue)).at(-1);
    expect(merged).toMatchObject({ kind: "merged", data: { by: "mona", mergedSha: stage.repo.pull(pull).mergedSha } });
    expect((await stage.kinds(issue)).slice(-2)).not.toContain("halted");
    expect(stage.labels(issue)).toEqual(["coop", "coop:merged"]);
    expect(words(stage, pull)).toContain("Final status: merged");
  });
});
