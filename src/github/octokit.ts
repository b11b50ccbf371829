import { createAppAuth } from "@octokit/auth-app";
import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";
import { guardText } from "../hygiene/redact.ts";
import type { Blobs } from "../trees/tree.ts";
import { ConditionalCache } from "./conditional.ts";
import type { Forge } from "../forge/forge.ts";
import type { ForgeApp, RepositoryAccess } from "../forge/forge-app.ts";
import type { Client, Rest } from "./client.ts";
import { checkActs } from "./github-checks.ts";
import { commitActs } from "./github-commits.ts";
import { pullActs } from "./github-pulls.ts";
import { sweepActs } from "./github-sweep.ts";
import { lookTogether } from "./look-together.ts";
import { settleThreads } from "./review-threads.ts";
import { threadActs } from "./github-threads.ts";
import { calling, guardBody, type GuardOptions, guardPlain, guardVisible } from "../hygiene/outgoing.ts";
import { SecretShelf } from "../hygiene/secret-shelf.ts";
import { snapshotReader } from "./source-tree.ts";
import { gates, type GateSettings, OPEN_GATE, type PaceGate } from "./pace-gate.ts";
import { createsContent, pacing } from "./pacing.ts";
import { Places } from "./places.ts";
import { Rights } from "./rights.ts";
import { addressed, authorise, type Before, installationTokens, repositoryTokens, type TokenSource, whereNow } from "./tokens.ts"; // prettier-ignore
import { must } from "./wire.ts";
import type { RepositoryPlace } from "../core/ledger/forge-ref.ts";

/**
 * The client of GitHub's REST API. It repeats reads, never writes: after a 502 a comment may stand already, so whoever
 * asked looks first. It waits a few seconds for a rate limit and hands longer waits back to the queue.
 */
const CoopOctokit = Octokit.plugin(
  (rest, { gate }) => pacing(rest, (gate as PaceGate | undefined) ?? OPEN_GATE),
  retry,
);

export type GitHubOptions = {
  readonly appId: number;
  readonly privateKey: string;
  /** REST base: `https://api.github.com`, or `https://host/api/v3` on an Enterprise server. */
  readonly baseUrl: string;
  /** How fast GitHub may be asked, by all workers together; null for a server without limits. */
  readonly pace: GateSettings | null;
  readonly blobs: Blobs;
  /** Everything this server must never send out: keys, webhook secret, database URL. The App's key is added. */
  readonly secrets: readonly string[];
  /** May a comment notify this login? Default: nobody is called. */
  readonly mayMention?: (login: string) => boolean;
  /** Hosts whose links stay links besides GitHub's own: the dashboard's. */
  readonly linkHosts?: readonly string[];
  /** Wait before a read is repeated; grows with the square of the attempt. Default 1,000. */
  readonly readRetryMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: Log;
  /** Told of a repository that is elsewhere than it was said to be: another name, owner or installation. */
  readonly onMoved?: (place: RepositoryPlace) => void;
  readonly onRequest?: (request: { method: string; path: string; status: number | null }) => void;
};

type Line = (message: string, ...more: unknown[]) => unknown;
export type Log = { readonly info: Line; readonly warn: Line; readonly error: Line };

const READ_RETRIES = 2;
/** GitHub itself gives up after 10 s; tarballs of large repositories begin late. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Least rights that do the work. There is no `workflows`: GitHub itself then refuses changes of CI. */
const PERMISSIONS = {
  contents: "write",
  issues: "write",
  pull_requests: "write",
  checks: "write",
  statuses: "read",
  metadata: "read",
} as const;
/** For the sweep, which only looks. */
const LISTING = { permissions: { metadata: "read", issues: "read" } } as const;

/** Connects as the App. Nothing is sent before the first call. */
export function connectGitHub(options: GitHubOptions): ForgeApp {
  const counters = { restRequests: 0, contentCreating: 0 };
  const shelf = new SecretShelf([...options.secrets, options.privateKey]);
  const common = clientOptions(options, counters);
  const gate = gates(options.pace);
  const app = new CoopOctokit({
    ...common,
    gate: gate(`app-${options.appId}`),
    authStrategy: createAppAuth,
    auth: { appId: options.appId, privateKey: options.privateKey },
  });
  writesDoNotRepeat(app);
  const identity = once(async () => {
    const known = await must("asking who the App is", app.rest.apps.getAuthenticated());
    return { slug: known?.slug ?? "", appId: known?.id ?? options.appId };
  });
  const onMoved = options.onMoved ?? (() => undefined);
  const places = new Places(onMoved);
  places.attach(app);
  const rights = new Rights();
  const connect = (installationId: number, tokenOf: TokenSource, before: Before): Rest => {
    const rest = new CoopOctokit({ ...common, gate: gate(`installation-${installationId}`) });
    writesDoNotRepeat(rest);
    const shelved: TokenSource = async (refresh) => {
      const token = await tokenOf(refresh);
      shelf.add(token);
      return token;
    };
    authorise(rest, shelved, before);
    answerFromMemory(rest, new ConditionalCache());
    return rest;
  };
  const listing = (id: number) => connect(id, installationTokens(app, id, LISTING), async () => undefined);
  const guard: Omit<GuardOptions, "secrets"> = {
    mayMention: options.mayMention ?? (() => false),
    linkHosts: [webHost(options.baseUrl), ...(options.linkHosts ?? [])],
  };
  const clientFor = ({ owner, name, forge }: RepositoryAccess): Client => {
    if (forge.kind !== "github") throw new Error(`${owner}/${name} is not on GitHub (${forge.kind})`);
    const { installationId, repositoryId } = forge;
    const place = { owner, name, installationId, repositoryId };
    places.learn(repositoryId, place);
    return {
      rest: connect(
        installationId,
        repositoryTokens({ app, places, rights, onMoved }, place, PERMISSIONS),
        addressed(places, repositoryId),
      ),
      at: whereNow(places, place),
      missing: () => rights.missing(repositoryId),
      identity,
      body: (markdown, calls = []) => guardBody(markdown, { ...calling(guard, calls), secrets: shelf.values() }).text,
      line: (text) => guardPlain(text, { ...guard, secrets: shelf.values() }).text,
      secrets: () => shelf.values(),
    };
  };
  return {
    forRepository: (repository) => gitHub(clientFor(repository), options.blobs),
    guard: (markdown) => guardVisible(markdown, { ...guard, secrets: shelf.values() }).text,
    redact: (text) => guardText(text, shelf.values()).text,
    identity,
    ...sweepActs(app, listing, clientFor),
    counters,
  };
}

function gitHub(client: Client, blobs: Blobs): Forge {
  const trees = snapshotReader(client, blobs);
  return {
    snapshot: trees.snapshot,
    missing: async () => client.missing(),
    ...threadActs(client),
    ...pullActs(client),
    settleThreads: settleThreads(client),
    ...checkActs(client),
    lookTogether: lookTogether(client),
    ...commitActs(client, blobs, trees.remember),
  };
}

function clientOptions(options: GitHubOptions, counters: { restRequests: number; contentCreating: number }) {
  const silent = () => undefined;
  const given = options.log ?? { info: silent, warn: silent, error: silent };
  // Octokit writes whole requests to `debug`, with the key in the header.
  const log = {
    debug: silent,
    info: (message: string) => given.info(message),
    warn: (message: string) => given.warn(message),
    error: (message: string) => given.error(message),
  };
  const send = options.fetch ?? globalThis.fetch;
  const counted: typeof globalThis.fetch = async (url, init) => {
    const method = init?.method ?? "GET";
    const path = new URL(String(url)).pathname;
    counters.restRequests += 1;
    if (createsContent(method, path)) counters.contentCreating += 1;
    let status: number | null = null;
    try {
      const response = await send(url, {
        ...init,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      status = response.status;
      return response;
    } finally {
      options.onRequest?.({ method, path, status });
    }
  };
  return {
    baseUrl: options.baseUrl.replace(/\/+$/, ""),
    userAgent: "cooperations",
    log,
    request: { fetch: counted, log },
    // Refusals are answers. A number set on a request would overrule that list, so reads keep this default.
    retry: { retries: READ_RETRIES, retryAfterBaseValue: options.readRetryMs ?? 1000, doNotRetry: REFUSALS },
  };
}

const REFUSALS = [400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 429, 451];

function writesDoNotRepeat(rest: Rest): void {
  rest.hook.before("request", (request) => {
    if (request.method !== "GET") request.request.retries = 0;
  });
}

/** Conditional reads of what changes seldom and is asked often. */
const CONDITIONAL =
  /^\/repos\/\{owner\}\/\{repo\}\/(?:issues|pulls)\/\{|^\/repos\/\{owner\}\/\{repo\}\/issues\/comments$/;

function answerFromMemory(rest: Rest, cache: ConditionalCache): void {
  rest.hook.wrap("request", async (request, options) => {
    if (options.method !== "GET" || !CONDITIONAL.test(options.url)) return request(options);
    const { owner, repo, issue_number, pull_number, page, per_page, since } = options as Record<string, unknown>;
    const key = JSON.stringify([options.url, owner, repo, issue_number, pull_number, page, per_page, since]);
    const known = cache.get(key);
    if (known) options.headers["if-none-match"] = known.etag;
    try {
      const response = await request(options);
      const etag = response.headers.etag;
      if (etag) cache.put(key, { etag, data: response.data, link: response.headers.link });
      return response;
    } catch (error) {
      if ((error as { status?: unknown }).status !== 304 || !known) throw error;
      return { status: 200, url: options.url, headers: { link: known.link }, data: known.data } as never;
    }
  });
}

/** Where people read what the API serves: `api.github.com` is shown on `github.com`. */
function webHost(baseUrl: string): string {
  return new URL(baseUrl).host.replace(/^api\./, "");
}

/** Remembers a success; a failure is tried again by the next caller. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | null = null;
  return () => {
    known ??= load().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
