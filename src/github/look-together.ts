import type { Check, Forge, PullFacts, Together, Wanted } from "../forge/forge.ts";
import type { IssueFacts, Person } from "../core/rules/trigger.ts";
import { begunByOthers, checkOfStatus, isDecided, nameOf, type RawSuite, redRuns, verdicts } from "./check-verdicts.ts";
import type { Client } from "./client.ts";
import { labelName } from "./facts.ts";
import { graphqlParts } from "./graphql.ts";

/**
 * One question in place of five. It answers what is plainly there; whatever is missing, odd, refused or too much for one page is left
 * out, and is then asked through REST, which tells "gone", "moved" and "not allowed" apart.
 */
export function lookTogether(client: Client): Forge["lookTogether"] {
  return async (wanted) => {
    const asked = Object.keys(PARTS).filter((name) => wanted[name as keyof Wanted] !== undefined) as (keyof Wanted)[];
    const { owner, repo } = client.at;
    const variables = Object.fromEntries(asked.map((name) => [name, variableOf(name, wanted)]));
    const raw = await graphqlParts<Raw>(client, "looking at the repository", queryOf(asked), {
      ...{ owner, repo, ...variables },
    });
    // A repository with a new name answers to its old one.
    if (!raw || raw.nameWithOwner.toLowerCase() !== `${owner}/${repo}`.toLowerCase()) return {};
    return seenIn(raw, (await client.identity()).appId);
  };
}

const ACTOR = "login __typename ... on User { databaseId } ... on Bot { databaseId }";
const SUITES = `checkSuites(first: 100) { totalCount nodes { databaseId status app { databaseId slug name }
  checkRuns(first: 100, filterBy: { checkType: ALL }) { totalCount nodes { databaseId name status conclusion title } } } }`;

const PARTS: { readonly [K in keyof Required<Wanted>]: { readonly type: string; readonly query: string } } = {
  issue: {
    type: "Int!",
    query: `issue(number: $issue) { number state locked title body author { ${ACTOR} }
      labels(first: 100) { totalCount nodes { name } } repository { nameWithOwner } }`,
  },
  pull: {
    type: "Int!",
    query: `pullRequest(number: $pull) { number state locked merged mergeCommit { oid } mergedBy { ${ACTOR} } isDraft title body
      author { ${ACTOR} } headRefOid headRefName isCrossRepository baseRefName baseRefOid mergeable }`,
  },
  branch: { type: "String!", query: "ref(qualifiedName: $branch) { target { oid } }" },
  beside: { type: "String!", query: "beside: ref(qualifiedName: $beside) { target { oid } }" },
  checks: {
    type: "GitObjectID!",
    query: `checks: object(oid: $checks) { ... on Commit { ${SUITES} status { contexts { context state description } } } }`,
  },
  checkers: { type: "GitObjectID!", query: `checkers: object(oid: $checkers) { ... on Commit { ${SUITES} } }` },
};

function queryOf(asked: readonly (keyof Wanted)[]): string {
  const types = asked.map((name) => `, $${name}: ${PARTS[name].type}`).join("");
  const parts = asked.map((name) => PARTS[name].query).join("\n");
  return `query ($owner: String!, $repo: String!${types}) { repository(owner: $owner, name: $repo) { nameWithOwner\n${parts} } }`;
}

function variableOf(name: keyof Wanted, wanted: Wanted): unknown {
  return name === "branch" || name === "beside" ? `refs/heads/${wanted[name]}` : wanted[name];
}

type Actor = { readonly login: string; readonly __typename: string; readonly databaseId?: number | null } | null;
/** By GitHub's schema a list, and each thing in it, may be null: what the App may not see, or what failed. */
type List<T> = { readonly totalCount: number; readonly nodes: readonly (T | null)[] | null } | null;
type Run = {
  readonly databaseId: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
};
type Suite = {
  readonly databaseId: number;
  readonly status: string;
  readonly app: { readonly databaseId: number; readonly slug: string; readonly name: string } | null;
  readonly checkRuns: List<Run>;
};
type Commit = {
  readonly checkSuites: List<Suite>;
  readonly status?: {
    readonly contexts: readonly {
      readonly context: string;
      readonly state: string;
      readonly description: string | null;
    }[];
  } | null;
};
type Raw = {
  readonly nameWithOwner: string;
  readonly issue?: {
    readonly number: number;
    readonly state: string;
    readonly locked: boolean;
    readonly title: string;
    readonly body: string;
    readonly author: Actor;
    readonly labels: List<{ readonly name: string }>;
    readonly repository: { readonly nameWithOwner: string };
  } | null;
  readonly pullRequest?: {
    readonly number: number;
    readonly state: "OPEN" | "CLOSED" | "MERGED";
    readonly locked: boolean;
    readonly merged: boolean;
    readonly mergeCommit: { readonly oid: string } | null;
    readonly mergedBy: Actor;
    readonly isDraft: boolean;
    readonly title: string;
    readonly body: string;
    readonly author: Actor;
    readonly headRefOid: string;
    readonly headRefName: string;
    readonly isCrossRepository: boolean;
    readonly baseRefName: string;
    readonly baseRefOid: string;
    readonly mergeable: "MERGEABLE" | "CONFLICTING" | "UNKNOWN";
  } | null;
  readonly ref?: { readonly target: { readonly oid: string } | null } | null;
  readonly beside?: { readonly target: { readonly oid: string } | null } | null;
  readonly checks?: Commit | null;
  readonly checkers?: Commit | null;
};

function seenIn(raw: Raw, appId: number): Together {
  const issue = issueOf(raw);
  const pull = pullOf(raw);
  const checks = raw.checks && checksOf(raw.checks, appId);
  const checkers = raw.checkers && suitesOf(raw.checkers, appId);
  return {
    ...(issue ? { issue } : {}),
    ...(pull ? { pull } : {}),
    ...(raw.ref?.target ? { branch: raw.ref.target.oid } : {}),
    ...(raw.beside?.target ? { beside: raw.beside.target.oid } : {}),
    ...(checks ? { checks } : {}),
    ...(checkers ? { checkers: [...new Set(checkers.begun.map(nameOf))] } : {}),
  };
}

/** In GraphQL an App's login lacks the `[bot]` that it has everywhere else. A deleted account is nobody. */
function personOf(actor: Actor): Person | null {
  if (!actor || typeof actor.databaseId !== "number") return null;
  const isBot = actor.__typename === "Bot";
  return { login: isBot ? `${actor.login}[bot]` : actor.login, id: actor.databaseId, type: isBot ? "Bot" : "User" };
}

function issueOf({ nameWithOwner, issue }: Raw): IssueFacts | null {
  const author = issue ? personOf(issue.author) : null;
  const known = issue ? wholeOf(issue.labels) : null;
  if (!issue || !author || !known) return null;
  if (issue.repository.nameWithOwner !== nameWithOwner) return null;
  const { number, title, body, locked } = issue;
  const labels = known.map(({ name }) => labelName(name));
  return {
    number,
    title,
    body,
    author,
    labels,
    locked,
    state: issue.state === "OPEN" ? "open" : "closed",
    isPullRequest: false,
  };
}

function pullOf({ pullRequest: pull }: Raw): PullFacts | null {
  const author = pull ? personOf(pull.author) : null;
  if (!pull || !author) return null;
  const { number, title, body, merged, locked } = pull;
  return {
    ...{ number, title, body, merged, locked, author, draft: pull.isDraft },
    state: pull.state === "OPEN" ? "open" : "closed",
    mergedSha: merged ? (pull.mergeCommit?.oid ?? null) : null,
    mergedBy: personOf(pull.mergedBy)?.login ?? null,
    ...{ headSha: pull.headRefOid, headBranch: pull.headRefName, headIsOurs: !pull.isCrossRepository },
    ...{ baseBranch: pull.baseRefName, baseSha: pull.baseRefOid },
    mergeable: pull.mergeable === "UNKNOWN" ? null : pull.mergeable === "MERGEABLE",
  };
}

/** @returns null when the list is not all there */
function wholeOf<T>(list: List<T>): readonly T[] | null {
  const nodes = list?.nodes?.filter((one) => one !== null) ?? [];
  return list && list.totalCount <= nodes.length ? nodes : null;
}

/** @returns null when one page does not hold them all */
function suitesOf({ checkSuites }: Commit, appId: number): { all: readonly Suite[]; begun: RawSuite[] } | null {
  const all = wholeOf(checkSuites);
  if (!all) return null;
  const raw = all.map((one): RawSuite => {
    const app = one.app && { id: one.app.databaseId, slug: one.app.slug, name: one.app.name };
    const { databaseId: id, status, checkRuns } = one;
    return { id, status: status.toLowerCase(), latest_check_runs_count: checkRuns?.totalCount ?? 1, app };
  });
  return { all, begun: begunByOthers(appId, raw) };
}

function checksOf(commit: Commit, appId: number): Check[] | null {
  const suites = suitesOf(commit, appId);
  if (!suites || suites.all.some(({ checkRuns }) => !wholeOf(checkRuns))) return null;
  const runs = suites.all.flatMap(({ databaseId, app, checkRuns }) =>
    (wholeOf(checkRuns) ?? []).map((one) => ({
      ...{ id: one.databaseId, name: one.name, status: one.status.toLowerCase() },
      conclusion: one.conclusion?.toLowerCase() ?? null,
      app: app && { id: app.databaseId },
      ...{ check_suite: { id: databaseId }, output: { title: one.title } },
    })),
  );
  // What a red run says about the code is asked through REST.
  if (redRuns(appId, runs).length > 0) return null;
  const checks = verdicts(appId, runs, suites.begun);
  if (isDecided(checks)) return checks;
  const statuses = commit.status?.contexts ?? [];
  return [...checks, ...statuses.map((one) => checkOfStatus({ ...one, state: one.state.toLowerCase() }))];
}
