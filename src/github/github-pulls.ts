import type { Forge, PullFacts } from "../forge/forge.ts";
import type { NewPull } from "../forge/written.ts";
import { personOf } from "./facts.ts";
import type { Client } from "./client.ts";
import { graphql } from "./graphql.ts";
import { merge } from "./merge-pull.ts";
import { mergeQueue } from "./merge-queue.ts";
import { ask, askTwice, find, findCommit, must } from "./wire.ts";

type PullActs = Pick<
  Forge,
  "pull" | "pullOf" | "mergeBase" | "merges" | "openPull" | "markReady" | "merge" | "mergeQueue"
>;

/** Pull requests: read, open as draft, take out of draft, merge. */
export function pullActs(client: Client): PullActs {
  // Node ids of drafts opened by this process: saves reading each of them again before it leaves draft.
  const drafts: Drafts = new Map();
  return {
    pull: readPull(client),
    pullOf: pullOf(client),
    mergeBase: mergeBase(client),
    merges: merges(client),
    openPull: openPull(client, drafts),
    markReady: markReady(client, drafts),
    merge: merge(client, readPull(client)),
    mergeQueue: mergeQueue(client),
  };
}

function readPull({ rest, at }: Client): PullActs["pull"] {
  return async (number) => {
    const pull = await find("reading the pull request", rest.rest.pulls.get({ ...at, pull_number: number }));
    if (pull === "gone") return "gone";
    const facts: PullFacts = {
      number: pull.number,
      state: pull.state === "closed" ? "closed" : "open",
      merged: pull.merged,
      // Before the merge this field names GitHub's trial merge, which is on no branch.
      mergedSha: pull.merged ? pull.merge_commit_sha : null,
      mergedBy: pull.merged_by?.login ?? null,
      draft: pull.draft ?? false,
      locked: pull.locked,
      title: pull.title,
      body: pull.body ?? "",
      author: personOf(pull.user),
      headSha: pull.head.sha,
      headBranch: pull.head.ref,
      headIsOurs: repositoryId(pull.head) === pull.base.repo.id,
      baseBranch: pull.base.ref,
      baseSha: pull.base.sha,
      mergeable: pull.mergeable ?? null,
    };
    return facts;
  };
}

type Drafts = Map<number, string>;

/** Answered by another request than the same one again. */
const KNOWN = /already exists|draft pull requests are not supported/i;

function openPull(client: Client, drafts: Drafts): PullActs["openPull"] {
  const { rest, at, body, line } = client;
  const open = (pull: NewPull, draft: boolean) => {
    const text = { title: line(pull.title), body: body(pull.body) };
    const create = () => rest.rest.pulls.create({ ...at, ...text, head: pull.head, base: pull.base, draft });
    return askTwice("opening the pull request", create, client.readRetryMs, ({ reason }) => KNOWN.test(reason));
  };
  return async (pull) => {
    let answer = await open(pull, pull.draft);
    // Private repositories of free plans have no drafts.
    if (!answer.ok && /draft pull requests are not supported/i.test(answer.reason)) answer = await open(pull, false);
    if (answer.ok) {
      if (answer.data.draft) drafts.set(answer.data.number, answer.data.node_id);
      return { number: answer.data.number, state: "opened" };
    }
    if (!/already exists/i.test(answer.reason)) return { state: "refused", reason: answer.reason };
    const found = await findOpen(client, pull);
    return found === null ? { state: "refused", reason: answer.reason } : { number: found, state: "found" };
  };
}

async function findOpen({ rest, at }: Client, pull: NewPull): Promise<number | null> {
  const filter = { head: `${at.owner}:${pull.head}`, base: pull.base, state: "open" } as const;
  const open = await must("looking for the open pull request", rest.rest.pulls.list({ ...at, ...filter }));
  return open.find((one) => one.head.ref === pull.head)?.number ?? null;
}

function pullOf({ rest, at }: Client): PullActs["pullOf"] {
  return async (branch) => {
    const newest = { sort: "created", direction: "desc", per_page: 10 } as const;
    const filter = { head: `${at.owner}:${branch}`, state: "all", ...newest } as const;
    const found = await must("looking for the pull request", rest.rest.pulls.list({ ...at, ...filter }));
    // A fork of the same owner can have a branch of the same name.
    return found.find((one) => one.head.ref === branch && repositoryId(one.head) === one.base.repo.id)?.number ?? null;
  };
}

/** Only the commits' names are of interest, so one commit and no more is asked for. */
function mergeBase({ rest, at, readRetryMs }: Client): PullActs["mergeBase"] {
  return async (base, head) => {
    const range = { ...at, basehead: `${base}...${head}`, per_page: 1 };
    const look = () => rest.rest.repos.compareCommitsWithBasehead(range);
    const compared = await findCommit("comparing two commits", look, readRetryMs);
    return compared === "gone" ? "gone" : compared.merge_base_commit.sha;
  };
}

/** Each costs some requests to look at, and nobody needs many. */
const MERGES_SEEN_MAX = 5;
/** GitHub gives the oldest first, at most so many a page; who merges more often than in that many commits is read by people. */
const COMMITS_COMPARED = 100;

function merges({ rest, at, readRetryMs }: Client): PullActs["merges"] {
  return async (base, head) => {
    const range = { ...at, basehead: `${base}...${head}`, per_page: COMMITS_COMPARED };
    const look = () => rest.rest.repos.compareCommitsWithBasehead(range);
    const compared = await findCommit("looking for merges", look, readRetryMs);
    if (compared === "gone") return [];
    const found = compared.commits.flatMap(({ sha, parents: [one, other, ...more] }) =>
      one && other && more.length === 0 ? [{ merge: sha, one: one.sha, other: other.sha }] : [],
    );
    return found.slice(-MERGES_SEEN_MAX).reverse();
  };
}

/** A deleted fork has no repository any more, whatever the types say. */
function repositoryId(head: { repo: unknown }): number | undefined {
  return (head.repo as { id: number } | null)?.id;
}

const READY = `mutation ($id: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
}`;

type ReadyAnswer = { markPullRequestReadyForReview?: { pullRequest?: { isDraft: boolean } | null } | null };

/**
 * GitHub's REST cannot take a pull request out of draft, so its GraphQL is asked. Servers that speak only REST mostly can;
 * one that can neither leaves it a draft, and we say so.
 */
function markReady(client: Client, drafts: Drafts): PullActs["markReady"] {
  const { rest, at } = client;
  const draftId = async (number: number) => {
    const pull = await must("reading the pull request", rest.rest.pulls.get({ ...at, pull_number: number }));
    return pull.draft ? pull.node_id : null;
  };
  return async (number) => {
    const id = drafts.get(number) ?? (await draftId(number));
    if (id === null) return "ready";
    // Asked again it may be ready already, which the mutation refuses: then it is read.
    drafts.delete(number);
    return (await readyByGraphql(client, id)) || (await readyByRest(client, number)) ? "ready" : "unsupported";
  };
}

async function readyByGraphql(client: Client, id: string): Promise<boolean> {
  const answer = await graphql<ReadyAnswer>(client, "marking the pull request as ready", READY, { id });
  return answer.ok && answer.data.markPullRequestReadyForReview?.pullRequest?.isDraft === false;
}

/** GitHub itself ignores the field, so only the answer says whether it counted. */
async function readyByRest({ rest, at }: Client, number: number): Promise<boolean> {
  const url = "PATCH /repos/{owner}/{repo}/pulls/{pull_number}";
  const request = rest.request(url, { ...at, pull_number: number, draft: false } as never) as Promise<{
    data: { draft?: boolean };
    status: number;
  }>;
  const answer = await ask("marking the pull request as ready", request);
  return answer.ok && answer.data.draft === false;
}
