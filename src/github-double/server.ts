import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Tokens } from "./auth.ts";
import { LocalCi } from "./ci.ts";
import type { Exchange, LoggedRequest } from "./exchange.ts";
import { Failures } from "./failures.ts";
import { GitHubDouble } from "./double.ts";
import { graphqlRoute } from "./graphql.ts";
import { type Serving, serve } from "./http.ts";
import { Oauth } from "./oauth.ts";
import { RateLimit } from "./rate.ts";
import { Secondary, type SecondaryLimits } from "./secondary-limits.ts";
import { Router } from "./route.ts";
import { appRoutes } from "./routes/apps.ts";
import { checkRoutes } from "./routes/checks.ts";
import { commentRoutes } from "./routes/comments.ts";
import { contentRoutes } from "./routes/contents.ts";
import { gitRoutes } from "./routes/git.ts";
import { hookRoutes } from "./routes/hooks.ts";
import { subIssueRoutes } from "./routes/sub-issues.ts";
import { issueRoutes } from "./routes/issues.ts";
import { pullRoutes } from "./routes/pulls.ts";
import { commitRoute, repositoryRoutes } from "./routes/repositories.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import type { Grants } from "./state.ts";
import { Webhooks } from "./webhooks.ts";
import { World } from "./world.ts";

/** A GitHub on this machine: a stateful model over real git objects behind plain HTTP (see docs/decisions/0002). */
export type ForgeOptions = {
  readonly host?: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly now?: () => Date;
  readonly requestsPerHour?: number;
  /** Secondary limits that are enforced; without it GitHub's own are only counted (`limitsBroken`). */
  readonly secondary?: Partial<SecondaryLimits>;
  readonly onExchange?: (exchange: Exchange) => void;
  /** The App under test; it may do what its manifest (app.yml) asks for unless told otherwise. */
  readonly app?: { readonly slug?: string; readonly permissions?: Grants; readonly events?: readonly string[] };
};

const APP_PERMISSIONS: Grants = {
  checks: "write",
  contents: "write",
  issues: "write",
  metadata: "read",
  pull_requests: "write",
  statuses: "read",
};

const APP_EVENTS = [
  ...["check_run", "check_suite", "delete", "issue_comment", "issues", "pull_request", "pull_request_review"],
  ...["pull_request_review_comment", "pull_request_review_thread", "push", "repository", "status"],
];

const CI_PERMISSIONS: Grants = { checks: "write", contents: "read", metadata: "read" };
/** GitHub's primary limit for an installation. */
const REQUESTS_PER_HOUR = 5_000;

const ROUTES = [
  ...[
    ...appRoutes,
    ...hookRoutes,
    graphqlRoute,
    ...commentRoutes,
    ...issueRoutes,
    ...subIssueRoutes,
    ...reviewRoutes,
    ...pullRoutes,
  ],
  ...[...checkRoutes, ...gitRoutes, ...contentRoutes, ...repositoryRoutes, commitRoute],
];

/** Every operation that is served, as GitHub's description names it. */
export const OPERATIONS: readonly { readonly method: string; readonly template: string }[] = ROUTES;

export async function startForge(options: ForgeOptions = {}): Promise<GitHubDouble> {
  const world = new World(options.now ?? (() => new Date()));
  const log: LoggedRequest[] = [];
  const tokens = new Tokens(world);
  const serving: Serving = {
    oauth: new Oauth(world, tokens),
    ...{ world, log, tokens, webhooks: new Webhooks(world), router: new Router(ROUTES) },
    ...{ rate: new RateLimit(world, options.requestsPerHour ?? REQUESTS_PER_HOUR), failures: new Failures() },
    secondary: new Secondary(options.secondary ?? null),
    onExchange: options.onExchange ?? (() => {}),
  };
  const { stop, url } = await listen(serving, options.host ?? "127.0.0.1", options.port ?? 0);
  world.url = url;
  const app = world.addApp({
    slug: options.app?.slug ?? "coop",
    permissions: options.app?.permissions ?? APP_PERMISSIONS,
    events: options.app?.events ?? APP_EVENTS,
  });
  const ciApp = world.addApp({ slug: "local-ci", permissions: CI_PERMISSIONS, events: [] });
  return new GitHubDouble({ ...serving, ci: new LocalCi(world, ciApp), app, ciApp, stop });
}

async function listen(serving: Serving, host: string, port: number) {
  const server = createServer((request, response) => void serve(serving, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { stop, url: `http://${host}:${(server.address() as AddressInfo).port}` };
}
