import { createRequire } from "node:module";
import { describe, expect, it } from "@jest/globals";
import { PROOF_RERUN, triggerSchema } from "../core/rules/trigger.ts";
import { translate } from "./webhook-events.ts";

type Example = { name: string; examples: Record<string, unknown>[] };
const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as { default?: Example[] } | Example[];
const all = (Array.isArray(examples) ? examples : (examples.default ?? [])).flatMap(({ name, examples: payloads }) =>
  payloads.map((payload, index) => ({ name, index, payload })),
);

const person = { login: "alice", id: 7, type: "User" };
const bot = { login: "coop[bot]", id: 8, type: "Bot" };
const repository = { id: 2, name: "shop", default_branch: "trunk", owner: { login: "acme" } };
const issue = {
  number: 12,
  state: "open",
  title: "Rows are lost",
  body: null,
  user: person,
  labels: [{ name: "coop" }],
};
const facts = {
  number: 12,
  state: "open",
  title: "Rows are lost",
  body: "",
  author: person,
  labels: ["coop"],
  isPullRequest: false,
};
const base = { installation: { id: 3 }, repository, sender: person };
const send = (name: string, own: object, ourAppId: number | null = null) =>
  translate({ name, id: "d-1", payload: { ...base, ...own } }, ourAppId);
const shared = {
  forge: { kind: "github" as const, installationId: 3, repositoryId: 2 },
  defaultBranch: "trunk",
  by: person,
};
const at = { owner: "acme", name: "shop" };

describe("webhook payloads of GitHub's own collection", () => {
  it("are 329", () => expect(all).toHaveLength(329));

  it.each(all)("translate without throwing, into valid triggers: $name $index", ({ name, payload }) => {
    const { nudges, ignored } = translate({ name, id: "d", payload: { ...payload, installation: { id: 1 } } });
    for (const { trigger } of nudges) expect(() => triggerSchema.parse(trigger)).not.toThrow();
    expect(nudges.length > 0).toBe(ignored === null);
  });

  it("start nothing without an installation", () => {
    for (const { name, payload } of all)
      expect(translate({ name, id: "d", payload: { ...payload, installation: undefined } }).nudges).toEqual([]);
  });
});

describe("an event about a ticket", () => {
  it("a label by a person", () => {
    expect(send("issues", { action: "labeled", issue, label: { name: "coop" } }).nudges).toEqual([
      {
        ticketHint: { ...at, number: 12 },
        trigger: { kind: "labelled", label: "coop", issue: facts, source: "delivery:d-1", ...shared },
      },
    ]);
  });

  it.each<[string, string, object, number]>([
    ["by whoever opened it", "/coop review", {}, 1],
    ["that is quoted", "> /coop review", {}, 0],
    ["in a fence", "```\n/coop review\n```", {}, 0],
    ["inside a sentence", "Please say /coop review below.", {}, 0],
    ["in a comment of a template", "<!--\n/coop review\n-->\nText.", {}, 0],
    ["in a text of somebody else, such as of a transferred issue", "/coop review", { sender: { ...person, id: 8 } }, 0],
    ["by a bot", "/coop review", { sender: { ...person, type: "Bot" } }, 0],
  ])("a command in the first text %s", (_what, body, own, heard) => {
    for (const [event, thread] of [
      ["issues", { issue: { ...issue, labels: [], body } }],
      ["pull_request", { pull_request: { ...issue, body } }],
    ] as const) {
      const said = send(event, { action: "opened", ...thread, ...own }).nudges.filter(
        (one) => one.trigger.kind === "commented",
      );
      expect(said).toHaveLength(heard);
      if (heard > 0) expect(said[0]?.trigger).toMatchObject({ source: "text:12", body });
    }
  });

  it("a label that the issue was opened with, which not every server tells of again", () => {
    const labelled = (...names: string[]) => ({ ...issue, labels: names.map((name) => ({ name })) });
    const opened = (...names: string[]) => send("issues", { action: "opened", issue: labelled(...names) });
    expect(opened("bug", "coop").nudges[0]?.trigger).toMatchObject({
      kind: "labelled",
      label: "coop",
      source: "opened:d-1",
      issue: { labels: ["bug", "coop"] },
    });
    expect(opened("bug").nudges).toEqual([]);
    const pull = send("pull_request", { action: "opened", pull_request: labelled("coop") });
    expect(pull.nudges).toMatchObject([{ trigger: { kind: "changed", what: "pull opened", look: "pull" } }]);
  });

  it("Re-run beside our proof, by a person", () => {
    const check_run = { name: "coop/proof", head_sha: "a", app: { id: 99 }, pull_requests: [{ number: 4 }] };
    expect(send("check_run", { action: "rerequested", check_run }, 99).nudges).toMatchObject([
      { ticketHint: { number: 4 }, trigger: { kind: "changed", what: PROOF_RERUN, look: "pull" } },
    ]);
  });

  it("a comment on a pull request", () => {
    const payload = {
      action: "created",
      issue: { ...issue, pull_request: {} },
      comment: { id: 5, body: "/coop approve" },
    };
    expect(send("issue_comment", payload).nudges[0]?.trigger).toMatchObject({
      kind: "commented",
      source: "comment:5",
      commentId: 5,
      body: "/coop approve",
      issue: { ...facts, isPullRequest: true },
    });
  });

  it("a person's review", () => {
    const review = { id: 9, state: "CHANGES_REQUESTED", body: null, commit_id: "abc" };
    const payload = { action: "submitted", pull_request: { number: 13 }, review };
    expect(send("pull_request_review", payload).nudges).toEqual([
      {
        ticketHint: { ...at, number: 13 },
        trigger: {
          kind: "reviewed",
          reviewId: 9,
          state: "changes_requested",
          body: "",
          headSha: "abc",
          pullNumber: 13,
          source: "review:9",
          ...shared,
        },
      },
    ]);
  });

  it("a reply below an inline comment, which is a review of its own", () => {
    const comment = { pull_request_review_id: 9, in_reply_to_id: 4, commit_id: "abc" };
    const payload = { action: "created", pull_request: { number: 13 }, comment };
    const review = { id: 9, state: "commented", body: null, commit_id: "abc" };
    const told = send("pull_request_review", { action: "submitted", pull_request: { number: 13 }, review });
    expect(send("pull_request_review_comment", payload).nudges).toEqual(told.nudges);
  });

  it("a label in whatever case the repository has it", () => {
    const labelled = { ...issue, labels: [{ name: "Coop" }, { name: "Bug" }] };
    const { nudges } = send("issues", { action: "labeled", issue: labelled, label: { name: "Coop" } });
    expect(nudges[0]?.trigger).toMatchObject({ label: "coop", issue: { labels: ["coop", "Bug"] } });
  });

  it("the end of a part whose turn has not come, which is no ticket that could tell its epic", () => {
    const body = "Part 2 of 3 of #7.\n\n<!-- coop:part acme/shop#7 0a1b 2 -->";
    const told = (action: string, part: object) =>
      send("issues", { action, issue: { ...issue, body, user: bot, ...part } }).nudges.map((one) => one.ticketHint);
    const both = [12, 7].map((number) => ({ ...at, number }));
    expect([told("closed", {}), told("reopened", {})]).toEqual([both, both]);
    expect([told("edited", {}), told("closed", { user: person })]).toEqual([[both[0]], [both[0]]]);
  });

  it("another base branch, also one that a bot chooses, with its name", () => {
    const edited = { action: "edited", pull_request: { ...issue, base: { ref: "next" } }, sender: bot };
    const told = (changes: object) => send("pull_request", { ...edited, changes }).nudges.map((one) => one.trigger);
    expect(told({ base: { ref: { from: "main" } } })).toMatchObject([{ what: "pull edited", base: "next" }]);
    expect(told({ title: { from: "x" } })).toEqual([]);
  });

  it.each([
    ["issues", { action: "edited", issue }, { number: 12 }, "issue"],
    ["issues", { action: "closed", issue, sender: bot }, { number: 12 }, "issue"],
    ["issues", { action: "transferred", issue }, { number: 12 }, "issue"],
    ["issue_comment", { action: "deleted", issue, comment: { id: 1, body: "x" } }, { number: 12 }, "thread"],
    ["pull_request", { action: "synchronize", pull_request: issue }, { number: 12 }, "pull"],
    ["pull_request", { action: "closed", pull_request: issue }, { number: 12 }, "pull"],
    ["pull_request", { action: "unlocked", pull_request: issue }, { number: 12 }, "pull"],
    ["issues", { action: "unlocked", issue }, { number: 12 }, "issue"],
    [
      "check_run",
      { action: "completed", check_run: { head_sha: "abc", pull_requests: [{ number: 4 }] } },
      { number: 4 },
      "checks",
    ],
    ["check_suite", { action: "completed", check_suite: { head_sha: "abc" } }, { headSha: "abc" }, "checks"],
    [
      "check_suite",
      { action: "completed", check_suite: { head_sha: "a", pull_requests: null } },
      { headSha: "a" },
      "checks",
    ],
    ["issues", { action: "closed", issue: { ...issue, labels: null, user: null } }, { number: 12 }, "issue"],
    ["status", { sha: "abc" }, { headSha: "abc" }, "checks"],
    ["delete", { ref: "coop/12", ref_type: "branch" }, { branch: "coop/12" }, "pull"],
    ["push", { ref: "refs/heads/trunk" }, { branch: "trunk" }, "pull"],
    ["push", { ref: "refs/heads/coop/12" }, { branch: "coop/12" }, "pull"],
  ])("%s is read again: %j", (name, payload, where, look) => {
    const { nudges } = send(name, payload);
    expect(nudges).toHaveLength(1);
    expect(nudges[0]?.ticketHint).toEqual({ ...at, ...where });
    expect(nudges[0]?.trigger).toMatchObject({ kind: "changed", look });
  });
});

it("of somebody whose account is gone is looked at, and is no person's word", () => {
  for (const sender of [null, undefined]) {
    const pushed = send("pull_request", { action: "synchronize", pull_request: issue, sender });
    expect(pushed.nudges).toMatchObject([{ trigger: { look: "pull", by: { login: "ghost", type: "Nobody" } } }]);
    expect(send("issues", { action: "labeled", issue, label: { name: "coop" }, sender }).nudges).toEqual([]);
  }
});

describe("an event that is nothing to us", () => {
  it.each([
    ["a label by a bot", "issues", { action: "labeled", issue, label: { name: "coop" }, sender: bot }],
    [
      "a comment by a bot",
      "issue_comment",
      { action: "created", issue, comment: { id: 1, body: "/coop approve" }, sender: bot },
    ],
    [
      "a review by a bot",
      "pull_request_review",
      { action: "submitted", pull_request: { number: 1 }, review: { id: 1, state: "approved" }, sender: bot },
    ],
    [
      "a comment of another App in a person's name",
      "issue_comment",
      { action: "created", issue, comment: { id: 1, body: "/coop approve", performed_via_github_app: { id: 5 } } },
    ],
    [
      "a review of another App in a person's name",
      "pull_request_review",
      {
        action: "submitted",
        pull_request: { number: 1 },
        review: { id: 1, state: "approved", performed_via_github_app: { id: 5 } },
      },
    ],
    [
      "an inline comment, of which its review tells",
      "pull_request_review_comment",
      { action: "created", pull_request: { number: 1 }, comment: { pull_request_review_id: 9 } },
    ],
    ["our own check", "check_run", { action: "completed", check_run: { head_sha: "a", app: { id: 99 } } }],
    [
      "a bot that runs our proof again",
      "check_run",
      {
        action: "rerequested",
        sender: bot,
        check_run: { name: "coop/proof", head_sha: "a", app: { id: 99 }, pull_requests: [{ number: 4 }] },
      },
    ],
    [
      "another check of ours that is run again",
      "check_run",
      { action: "rerequested", check_run: { name: "coop/review", head_sha: "a", app: { id: 99 } } },
    ],
    ["a check that runs", "check_run", { action: "created", check_run: { head_sha: "a" } }],
    ["a tag", "push", { ref: "refs/tags/v1" }],
    ["somebody's branch", "push", { ref: "refs/heads/topic" }],
    ["a deleted branch's push", "push", { ref: "refs/heads/coop/1", deleted: true }],
    ["an installation", "installation", { action: "created" }],
    ["an issue without a number", "issues", { action: "labeled", issue: { title: "x" }, label: { name: "coop" } }],
    ["no installation", "issues", { action: "closed", issue, installation: null }],
    ["no payload", "issues", { installation: 1, repository: null, sender: "x" }],
    ["a name of the object prototype", "constructor", {}],
    [
      "a number that no database keeps",
      "pull_request",
      { action: "synchronize", pull_request: { ...issue, number: 3e9 } },
    ],
    [
      "a check of such a number",
      "check_run",
      { action: "completed", check_run: { head_sha: "a", pull_requests: [{ number: 2 ** 40 }] } },
    ],
    ["a commit that no database keeps", "status", { sha: "ab\u0000c" }],
    [
      "a repository of such a name",
      "issues",
      {
        action: "labeled",
        label: { name: "coop" },
        issue,
        repository: { id: 1, name: "ta\u0000lly", owner: { login: "acme" } },
      },
    ],
  ])("%s", (_what, name, payload) => {
    const { nudges, ignored } = send(name, payload, 99);
    expect(nudges).toEqual([]);
    expect(ignored).not.toBeNull();
  });
});
