import { type Actor, authorize } from "./auth.ts";
import { mergeability } from "./mergeability.ts";
import { Refusal } from "./refusal.ts";
import { may } from "./route.ts";
import {
  type Account,
  branchHead,
  type CheckSuite,
  fullName,
  isPull,
  type PullThread,
  type Repository,
  type Thread,
} from "./state.ts";
import { nodeId } from "./views/account.ts";
import { combinedStatusView, runsOf, suiteState } from "./views/check.ts";
import { pageOf } from "./views/thread.ts";
import type { World } from "./world.ts";

/** What clients read through GraphQL of a repository: issues, branches, and a commit with its checks. */

/** An object that a selection is read from: plain values, or functions of the field's arguments. */
export type Node = { readonly [field: string]: unknown };

export class GraphqlError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

type Reading = { readonly world: World; readonly repo: Repository; readonly actor: Actor };

/** @throws GraphqlError what an App may not read is an error of that field, and the rest is answered */
export function mayRead({ world, actor, repo }: Reading, grant: string): void {
  try {
    authorize(world, actor, repo, may("read", grant), "reads");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new GraphqlError("FORBIDDEN", "Resource not accessible by integration");
  }
}

/** An App's login has no `[bot]` here. */
function actorNode({ id, login, type }: Account): Node {
  const isBot = type === "Bot";
  return { __typename: type, login: isBot ? login.replace(/\[bot\]$/, "") : login, databaseId: id };
}

export function connection(all: readonly Node[], { first, last, after }: Node): Node {
  if (typeof last === "number") return connection(all.slice(-last), {});
  if (typeof first === "number" && first > 100)
    throw new GraphqlError("EXCESSIVE_PAGINATION", `Requesting ${first} records on the connection exceeds 100.`);
  const from = after === null || after === undefined ? 0 : Number(after);
  const size = typeof first === "number" ? first : 100;
  const nodes = all.slice(from, from + size);
  const end = from + nodes.length;
  return {
    nodes,
    edges: nodes.map((node) => ({ node, cursor: "" })),
    totalCount: all.length,
    pageInfo: { hasNextPage: end < all.length, endCursor: nodes.length > 0 ? String(end) : null },
  };
}

function labelsOf({ labels }: Thread) {
  return (asked: Node) =>
    connection(
      labels.map((name) => ({ name })),
      asked,
    );
}

export function issueNode(reading: Reading, number: number): Node {
  mayRead(reading, "issues:read");
  const { world, repo } = reading;
  const thread = repo.threads.get(number);
  if (!thread || isPull(thread))
    throw new GraphqlError("NOT_FOUND", `Could not resolve to an Issue with the number of ${number}.`);
  const { title, body, author, locked } = thread;
  return {
    ...{ id: nodeId("I", thread.id), databaseId: thread.id, number, title, body, locked },
    ...{ state: thread.state.toUpperCase(), author: actorNode(author.account), url: pageOf(world, repo, thread) },
    labels: labelsOf(thread),
    repository: { nameWithOwner: fullName(repo) },
  };
}

/** What is read of a pull request besides its conversations and its place in the queue. */
export function pullFields({ world, repo }: Reading, thread: PullThread): Node {
  const { pull, author } = thread;
  return {
    author: actorNode(author.account),
    labels: labelsOf(thread),
    mergeCommit: pull.merged && { oid: pull.merged.sha },
    mergedBy: pull.merged && actorNode(pull.merged.by),
    ...{ baseRefOid: pull.baseSha, isCrossRepository: pull.headRepository !== repo },
    mergeable: () => {
      const { mergeable } = mergeability(world, repo, thread, "read");
      return mergeable === null ? "UNKNOWN" : mergeable ? "MERGEABLE" : "CONFLICTING";
    },
  };
}

export function refNode(reading: Reading, name: string): Node | null {
  mayRead(reading, "contents:read");
  const branch = /^refs\/heads\/(.+)$/.exec(name)?.[1];
  const oid = branch === undefined ? undefined : branchHead(reading.repo, branch);
  return oid === undefined ? null : { name: branch, target: { oid } };
}

export function commitNode(reading: Reading, oid: string): Node | null {
  mayRead(reading, "contents:read");
  const { repo } = reading;
  if (repo.git.typeOf(oid) !== "commit") return null;
  return {
    oid,
    checkSuites: (asked: Node) => {
      mayRead(reading, "checks:read");
      const suites = [...repo.suites.values()].filter((one) => one.headSha === oid);
      return connection(
        suites.map((one) => suiteNode(repo, one)),
        asked,
      );
    },
    status: () => {
      mayRead(reading, "statuses:read");
      const { statuses } = combinedStatusView(reading.world, repo, oid);
      if (statuses.length === 0) return null;
      return {
        contexts: statuses.map(({ context, state, description }) => ({
          ...{ context, description },
          state: state.toUpperCase(),
        })),
      };
    },
  };
}

function suiteNode(repo: Repository, suite: CheckSuite): Node {
  const { status, conclusion } = suiteState(repo, suite);
  const { id, slug, name } = suite.app;
  return {
    ...{ id: nodeId("CS", suite.id), databaseId: suite.id, status: status.toUpperCase() },
    conclusion: conclusion?.toUpperCase() ?? null,
    app: { databaseId: id, slug, name },
    checkRuns: (asked: Node) => {
      const filter = (asked["filterBy"] ?? {}) as Node;
      const all = runsOf(repo, suite);
      const latest = [...new Map(all.map((run) => [run.name, run])).values()];
      const runs = (filter["checkType"] === "ALL" ? all : latest).map((run) => ({
        ...{ id: nodeId("CR", run.id), databaseId: run.id, name: run.name, title: run.title, summary: run.summary },
        ...{ status: run.status.toUpperCase(), conclusion: run.conclusion?.toUpperCase() ?? null },
      }));
      return connection(runs, asked);
    },
  };
}
