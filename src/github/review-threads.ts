import { findingNamedIn } from "../core/ticket/finding.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { graphql } from "./graphql.ts";

/** 100 a page. A pull request with more than a thousand conversations is read to there. */
const PAGES_MAX = 10;

const THREADS = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) { reviewThreads(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id isResolved resolvedBy { login } first: comments(first: 1) { nodes { viewerDidAuthor url body } }
      last: comments(last: 1) { nodes { viewerDidAuthor url } } }
  } } }
}`;

const RESOLVE = `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`;

const REOPEN = `mutation ($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`;

type Comment = { readonly viewerDidAuthor: boolean; readonly url: string; readonly body?: string };
type Comments = { readonly nodes: readonly Comment[] };
type Thread = {
  readonly id: string;
  readonly isResolved: boolean;
  readonly resolvedBy?: { readonly login: string } | null;
  readonly first: Comments;
  readonly last: Comments;
};
type Threads = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (Thread | null)[] | null;
};
type Page = {
  readonly repository: { readonly pullRequest: { readonly reviewThreads: Threads | null } | null } | null;
};

export type Conversations = {
  readonly resolved: number;
  /** Links to what others have to resolve. */
  readonly open: string[];
};

/**
 * Resolves the conversations that we began and in which we spoke last: their findings are settled when a change merges. Where a
 * person spoke last, somebody waits for an answer, and resolving it would hide that.
 */
export async function resolveOwn(client: Client, number: number): Promise<Conversations> {
  let resolved = 0;
  const open: string[] = [];
  for (const thread of await conversations(client, number)) {
    if (thread.isResolved) continue;
    const [first] = thread.first.nodes;
    const done = isOurs(thread) && (await graphql(client, "resolving a conversation", RESOLVE, { id: thread.id })).ok;
    if (done) resolved += 1;
    else open.push(first?.url ?? "");
  }
  return { resolved, open: open.filter((url) => url !== "") };
}

function isOurs({ first, last }: Thread): boolean {
  return first.nodes[0]?.viewerDidAuthor === true && last.nodes.at(-1)?.viewerDidAuthor === true;
}

/**
 * A server without GraphQL keeps its conversations as they are. One whose GraphQL alone fails holds up no report: the next one
 * settles them too, and a merge that needs them resolved does.
 */
export function settleThreads(client: Client): Forge["settleThreads"] {
  return async (number, findings) => {
    const { slug } = await client.identity();
    try {
      for (const thread of await conversations(client, number)) await settle(client, thread, findings, slug);
    } catch (error) {
      if (!(error instanceof ForgeAway) || error.nature !== "away" || error.retryAfterMs !== null) throw error;
    }
  };
}

type Fates = Parameters<Forge["settleThreads"]>[1];

async function settle(client: Client, thread: Thread, findings: Fates, slug: string): Promise<void> {
  const [headline = ""] = (thread.first.nodes[0]?.body ?? "").split("\n");
  const state = findings.get(findingNamedIn(headline) ?? "");
  if (state === undefined || !isOurs(thread)) return;
  if (state === "settled" && !thread.isResolved)
    await graphql(client, "resolving a conversation", RESOLVE, { id: thread.id });
  // What a person resolved stays as that person wanted it.
  if (state === "open" && thread.isResolved && thread.resolvedBy?.login.replace(/\[bot\]$/, "") === slug)
    await graphql(client, "reopening a conversation", REOPEN, { id: thread.id });
}

async function conversations(client: Client, number: number): Promise<Thread[]> {
  const found: Thread[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const where: Record<string, unknown> = { owner: client.at.owner, repo: client.at.repo, number, after };
    const asked: Awaited<ReturnType<typeof graphql<Page>>> = await graphql<Page>(
      client,
      "reading the conversations",
      THREADS,
      where,
    );
    const threads: Threads | null = asked.ok ? (asked.data.repository?.pullRequest?.reviewThreads ?? null) : null;
    if (!threads) return found;
    found.push(...(threads.nodes ?? []).filter((one) => one !== null));
    if (!threads.pageInfo.hasNextPage) break;
    after = threads.pageInfo.endCursor;
  }
  return found;
}
