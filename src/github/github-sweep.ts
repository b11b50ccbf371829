import type { IssueFacts } from "../core/rules/trigger.ts";
import type {
  ChangedThing,
  DeliveryPage,
  FailedDelivery,
  ForgeApp,
  Objection,
  Reading,
  RecentComment,
  RepositoryAccess,
  Since,
} from "../forge/forge-app.ts";
import { deliveryPage, deliveryPayload } from "./delivery-record.ts";
import { issueFacts, personOf } from "./facts.ts";
import { threadComment } from "./github-threads.ts";
import type { Client, Rest } from "./client.ts";
import { pages, PER_PAGE } from "./pages.ts";
import { must } from "./wire.ts";

type SweepActs = Omit<ForgeApp, "forRepository" | "identity" | "guard" | "redact" | "counters">;

/** 3,000 installations, repositories or labelled issues: far beyond one server's work, and an end to the loop. */
const LIST_PAGES_MAX = 30;
/** 1,000 of a kind in one question; changes are read from the oldest on, and the rest comes next time. */
const SWEEP_PAGES_MAX = 10;
/**
 * 20,000 deliveries: three days of an App with one in 13 seconds, and an end to the loop. It takes 200 of the App's 5,000 requests an
 * hour, after a start only; later sweeps read from the one before on.
 */
const DELIVERY_PAGES_MAX = 200;
/** Of those who put a sign below one comment: a page. */
const PEOPLE_READ_MAX = 100;

/** Finds what no webhook told: installations, labelled issues, recent comments, deliveries that failed. */
export function sweepActs(
  app: Rest,
  restOf: (installationId: number) => Rest,
  clientFor: (repository: RepositoryAccess) => Client,
): SweepActs {
  return {
    async installations() {
      const list = await pages("listing the installations", LIST_PAGES_MAX, (page) =>
        app.rest.apps.listInstallations(page),
      );
      return list.map((one) => ({
        id: one.id,
        account: accountName(one.account),
        state: one.suspended_at ? "suspended" : "active",
      }));
    },
    async repositories(installationId) {
      const rest = restOf(installationId);
      const list = await pages("listing the repositories", LIST_PAGES_MAX, async (page) => {
        const answer = await rest.rest.apps.listReposAccessibleToInstallation(page);
        return { ...answer, data: answer.data.repositories };
      });
      return list.map((one) => ({
        forge: { kind: "github", installationId, repositoryId: one.id },
        ...{ owner: one.owner.login, name: one.name },
        // A server that does not count is asked.
        hasOpen: one.open_issues_count !== 0,
      }));
    },
    async openIssuesWithLabels({ owner, name: repo, forge }, labels) {
      if (forge.kind !== "github") return [];
      const rest = restOf(forge.installationId);
      // Nearly all repositories have never had a ticket, and so none of these labels.
      const known = await pages("listing the labels", LIST_PAGES_MAX, (page) =>
        rest.rest.issues.listLabelsForRepo({ owner, repo, ...page }),
      );
      const wanted = labels.filter((label) => known.some(({ name }) => name.toLowerCase() === label.toLowerCase()));
      const found = new Map<number, IssueFacts>();
      for (const label of wanted) {
        const filter = { owner, repo, labels: label, state: "open" } as const;
        const list = await pages("listing the labelled issues", LIST_PAGES_MAX, (page) =>
          rest.rest.issues.listForRepo({ ...filter, ...page }),
        );
        for (const one of list) found.set(one.number, issueFacts(one));
      }
      return [...found.values()];
    },
    recentComments: (repository, sinceIso) => recentComments(clientFor(repository), sinceIso),
    objections: (repository, ...asked) => objections(clientFor(repository), ...asked),
    changedSince: ({ owner, name, forge }, since) =>
      forge.kind === "github"
        ? changedSince(restOf(forge.installationId), { owner, repo: name }, since)
        : Promise.resolve({ found: [], mark: null }),
    deliveryPage: (cursor) => deliveryPage(app, cursor),
    deliveryPayload: (delivery) => deliveryPayload(app, delivery),
    failedDeliveries: (sinceIso) => failedDeliveries(app, sinceIso),
    async redeliver(deliveryId) {
      await must("asking for a redelivery", app.rest.apps.redeliverWebhookDelivery({ delivery_id: deliveryId }));
    },
  };
}

/** An enterprise has a name where people and organisations have a login. */
function accountName(account: { login?: string; name?: string | null } | null): string {
  return account?.login ?? account?.name ?? "";
}

/**
 * To the end, however many there are: what is left out here would never be read, because the next sweep asks from later on. Each page
 * is asked for from the last comment of the one before on: whatever is edited or deleted meanwhile would push one past the edge
 * of pages that are counted.
 */
async function recentComments({ rest, at, identity }: Client, sinceIso: string): Promise<RecentComment[]> {
  const known = await identity();
  const found = new Map<number, RecentComment>();
  let [since, page] = [sinceIso, 1];
  for (;;) {
    const filter = { ...at, since, sort: "updated", direction: "asc", page, per_page: PER_PAGE } as const;
    const list = await must("reading recent comments", rest.rest.issues.listCommentsForRepo(filter));
    for (const one of list) {
      const issueNumber = Number(/\/(\d+)$/.exec(one.issue_url)?.[1] ?? 0);
      found.set(one.id, { ...threadComment(one, "comment", known), issueNumber });
    }
    if (list.length < PER_PAGE) return [...found.values()];
    const last = list.at(-1)?.updated_at ?? since;
    const isLater = Date.parse(last) > Date.parse(since);
    // More than a page of one second has to be counted after all.
    page = isLater ? 1 : page + 1;
    if (isLater) since = last;
  }
}

type AskedAbout = Parameters<ForgeApp["objections"]>[3];

async function objections(
  client: Client,
  since: Since,
  most: number,
  isAskedAbout: AskedAbout,
): Promise<Reading<Objection>> {
  const { rest, at, identity } = client;
  const newest = { ...at, since: since.iso, sort: "created", direction: "desc" } as const;
  const list = await unlessSeen(since, "reading recent inline comments", (page) =>
    rest.rest.pulls.listReviewCommentsForRepo({ ...newest, ...page }),
  );
  if (list === "unchanged") return list;
  const app = await identity();
  const objected = list.found.filter(
    (one) => (one.reactions?.["-1"] ?? 0) > 0 && threadComment(one, "comment", app).appId === app.appId,
  );
  const found: Objection[] = [];
  let looked = 0;
  for (const { id, body, pull_request_url } of objected) {
    const pullNumber = Number(/\/(\d+)$/.exec(pull_request_url)?.[1] ?? 0);
    const about = { pullNumber, headline: body.split("\n")[0] ?? "" };
    if (looked >= most || !(await isAskedAbout(about))) continue;
    looked += 1;
    const asked = { ...at, comment_id: id, content: "-1", per_page: PEOPLE_READ_MAX } as const;
    const signs = await must("reading reactions", rest.rest.reactions.listForPullRequestReviewComment(asked));
    for (const { user } of signs)
      if (user?.type === "User") found.push({ ...about, commentId: id, by: personOf(user) });
  }
  // Whoever could not be asked about, or came behind the last one looked at, is asked about again.
  return { found, mark: objected.length === 0 ? list.mark : null };
}

/** Nothing differs from what was seen. */
class Unchanged extends Error {}

/**
 * A list whose first page tells whether anything in it differs: with the mark of that page it costs nothing of GitHub's limit while
 * all is as it was. A longer list has no mark: a change far behind would not be seen.
 */
async function unlessSeen<T>(
  { seen }: Since,
  what: string,
  load: (page: Parameters<Parameters<typeof pages<T>>[2]>[0] & Asked) => Promise<Listed<T>>,
): Promise<{ readonly found: T[]; readonly mark: string | null } | "unchanged"> {
  let mark: string | null = null;
  let isFirst = true;
  try {
    const found = await pages(what, SWEEP_PAGES_MAX, async (page) => {
      if (!isFirst) mark = null;
      const asked = isFirst && seen !== null ? { ...page, headers: { "if-none-match": seen } } : page;
      const answer = await load(asked).catch((error: unknown) => {
        throw (error as { status?: unknown }).status === NOT_MODIFIED ? new Unchanged() : error;
      });
      if (isFirst) mark = answer.headers.etag ?? null;
      isFirst = false;
      return answer;
    });
    return { found, mark };
  } catch (error) {
    if (error instanceof Unchanged) return "unchanged";
    throw error;
  }
}

const NOT_MODIFIED = 304;
type Asked = { readonly headers?: { readonly "if-none-match": string } };
type Listed<T> = Awaited<ReturnType<Parameters<typeof pages<T>>[2]>> & { readonly headers: { readonly etag?: string } };

/** The list is newest first and pages by cursor; one delivery appears once for each attempt. */
async function failedDeliveries(app: Rest, sinceIso: string): Promise<FailedDelivery[]> {
  const healed = new Set<string>();
  const failed = new Map<string, FailedDelivery>();
  let cursor: string | null = null;
  for (let page = 0; page < DELIVERY_PAGES_MAX; page += 1) {
    const { deliveries, next }: DeliveryPage = await deliveryPage(app, cursor);
    for (const { id, guid, event, deliveredAt, answered } of deliveries) {
      if (deliveredAt < sinceIso) continue;
      if (answered === "well") healed.add(guid);
      else if (!failed.has(guid)) failed.set(guid, { id, guid, event, deliveredAt });
    }
    const oldest = deliveries.at(-1)?.deliveredAt;
    if (!next || !oldest || oldest < sinceIso) break;
    cursor = next;
  }
  return [...failed.values()].filter((one) => !healed.has(one.guid));
}

/** GitHub lists pull requests among the issues. */
async function changedSince(
  { rest }: Rest,
  place: { readonly owner: string; readonly repo: string },
  since: Since,
): Promise<Reading<ChangedThing>> {
  const filter = { ...place, since: since.iso, state: "all", sort: "updated", direction: "asc" } as const;
  const list = await unlessSeen(since, "listing what changed", (page) =>
    rest.issues.listForRepo({ ...filter, ...page }),
  );
  if (list === "unchanged") return list;
  const found = list.found.map((one) => ({
    number: one.number,
    is: one.pull_request ? ("pull" as const) : ("issue" as const),
    updatedAt: one.updated_at,
  }));
  return { found, mark: list.mark };
}
