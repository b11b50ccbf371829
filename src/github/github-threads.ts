import { setTimeout as sleep } from "node:timers/promises";
import type { Permission } from "../core/rules/heard.ts";
import { type Forge, ForgeAway, type ThreadComment } from "../forge/forge.ts";
import type { AppIdentity } from "../forge/forge-app.ts";
import { labelActs } from "./labels.ts";
import type { Client } from "./client.ts";
import { type EpicActs, epicActs } from "./github-epics.ts";
import { issueFacts, isNobody, personOf, type RawUser } from "./facts.ts";
import { pagesFromLast } from "./pages.ts";
import { ask, find, must, refused } from "./wire.ts";
import { jittered } from "../core/rules/jitter.ts";

type ThreadActs = Pick<
  Forge,
  | "issue"
  | "permission"
  | "comments"
  | "reviews"
  | "inlineComments"
  | "inlineReplies"
  | "comment"
  | "editComment"
  | "removeComment"
  | "review"
  | "replyInline"
  | "react"
  | "createLabel"
  | "addLabel"
  | "removeLabel"
> &
  EpicActs;

type Reading = Pick<ThreadActs, "issue" | "permission" | "comments" | "reviews" | "inlineComments" | "inlineReplies">;

/** Deleted, moved away, or taken down. */
const ENDED: ReadonlySet<number> = new Set([301, 410, 451]);

/** 100 a page. A thread of more than 3,000 comments is no conversation any more; its newest are left out. */
const COMMENT_PAGES_MAX = 30;

/** Reading and writing what people read: issue, comments, reviews and labels. */
export function threadActs(client: Client): ThreadActs {
  return { ...reading(client), ...writing(client), ...epicActs(client) };
}

function reading({ rest, at, identity, readRetryMs }: Client): Reading {
  return {
    issue: readIssue({ rest, at }),
    permission: permission({ rest, at, readRetryMs }),
    async comments(issueNumber) {
      const list = await pagesFromLast("reading the comments", COMMENT_PAGES_MAX, (page) =>
        rest.rest.issues.listComments({ ...at, issue_number: issueNumber, ...page }),
      );
      const app = await identity();
      return list.map((one) => threadComment(one, "comment", app));
    },
    async reviews(pullNumber) {
      const list = await pagesFromLast("reading the reviews", COMMENT_PAGES_MAX, (page) =>
        rest.rest.pulls.listReviews({ ...at, pull_number: pullNumber, ...page }),
      );
      const app = await identity();
      return list.map((one) => threadComment(one, "review", app));
    },
    async inlineComments(pullNumber, reviewId) {
      const where = { ...at, pull_number: pullNumber, review_id: reviewId };
      const list = await pagesFromLast("reading a review's comments", COMMENT_PAGES_MAX, (page) =>
        rest.rest.pulls.listCommentsForReview({ ...where, ...page }),
      );
      return list.map(({ id, path, line, original_line, body, created_at, updated_at }) => ({
        ...{ id, path, line: line ?? original_line ?? null, text: body },
        edited: created_at !== updated_at,
      }));
    },
    async inlineReplies(pullNumber) {
      const list = await pagesFromLast("reading the review comments", COMMENT_PAGES_MAX, (page) =>
        rest.rest.pulls.listReviewComments({ ...at, pull_number: pullNumber, ...page }),
      );
      const app = await identity();
      return list
        .filter((one) => appIdOf(one, app) === app.appId)
        .flatMap(({ id, in_reply_to_id: inReplyTo }) => (inReplyTo === undefined ? [] : [{ id, inReplyTo }]));
    },
  };
}

/**
 * GitHub leads from a transferred issue to the new one, in another repository, just as it leads from a renamed repository to
 * its new name. Only the first is gone: there our token and the ticket's number count for nothing.
 */
function readIssue({ rest, at }: Pick<Client, "rest" | "at">): ThreadActs["issue"] {
  return async (number) => {
    const answer = await ask("reading the issue", rest.rest.issues.get({ ...at, issue_number: number }));
    if (!answer.ok && ENDED.has(answer.status)) return "gone";
    // One 404 ends nothing: GitHub also gives it while an installation changes, and for a moment after a write.
    if (!answer.ok)
      throw new ForgeAway(`GitHub did not show issue ${number}: ${answer.reason}`, null, "not-done", "refused");
    const issue = answer.data;
    const where = /\/repos\/([^/]+\/[^/]+)$/.exec(issue.repository_url)?.[1]?.toLowerCase();
    if (where === undefined || where === `${at.owner}/${at.repo}`.toLowerCase()) return issueFacts(issue);
    const repository = await find("reading the repository", rest.rest.repos.get({ ...at }));
    return repository !== "gone" && repository.full_name.toLowerCase() === where ? issueFacts(issue) : "gone";
  };
}

function writing(client: Client): Omit<ThreadActs, keyof Reading | keyof EpicActs> {
  const { rest, at, body } = client;
  return {
    async comment(issueNumber, text, calls) {
      const request = rest.rest.issues.createComment({ ...at, issue_number: issueNumber, body: body(text, calls) });
      return created(await must("writing a comment", request));
    },
    async editComment(id, text, calls) {
      const request = rest.rest.issues.updateComment({ ...at, comment_id: id, body: body(text, calls) });
      return (await find("editing a comment", request)) === "gone" ? "gone" : "edited";
    },
    async removeComment(id) {
      await find("removing a comment", rest.rest.issues.deleteComment({ ...at, comment_id: id }), "nothing");
    },
    async review(pullNumber, review) {
      const comments = review.comments.map(({ startLine, path, line, ...one }) => ({
        ...{ path, line, side: "RIGHT", body: body(one.body) },
        ...(startLine === undefined ? {} : { start_line: startLine, start_side: "RIGHT" }),
      }));
      const write = (said: string, where: { commit_id?: string; comments?: typeof comments }) =>
        rest.rest.pulls.createReview({
          ...at,
          pull_number: pullNumber,
          // Never APPROVE or REQUEST_CHANGES: GitHub refuses both on one's own pull request.
          event: "COMMENT",
          body: body(said, review.calls),
          ...where,
        });
      const answer = await ask("writing a review", write(review.body, { commit_id: review.headSha, comments }));
      if (answer.ok) return created(answer.data);
      // Taken whole or not at all: somebody forced another history upon the branch, or GitHub shows no diff of a file of this size.
      // Then the body holds the findings: nothing later could be published before it.
      if (answer.status !== 422) throw refused("writing a review", answer);
      return created(await must("writing a review", write(review.alone ?? review.body, {})));
    },
    async replyInline(pullNumber, inReplyTo, text) {
      const where = { ...at, pull_number: pullNumber, comment_id: inReplyTo };
      const request = rest.rest.pulls.createReplyForReviewComment({ ...where, body: body(text) });
      const answer = await find("answering a review comment", request);
      return answer === "gone" ? "gone" : created(answer);
    },
    async react({ place, id }, content) {
      const request =
        place === "inline"
          ? rest.rest.reactions.createForPullRequestReviewComment({ ...at, comment_id: id, content })
          : rest.rest.reactions.createForIssueComment({ ...at, comment_id: id, content });
      await must("putting a sign below a comment", request);
    },
    ...labelActs(client),
    async removeLabel(issueNumber, label) {
      const answer = await ask(
        "removing a label",
        rest.rest.issues.removeLabel({ ...at, issue_number: issueNumber, name: label }),
      );
      // A label that is not there is what was asked for.
      if (!answer.ok && answer.status !== 404)
        throw new ForgeAway(`GitHub refused to remove a label: ${answer.reason}`, null, "not-done", "refused");
    },
  };
}

function created(answer: { id: number }): { id: number } {
  return { id: answer.id };
}

type RawComment = {
  readonly id: number;
  readonly body?: string | null | undefined;
  readonly user?: RawUser;
  readonly performed_via_github_app?: { readonly id?: number } | null | undefined;
  readonly created_at?: string | undefined;
  readonly updated_at?: string | undefined;
  readonly submitted_at?: string | undefined;
};

export function threadComment(raw: RawComment, place: "comment" | "review", app: AppIdentity): ThreadComment {
  const createdAt = raw.created_at ?? raw.submitted_at ?? "";
  return {
    id: raw.id,
    place,
    body: raw.body ?? "",
    author: personOf(raw.user),
    appId: appIdOf(raw, app),
    createdAt,
    edited: raw.updated_at !== undefined && raw.updated_at !== createdAt,
  };
}

/**
 * Reviews do not say which App wrote them. Then the login decides, but only together with the type: people cannot have
 * the type Bot, and GitHub gives `slug[bot]` to the App of that slug alone.
 */
function appIdOf(raw: RawComment, app: AppIdentity): number | null {
  if (typeof raw.performed_via_github_app?.id === "number") return raw.performed_via_github_app.id;
  return raw.user?.type === "Bot" && app.slug !== "" && raw.user.login === `${app.slug}[bot]` ? app.appId : null;
}

function permission({ rest, at, readRetryMs }: Pick<Client, "rest" | "at" | "readRetryMs">): Reading["permission"] {
  const look = async (username: string, id: number | undefined): Promise<Permission | null> => {
    try {
      const { data } = await rest.rest.repos.getCollaboratorPermissionLevel({ ...at, username });
      // An answer that a proxy gave, or half of one, says nothing of anybody.
      if (typeof data?.permission !== "string") return null;
      // Whoever spoke may have another name by now, and somebody else theirs.
      if (id !== undefined && data.user?.id !== id) return "unknown";
      return permissionOf(data.permission, data.role_name);
    } catch {
      return null;
    }
  };
  return async (login, id) => {
    if (isNobody(login)) return "unknown";
    const first = await look(login, id);
    if (first) return first;
    // One poor answer is no reason to send somebody away. Whatever goes wrong twice, nobody gets a right by it.
    await sleep(jittered(readRetryMs, Math.random()));
    return (await look(login, id)) ?? "unknown";
  };
}

/** `permission` folds `maintain` into `write` and `triage` into `read`; the role's name tells them apart. */
function permissionOf(permission: string, role: string | undefined): Permission {
  if ((role === "maintain" && permission === "write") || (role === "triage" && permission === "read")) return role;
  const known = ["admin", "write", "read", "none"] as const;
  return known.find((one) => one === permission) ?? "unknown";
}
