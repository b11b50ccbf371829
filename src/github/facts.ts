import type { IssueFacts, Person } from "../core/rules/trigger.ts";

/** What GitHub says of people and issues, in our words: the same for a REST answer and a webhook. */
export type RawUser =
  { readonly login: string; readonly id: number; readonly type?: string | undefined } | null | undefined;

/** A deleted account's texts belong to GitHub's `ghost`. */
export function personOf(user: RawUser): Person {
  return user
    ? { login: user.login, id: user.id, type: user.type ?? "User" }
    : { login: "ghost", id: 10137, type: "User" };
}

type RawIssue = {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly user?: RawUser;
  readonly labels?: readonly (string | { readonly name?: string | undefined })[] | undefined;
  readonly pull_request?: unknown;
};

export function issueFacts(issue: RawIssue): IssueFacts {
  return {
    number: issue.number,
    state: issue.state === "closed" ? "closed" : "open",
    title: issue.title,
    body: issue.body ?? "",
    author: personOf(issue.user),
    labels: (issue.labels ?? []).map((label) => (typeof label === "string" ? label : (label.name ?? ""))),
    isPullRequest: Boolean(issue.pull_request),
  };
}
