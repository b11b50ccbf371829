import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";
import { guardText } from "../hygiene/redact.ts";
import type { Blobs } from "../trees/tree.ts";
import { asApp, fromHolder, type KeySource } from "./as-app.ts";
import { answerFromMemory, type ClientOptions, clientOptions, READ_RETRY_MS, writesDoNotRepeat } from "./client-options.ts"; // prettier-ignore
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
import { pacing } from "./pacing.ts";
import { LISTING, PERMISSIONS } from "./permissions.ts";
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

export type GitHubOptions = ClientOptions & {
  readonly appId: number;
  /** Null where another process holds it, which `keysFrom` names. */
  readonly privateKey: string | null;
  readonly keysFrom?: KeySource;
  /** How fast GitHub may be asked, by all workers together; null for a server without limits. */
  readonly pace: GateSettings | null;
  readonly blobs: Blobs;
  /** Everything this server must never send out: keys, webhook secret, database URL. The App's key is added. */
  readonly secrets: readonly string[];
  /** May a comment notify this login? Default: nobody is called. */
  readonly mayMention?: (login: string) => boolean;
  /** Hosts whose links stay links besides GitHub's own: the dashboard's. */
  readonly linkHosts?: readonly string[];
  /** Told of a repository that is elsewhere than it was said to be: another name, owner or installation. */
  readonly onMoved?: (place: RepositoryPlace) => void;
};

/** A client that asks as the App and nothing else: for whoever holds its key. */
export function clientAsApp(options: Pick<GitHubOptions, "appId" | "privateKey" | "baseUrl" | "log">): Rest {
  const { auth, authStrategy, baseUrl } = asApp(options);
  const common = clientOptions(options, { restRequests: 0, contentCreating: 0 });
  // Whoever asked waits for limits and repeats what may be repeated.
  return new Octokit({ ...common, baseUrl, authStrategy, auth });
}

/** A client that asks with a token of somebody's, as whoever holds the App's key does to look before it gives one away. */
export function clientWithToken(options: Pick<GitHubOptions, "baseUrl" | "log">, token: string): Rest {
  return new Octokit({ ...clientOptions(options, { restRequests: 0, contentCreating: 0 }), auth: token });
}

/** Connects as the App. Nothing is sent before the first call. */
export function connectGitHub(options: GitHubOptions): ForgeApp {
  const counters = { restRequests: 0, contentCreating: 0 };
  const shelf = new SecretShelf([...options.secrets, ...(options.privateKey ? [options.privateKey] : [])]);
  const common = clientOptions(options, counters);
  const gate = gates(options.pace);
  const app = new CoopOctokit({
    ...common,
    gate: gate(`app-${options.appId}`),
    ...asApp({ ...options, baseUrl: common.baseUrl }),
    ...(options.keysFrom ? { request: { ...common.request, fetch: fromHolder(common.request.fetch) } } : {}),
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
  const listing = (id: number) =>
    connect(id, installationTokens(app, id, { permissions: LISTING }), async () => undefined);
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
      readRetryMs: options.readRetryMs ?? READ_RETRY_MS,
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
