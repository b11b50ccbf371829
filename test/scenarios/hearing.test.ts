import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { TEXT_EDITS_FOLLOWED_MAX } from "../../src/core/rules/diverge.ts";
import { HEARING_TRIES_MAX } from "../../src/flow/hear.ts";
import { FAULTS_OF_ONE_STRANGER_MAX } from "../../src/flow/thread.ts";
import { closeShared, type Stage, type StageOptions, strike } from "../support/scenario.ts";
import { ISSUE, labelled, loudStory, policy, pullOf, raiseChecked, replies, says, words } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

async function gated(options: StageOptions = {}): Promise<{ stage: Stage; issue: number; key: string }> {
  const wanted = { files: policy("planGate: always"), people: { mallory: "read" as const } };
  const stage = await raiseChecked(loudStory(), wanted, options);
  const issue = await labelled(stage);
  return { stage, issue, key: `${stage.repo.fullName}#${issue}` };
}

describe("a command in the first text of a thread", () => {
  it.each<["issue" | "pull"]>([["issue"], ["pull"]])("is answered once and not followed: %s", async (kind) => {
    const { stage } = await gated();
    const body = "/coop budget +5\n/coop review\n\nMore of it.";
    const open = (by: string) => {
      if (kind === "issue") return stage.repo.openIssue(by, { title: "More", body });
      stage.repo.push("mona", `fix-${by}`, { "a.txt": by });
      return stage.repo.openPull(by, { title: "More", body, head: `fix-${by}`, base: "main" });
    };
    const [theirs, strangers] = [open("mona"), open("mallory")];
    await stage.settle();
    stage.repo.edit("mona", theirs, { body: `${body}\n\n/coop review` });
    await stage.settle();
    expect(stage.said(theirs)).toEqual([expect.stringContaining("I follow commands in comments only")]);
    expect([stage.said(strangers), await stage.kinds(theirs)]).toEqual([[], []]);
  });
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts words of a person into a ticket's inbox, as intake would have done at another time. */
type Heard = { readonly by: { readonly login: string; readonly id: number; readonly type: string } };

async function intoInbox(
  stage: Stage,
  key: string,
  login: string,
  body: string,
  ledgerLength: number,
  id = 1_000_000 + ledgerLength,
): Promise<void> {
  const heard = (await stage.sql("SELECT payload FROM inbox WHERE ticket = $1", key)) as { payload: unknown }[];
  const people = heard.map(({ payload: one }) => (typeof one === "string" ? JSON.parse(one) : one) as Heard);
  const by = people.find((one) => one.by.login === login)?.by ?? { login, id: 1, type: "User" };
  const payload = {
    kind: "commented",
    ...{
      source: `comment:${id}`,
      forge: { kind: "github" as const, installationId: 1, repositoryId: 1 },
      defaultBranch: "main",
    },
    by,
    ...{ commentId: id, body },
    issue: { number: 0, state: "open", title: "", body: "", labels: [], isPullRequest: false, author: by }, // prettier-ignore
  };
  await stage.sql(
    `INSERT INTO inbox (ticket, source, kind, payload, received_at, state, ledger_length)
     VALUES ($1, $2, 'commented', $3, $5, 'pending', $4)`,
    ...[key, payload.source, JSON.stringify(payload), ledgerLength, new Date(Date.now() + DAY_MS)],
  );
  await stage.wake(Number(key.split("#")[1]));
}

describe("what people could see when they spoke", () => {
  it("is the ledger as long as it was then, whatever the clocks say", async () => {
    const { stage, issue, key } = await gated();
    expect(await stage.kinds(issue)).toEqual(["opened", "routed", "planned"]);
    await intoInbox(stage, key, "mona", "/coop approve", 2);
    expect(await stage.kinds(issue)).not.toContain("plan_approved");
    expect((await replies(stage, issue)).join()).toContain("changed while your comment was on its way");
    await intoInbox(stage, key, "mona", "/coop approve", 3);
    expect(await stage.kinds(issue)).toContain("plan_approved");
  });

  it("ends with what was published before their comment, when the comment comes in late", async () => {
    const { stage, issue, key } = await gated();
    const first = stage.repo.thread(issue).comments[0]?.id ?? 0;
    // GitHub sends it again after days: the ledger is long by now, but comments are numbered in their order.
    await intoInbox(stage, key, "mona", "/coop approve", 3, first - 1);
    expect(await stage.kinds(issue)).not.toContain("plan_approved");
    expect((await replies(stage, issue)).join()).toContain("changed while your comment was on its way");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.kinds(issue)).toContain("plan_approved");
  });
});

describe("an answer", () => {
  it("stands where the question was asked, and a lost database finds it there", async () => {
    const stage = await raiseChecked(loudStory());
    const issue = await labelled(stage);
    const pull = pullOf(stage);
    await says(stage, "mona", issue, "/coop explain\n/coop status");
    await says(stage, "rita", issue, "/coop stop");
    await says(stage, "mona", pull, "/coop status");
    const heads = (number: number) => words(stage, number).match(/^.*`\/coop (?:explain|stop|status)` of \w+/gm);
    expect(heads(issue)).toEqual(["`/coop explain` of mona", "`/coop status` of mona", "**Refused** `/coop stop` of rita"]); // prettier-ignore
    expect(heads(pull)).toEqual(["`/coop status` of mona"]);
    expect(stage.said(pull).at(-1)).toContain("| Fix rounds | 0 of 2 used |");
    const before = await stage.entries(issue);
    await stage.wipe(issue);
    await says(stage, "mona", issue, "/coop status");
    expect((await stage.entries(issue)).slice(0, before.length)).toEqual(before);
    expect(heads(issue)).toHaveLength(4);
  });
});

describe("one command too many in a comment", () => {
  it("is named, and nothing is followed from there on", async () => {
    const { stage, issue } = await gated();
    const id = await says(stage, "mona", issue, `${"/coop budget +1\n".repeat(5)}/coop park\n/coop stop`);
    expect((await stage.kinds(issue)).slice(3)).toEqual([...Array(5).fill("budget_raised"), "commanded"]);
    expect(words(stage, issue)).toContain("I follow at most 5 commands at once.");
    const { reactions } = stage.repo.thread(issue).comments.find((comment) => comment.id === id) ?? {};
    expect(reactions).toEqual(["eyes", "+1", "confused"]);
  });
});

describe("what cannot be heard", () => {
  it("is set aside after a few tries and named, and what came after it is heard", async () => {
    // Nobody has no name: an entry by nobody cannot be written, and GitHub would be asked about an address that it does not have.
    const { stage, issue, key } = await gated({ forge: { onExchange: () => {} } });
    await intoInbox(stage, key, "", "/coop park", 3);
    stage.repo.comment("mona", issue, "/coop park");
    for (let tries = 0; tries < HEARING_TRIES_MAX; tries++) await stage.wake(issue);
    expect(words(stage, issue)).toContain(`it failed ${HEARING_TRIES_MAX} times inside the server`);
    expect(await stage.app().world.inbox.listSetAside()).toMatchObject([{ ticket: key, source: "comment:1000003" }]);
    expect(await stage.phase(issue)).toBe("parked");
  });
});

describe("the largest things that people can say", () => {
  it("a review with many long inline comments is worked through, and says what was cut", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: never") });
    const issue = await labelled(stage);
    const path = "src/greet.js";
    const inline = Array.from({ length: 30 }, (_, index) => ({ path, line: 1, body: `${index} ${"ü".repeat(1750)}` }));
    stage.repo.review("mona", pullOf(stage), { event: "REQUEST_CHANGES", body: "Much to do.", comments: inline });
    await stage.settle();
    expect(await stage.kinds(issue)).toContain("rework_requested");
    const entry = (await stage.entries(issue)).find((one) => one.kind === "rework_requested");
    expect(entry).toMatchObject({ cut: [expect.stringMatching(/text shortened/)] });
    expect(words(stage, pullOf(stage))).toContain("Too long for one entry of the ledger");
  });

  it("control characters do not wedge a ticket", async () => {
    const { stage, issue } = await gated();
    await says(stage, "mona", issue, `/coop rework ${"\u0001".repeat(8000)}`);
    expect(await stage.kinds(issue)).toContain("rework_requested");
    await says(stage, "mona", issue, "/coop stop");
    expect(await stage.phase(issue)).toBe("stopped");
  });
});

describe("strangers", () => {
  it("lengthen a ledger by one fault a comment and a few a person, however often they edit", async () => {
    const { stage, issue } = await gated();
    const ids = Array.from({ length: FAULTS_OF_ONE_STRANGER_MAX + 3 }, () =>
      stage.repo.comment("mallory", issue, "Hm."),
    );
    for (let round = 0; round < 3; round++) {
      for (const id of ids) stage.repo.editComment("mallory", id, `<!-- coop:ledger --> ${round}`);
      await stage.settle();
    }
    const kinds = await stage.kinds(issue);
    expect(kinds.filter((kind) => kind === "ledger_fault")).toHaveLength(FAULTS_OF_ONE_STRANGER_MAX);
  });

  it("who opened the issue can edit it without end, and the ledger takes note of it so often only", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always"), people: { mallory: "read" } });
    const issue = stage.repo.openIssue("mallory", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    for (let edit = 0; edit < TEXT_EDITS_FOLLOWED_MAX + 5; edit++) {
      stage.repo.edit("mallory", issue, { body: `Text ${edit}` });
      await stage.settle();
    }
    const kinds = await stage.kinds(issue);
    expect(kinds.filter((kind) => kind === "text_changed")).toHaveLength(TEXT_EDITS_FOLLOWED_MAX);
    expect(await stage.phase(issue)).toBe("blocked");
  });
});
