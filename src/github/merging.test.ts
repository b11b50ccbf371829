import { describe, expect, it } from "@jest/globals";
import type { MergeMethod } from "../core/rules/merge-rule.ts";
import type { Forge } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { merge } from "./merge-pull.ts";
import { enqueue, mergeQueue } from "./merge-queue.ts";

/** How a merge goes on after each thing that GitHub may say to it, and what it asks on the way. */
type No = readonly [status: number, message: string];
type Given = {
  /** What each way of merging is answered with, in turn; the last goes on. */
  readonly says: readonly (No | "yes")[];
  readonly settings?: Record<string, boolean> | No;
  readonly pull?: unknown;
  /** Conversations that are open: ours, or others'. */
  readonly open?: readonly ("ours" | "theirs")[];
  /** To whoever asks for the merge queue. */
  readonly queue?: string | object;
};

const no = ([status, message]: No) => Object.assign(new Error(message), { status });
const own = (message: string) =>
  Object.assign(new Error(message), { name: "GraphqlResponseError", errors: [{ message }] });

function gitHub({ says, settings = {}, open = [], queue = {} }: Given) {
  const asked: string[] = [];
  const left = [...says];
  const put = async ({ merge_method, sha, commit_title, commit_message, ...rest }: Record<string, unknown>) => {
    asked.push([merge_method, sha, commit_title, commit_message, rest["pull_number"]].filter(Boolean).join(" "));
    const answer = left.length > 1 ? left.shift() : left[0];
    if (answer && answer !== "yes") throw no(answer);
    return { status: 200, data: { sha: "merged" } };
  };
  const get = async () => {
    asked.push("settings");
    if (Array.isArray(settings)) throw no(settings as unknown as No);
    return { status: 200, data: settings };
  };
  const graphql = async (query: string, variables: Record<string, unknown>) => {
    if (query.includes("reviewThreads")) {
      const nodes = open.map((who, at) => {
        const said = { viewerDidAuthor: who === "ours", url: `https://example.com/${at}`, body: "**`R1-1`** wrong" };
        return { id: `t${at}`, isResolved: false, resolvedBy: null, first: { nodes: [said] }, last: { nodes: [said] } };
      });
      return { repository: { pullRequest: { reviewThreads: { pageInfo: { hasNextPage: false }, nodes } } } };
    }
    asked.push(
      query.includes("resolveReviewThread") ? `resolves ${String(variables["id"])}` : JSON.stringify(variables),
    );
    if (typeof queue === "string") throw own(queue);
    return queue;
  };
  const pulls = { merge: put, get: async () => ({ status: 200, data: { node_id: "PR_1" } }) };
  const rest = { rest: { pulls, repos: { get } }, graphql };
  const line = (text: string) => `<${text}>`;
  const identity = async () => ({ slug: "coop" });
  return {
    client: { rest, at: { owner: "a", repo: "b" }, line, identity, readRetryMs: 1 } as unknown as Client,
    asked,
  };
}

async function merging(given: Given, wanted?: MergeMethod) {
  const { client, asked } = gitHub(given);
  const readPull = (async () => given.pull ?? "gone") as unknown as Forge["pull"];
  const outcome = await merge(client, readPull)(13, "head", "t", "m", wanted);
  return { outcome, asked };
}

const NOT_ALLOWED: No = [405, "Merge commits are not allowed on this repository."];
const WORDED: No = [405, "Commit message must match a given regex pattern: ^JIRA-"];
const LINEAR: No = [405, "This branch must not contain merge commits."];
const refused = (reason: string, rule: string, links: readonly string[] = []) => ({ outcome: "refused", rule, reason, links }); // prettier-ignore

describe("a way of merging", () => {
  it("is the policy's, or else a merge commit; a rebase has no words of its own", async () => {
    expect(await merging({ says: ["yes"] })).toEqual({ outcome: { outcome: "merged", sha: "merged" }, asked: ["merge head <t> <m> 13"] }); // prettier-ignore
    expect((await merging({ says: ["yes"] }, "squash")).asked).toEqual(["squash head <t> <m> 13"]);
    expect((await merging({ says: ["yes"] }, "rebase")).asked).toEqual(["rebase head 13"]);
  });

  it.each<[string, Given, MergeMethod | undefined, readonly string[], object]>([
    ["is another that the repository allows", { says: [NOT_ALLOWED, "yes"], settings: { allow_merge_commit: false, allow_squash_merge: false, allow_rebase_merge: true } }, undefined, ["merge", "settings", "rebase"], { outcome: "merged" }],
    ["is each that is left in turn, where nobody may read the settings", { says: [NOT_ALLOWED, NOT_ALLOWED, "yes"], settings: [403, "no"] }, undefined, ["merge", "settings", "squash", "settings", "rebase"], { outcome: "merged" }],
    ["is each that is left in turn, where the server does not tell them", { says: [LINEAR, "yes"] }, undefined, ["merge", "settings", "squash"], { outcome: "merged" }],
    ["is tried once", { says: [NOT_ALLOWED] }, undefined, ["merge", "settings", "squash", "settings", "rebase", "settings"], { outcome: "refused", rule: "method" }],
    ["that the policy names is the only one", { says: [NOT_ALLOWED] }, "merge", ["merge"], refused(NOT_ALLOWED[1], "method")],
    ["is a squash where the texts of the commits do not fit", { says: [WORDED, "yes"] }, undefined, ["merge", "settings", "squash"], { outcome: "merged" }],
    ["is no rebase where they do not, which keeps them", { says: [WORDED] }, undefined, ["merge", "settings", "squash", "settings"], refused(WORDED[1], "commit-text")],
    ["is not changed for another rule", { says: [[405, "At least 1 approving review is required"]] }, undefined, ["merge"], { outcome: "refused", rule: "reviews" }],
  ])("%s", async (_what, given, wanted, asked, outcome) => {
    const found = await merging(given, wanted);
    expect(found.asked.map((one) => one.split(" ")[0])).toEqual(asked);
    expect(found.outcome).toMatchObject(outcome);
  }); // prettier-ignore
});

describe("a refusal", () => {
  const CONFLICT: No = [405, "Pull Request is not mergeable"];
  const merged = { merged: true, headSha: "head", mergedSha: "done" };

  it.each<[string, Given, object]>([
    ["says that the head has moved", { says: [[409, "Head branch was modified"]] }, { outcome: "head-moved" }],
    ["is a conflict", { says: [CONFLICT], pull: { ...merged, merged: false } }, { outcome: "conflict" }],
    ["is a conflict where the pull request is gone", { says: [CONFLICT] }, { outcome: "conflict" }],
    ["was a merge of ours whose answer was lost", { says: [[405, "merge conflict"]], pull: merged }, { outcome: "merged", sha: "done" }],
    ["was a merge of another head", { says: [CONFLICT], pull: { ...merged, headSha: "x" } }, { outcome: "conflict" }],
    ["is GitHub's own words where it is nothing known", { says: [[405, "Odd"]] }, refused("Odd", "other")],
    ["is no conflict with another status", { says: [[403, "not mergeable"]] }, refused("not mergeable", "other")],
    ["is no conflict by another rule", { says: [[405, "not mergeable: draft"]], pull: merged }, refused("not mergeable: draft", "draft")],
    ["leads to the queue", { says: [[405, "Changes must be made through the merge queue"]] }, { outcome: "queued" }],
  ])("%s", async (_what, given, outcome) => expect((await merging(given)).outcome).toEqual(outcome)); // prettier-ignore

  it("for a base that moved in this very second is tried again soon", async () => {
    const away = { name: "ForgeAway", retryAfterMs: 2_000, outcome: "not-done" };
    await expect(merging({ says: [[405, "Base branch was modified. Review and try the merge again."]] })).rejects.toMatchObject(away); // prettier-ignore
  });

  const OPEN: No = [405, "All conversations must be resolved"];
  it.each<[string, Given, readonly string[], object]>([
    ["ours are closed, and it is merged", { says: [OPEN, "yes"], open: ["ours"] }, ["merge", "resolves", "merge"], { outcome: "merged", sha: "merged" }],
    ["ours are closed once", { says: [OPEN], open: ["ours"] }, ["merge", "resolves", "merge", "resolves"], refused(OPEN[1], "conversations")],
    ["others' are theirs to close", { says: [OPEN], open: ["ours", "theirs"] }, ["merge", "resolves"], refused(OPEN[1], "conversations", ["https://example.com/1"])],
    ["none is found", { says: [OPEN] }, ["merge"], refused(OPEN[1], "conversations")],
  ])("for open conversations: %s", async (_what, given, asked, outcome) => {
    const found = await merging(given);
    expect([found.asked.map((one) => one.split(" ")[0]), found.outcome]).toEqual([asked, outcome]);
  }); // prettier-ignore
});

describe("the merge queue", () => {
  it.each<[string, string | object, object]>([
    ["is joined", {}, { outcome: "queued" }],
    ["was joined before", "Pull request is already in the queue", { outcome: "queued" }],
    ["does not take a head that has moved", "Expected head oid does not match", { outcome: "head-moved" }],
    ["does not take what has moved", "The head commit is not what was expected", { outcome: "head-moved" }],
    ["refuses by a rule", "Code owner review is missing", refused("Code owner review is missing", "code-owner")],
    ["refuses", "Not now", refused("Not now", "queue")],
  ])("%s", async (_what, queue, outcome) => {
    const { client, asked } = gitHub({ says: ["yes"], queue });
    expect(await enqueue(client, 13, "head")).toEqual(outcome);
    expect(asked).toEqual([JSON.stringify({ id: "PR_1", head: "head" })]);
  });

  const placed = (mergeQueueEntry: unknown, merged = false) => ({
    repository: { pullRequest: { merged, mergeQueueEntry } },
  });
  const unseen = { state: "unknown", reason: "GitHub did not show the pull request." };
  it.each<[string, string | object, object, number]>([
    ["at its place", placed({ position: 3, state: "QUEUED" }), { state: "in", position: 3 }, 1],
    ["no more, since it is merged", placed(null, true), { state: "out" }, 1],
    ["no more, which is believed when it was seen twice", placed(null), { state: "out" }, 2],
    ["nobody knows, without the repository", { repository: null }, unseen, 1],
    ["nobody knows, without the pull request", { repository: { pullRequest: null } }, unseen, 1],
    ["nobody knows", "Not now", { state: "unknown", reason: "Not now" }, 1],
  ])("holds it %s", async (_what, queue, state, looks) => {
    const { client, asked } = gitHub({ says: ["yes"], queue });
    expect(await mergeQueue(client)(13)).toEqual(state);
    expect(asked).toEqual(Array.from({ length: looks }, () => JSON.stringify({ owner: "a", repo: "b", number: 13 })));
  });
});
