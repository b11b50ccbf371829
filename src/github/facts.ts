import type { IssueFacts, Person } from "../core/rules/trigger.ts";

/** What GitHub says of people and issues, in our words: the same for a REST answer and a webhook. */
export type RawUser =
  { readonly login: string; readonly id: number; readonly type?: string | undefined } | null | undefined;

/** A deleted account's texts belong to GitHub's `ghost`. */
const GHOST: Person = { login: "ghost", id: 10137, type: "User" };

export function personOf(user: RawUser): Person {
  return user ? { login: user.login, id: user.id, type: user.type ?? "User" } : GHOST;
}

/** Nobody is behind the account of the deleted ones, and what they once were allowed nobody knows any more. */
export function isNobody(login: string): boolean {
  return login === "" || login.toLowerCase() === GHOST.login;
}

/** GitHub knows one label in whatever case it was created: `Coop` is `coop`. Labels of others stay as they are. */
export function labelName(name: string): string {
  return /^coop(?::|$)/i.test(name) ? name.toLowerCase() : name;
}

type RawIssue = {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly user?: RawUser;
  readonly labels?: readonly (string | { readonly name?: string | undefined })[] | undefined;
  readonly assignees?: readonly RawUser[] | null | undefined;
  readonly pull_request?: unknown;
  readonly locked?: boolean | null | undefined;
};

export function issueFacts(issue: RawIssue): IssueFacts {
  const assignees = (issue.assignees ?? []).map(personOf).filter(({ type }) => type === "User");
  return {
    number: issue.number,
    state: issue.state === "closed" ? "closed" : "open",
    title: issue.title,
    body: issue.body ?? "",
    author: personOf(issue.user),
    labels: (issue.labels ?? []).map((label) => labelName(typeof label === "string" ? label : (label.name ?? ""))),
    ...(assignees.length > 0 ? { assignees: assignees.map(({ login }) => login) } : {}),
    isPullRequest: Boolean(issue.pull_request),
    ...(typeof issue.locked === "boolean" ? { locked: issue.locked } : {}),
  };
}
