import { joinQueue } from "./acts/merge-queue.ts";
import { setStage } from "./acts/pulls.ts";
import { type Actor, authorOf, authorize } from "./auth.ts";
import { type Selection, type Value, parseQuery } from "./graphql-query.ts";
import {
  commitNode,
  connection,
  GraphqlError,
  issueNode,
  mayRead,
  type Node,
  pullFields,
  refNode,
} from "./graphql-read.ts";
import { isJson, text } from "./input.ts";
import { Refusal } from "./refusal.ts";
import { type Call, type Route, anywhere, may } from "./route.ts";
import { type PullThread, type Repository, type ReviewComment, fullName, isPull } from "./state.ts";
import { nodeId } from "./views/account.ts";
import { pageOf } from "./views/thread.ts";
import type { World } from "./world.ts";

/** What is GraphQL only on GitHub: leaving and entering draft, review threads and resolving them, the merge queue. */

type Failure = { readonly type: string; readonly path: string[]; readonly message: string };

type Seen = { readonly world: World; readonly repo: Repository; readonly thread: PullThread; readonly actor: Actor };

function commentNode(seen: Seen, comment: ReviewComment): Node {
  const { id, author, body, path, line } = comment;
  return {
    viewerDidAuthor: authorOf(seen.actor).account === author.account,
    url: `${pageOf(seen.world, seen.repo, seen.thread)}#discussion_r${id}`,
    id: nodeId("PRRC", id),
    databaseId: id,
    body,
    path,
    line,
    author: { login: author.account.login },
    createdAt: comment.createdAt,
  };
}

function threadNode(seen: Seen, root: ReviewComment): Node {
  const comments = seen.thread.pull.reviewComments.filter((one) => one === root || one.inReplyTo === root.id);
  return {
    id: nodeId("PRRT", root.id),
    isResolved: root.resolved,
    resolvedBy: root.resolvedBy && { login: root.resolvedBy.login.replace(/\[bot\]$/, "") },
    isOutdated: root.line === null,
    path: root.path,
    line: root.line,
    comments: (asked: Node) =>
      connection(
        comments.map((comment) => commentNode(seen, comment)),
        asked,
      ),
  };
}

function pullNode(seen: Seen): Node {
  const { world, repo, thread } = seen;
  const place = repo.queue.indexOf(thread.number);
  const { pull, number, title } = thread;
  const roots = pull.reviewComments.filter((comment) => comment.inReplyTo === null);
  return {
    ...{
      id: nodeId("PR", pull.id),
      databaseId: pull.id,
      number,
      title,
      body: thread.body,
      locked: thread.locked,
      isDraft: pull.draft,
    },
    state: pull.merged ? "MERGED" : thread.state.toUpperCase(),
    ...{ headRefOid: pull.headSha, headRefName: pull.headRef, baseRefName: pull.baseRef, merged: pull.merged !== null },
    url: pageOf(world, repo, thread),
    ...pullFields(seen, thread),
    isInMergeQueue: place >= 0,
    mergeQueueEntry: place < 0 ? null : { position: place + 1, state: "QUEUED" },
    reviewThreads: (asked: Node) =>
      connection(
        roots.map((root) => threadNode(seen, root)),
        asked,
      ),
  };
}

type Found = { readonly repo: Repository; readonly thread: PullThread; readonly root: ReviewComment | null };

/** A pull request or a review thread by its global id, among what the actor may see. */
function byNodeId(call: Call, id: unknown): Found {
  for (const repo of call.world.repositories.values()) {
    for (const thread of [...repo.threads.values()].filter(isPull)) {
      const roots = thread.pull.reviewComments.filter((comment) => comment.inReplyTo === null);
      const root = roots.find((comment) => nodeId("PRRT", comment.id) === id) ?? null;
      if (root || nodeId("PR", thread.pull.id) === id) return { repo, thread, root };
    }
  }
  throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${String(id)}'`);
}

function check(call: Call, repo: Repository, level: "read" | "write"): void {
  const person = level === "write" ? "write" : "read";
  try {
    authorize(
      call.world,
      call.actor,
      repo,
      may(person, `pull_requests:${level}`),
      level === "read" ? "reads" : "writes",
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new GraphqlError("FORBIDDEN", "Resource not accessible by integration");
  }
}

function changeStage(call: Call, input: Node, stage: "draft" | "ready"): Node {
  const { repo, thread } = byNodeId(call, input["pullRequestId"]);
  check(call, repo, "write");
  if (thread.state === "closed") throw new GraphqlError("UNPROCESSABLE", "Pull request is closed");
  setStage(call.world, repo, thread, authorOf(call.actor).account, stage);
  return { pullRequest: pullNode({ ...call, repo, thread }), clientMutationId: null };
}

function enqueue(call: Call, input: Node): Node {
  const { repo, thread } = byNodeId(call, input["pullRequestId"]);
  check(call, repo, "write");
  const head = input["expectedHeadOid"];
  const by = authorOf(call.actor).account;
  const joined = joinQueue(call.world, repo, thread, by, typeof head === "string" ? head : null);
  if ("refused" in joined) throw new GraphqlError("UNPROCESSABLE", joined.refused);
  return { mergeQueueEntry: { position: joined.position, state: "QUEUED" }, clientMutationId: null };
}

function resolveThread(call: Call, input: Node, resolved: boolean): Node {
  const { repo, thread, root } = byNodeId(call, input["threadId"]);
  if (!root)
    throw new GraphqlError(
      "NOT_FOUND",
      `Could not resolve to a node with the global id of '${String(input["threadId"])}'`,
    );
  check(call, repo, "write");
  root.resolved = resolved;
  root.resolvedBy = resolved ? authorOf(call.actor).account : null;
  const action = resolved ? "resolved" : "unresolved";
  const payload = { thread: { node_id: nodeId("PRRT", root.id), comments: [] } };
  const sender = authorOf(call.actor).account;
  call.world.emit({ event: "pull_request_review_thread", action, repo, sender, payload });
  return { thread: threadNode({ ...call, repo, thread }, root), clientMutationId: null };
}

function roots(call: Call): Record<"query" | "mutation", Node> {
  const input = (args: Node) => (isJson(args["input"]) ? args["input"] : {});
  return {
    mutation: {
      markPullRequestReadyForReview: (args: Node) => changeStage(call, input(args), "ready"),
      enqueuePullRequest: (args: Node) => enqueue(call, input(args)),
      convertPullRequestToDraft: (args: Node) => changeStage(call, input(args), "draft"),
      resolveReviewThread: (args: Node) => resolveThread(call, input(args), true),
      unresolveReviewThread: (args: Node) => resolveThread(call, input(args), false),
    },
    query: {
      repository: ({ owner, name }: Node) => {
        const repo = call.world.repositoryOnce(String(owner), String(name));
        if (!repo)
          throw new GraphqlError(
            "NOT_FOUND",
            `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`,
          );
        const reading = { ...call, repo };
        mayRead(reading, "metadata:read");
        return {
          ...{ nameWithOwner: fullName(repo), databaseId: repo.id },
          issue: ({ number }: Node) => issueNode(reading, Number(number)),
          pullRequest: ({ number }: Node) => pullByNumber(call, repo, Number(number)),
          ref: ({ qualifiedName }: Node) => refNode(reading, String(qualifiedName)),
          object: ({ oid }: Node) => commitNode(reading, String(oid)),
        };
      },
      node: ({ id }: Node) => {
        const { repo, thread, root } = byNodeId(call, id);
        check(call, repo, "read");
        const seen = { ...call, repo, thread };
        return root ? threadNode(seen, root) : pullNode(seen);
      },
    },
  };
}

function pullByNumber(call: Call, repo: Repository, number: number): Node {
  check(call, repo, "read");
  const thread = repo.threads.get(number);
  if (thread && isPull(thread)) return pullNode({ ...call, repo, thread });
  throw new GraphqlError("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
}

/** Exactly the fields that were selected; a field that this server does not know is an error, never silence. */
function select(value: unknown, fields: readonly Selection[], path: string[], failures: Failure[]): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((item) => select(item, fields, path, failures));
  if (fields.length === 0) return value;
  const shown: Record<string, unknown> = {};
  for (const field of fields) {
    const here = [...path, field.alias];
    try {
      const found = fieldOf(value as Node, field);
      shown[field.alias] = select(found, field.fields, here, failures);
    } catch (error) {
      if (!(error instanceof GraphqlError)) throw error;
      shown[field.alias] = null;
      failures.push({ type: error.type, path: here, message: error.message });
    }
  }
  return shown;
}

function fieldOf(node: Node, { name, args }: Selection): unknown {
  if (name === "__typename") return node["__typename"] ?? "Node";
  if (!(name in node)) throw new GraphqlError("undefinedField", `Field '${name}' doesn't exist on this type`);
  const found = node[name];
  return typeof found === "function" ? (found as (given: Node) => unknown)(args) : found;
}

function refuseAnonymous(actor: Actor): void {
  if (actor.kind === "anonymous") throw new Refusal(401, "This endpoint requires you to be authenticated.");
  if (actor.kind === "app") throw new Refusal(401, "Bad credentials");
}

/** Errors answer with status 200, as GraphQL does: a client that looks at the status alone sees nothing. */
export const graphqlRoute: Route = anywhere("POST /graphql", (call) => {
  refuseAnonymous(call.actor);
  const variables = isJson(call.body["variables"]) ? (call.body["variables"] as Record<string, Value>) : {};
  const operation = parseQuery(text(call.body, "query"), variables);
  if ("error" in operation) return { status: 200, body: { errors: [{ message: operation.error }] } };
  const failures: Failure[] = [];
  const data = select(roots(call)[operation.kind], operation.fields, [], failures);
  return { status: 200, body: { data, ...(failures.length > 0 ? { errors: failures } : {}) } };
});
