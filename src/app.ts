import { createServer, type Server } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { firstFault } from "./core/ledger/chain.ts";
import { ledgerKey } from "./core/ledger/ledger-key.ts";
import type { PoolModel } from "./core/rules/rotate.ts";
import type { Blobs } from "./trees/tree.ts";
import { takeIn } from "./flow/intake.ts";
import { reconcile } from "./flow/reconcile.ts";
import { type Depth, sweep } from "./flow/sweep.ts";
import type { Connection, World } from "./flow/world.ts";
import type { Forge } from "./forge/forge.ts";
import type { ForgeApp } from "./forge/forge-app.ts";
import { connectGitHub } from "./github/octokit.ts";
import { startProbot } from "./github/probot.ts";
import { receiver } from "./github/receive.ts";
import type { Model } from "./models/model.ts";
import { preparerHere } from "./preparation.ts";
import { openQueue } from "./queue/pg-boss.ts";
import type { Queue } from "./queue/queue.ts";
import { artifactStore, blobStore, gitBlobSha } from "./store/blob-store.ts";
import type { Database, Opened } from "./store/database.ts";
import { deliveryStore } from "./store/delivery-store.ts";
import { inboxStore } from "./store/inbox-store.ts";
import { journalStore } from "./store/journal-store.ts";
import { ledgerStore } from "./store/ledger-store.ts";
import { migrate } from "./store/migrate.ts";
import { projectionStore } from "./store/projection-store.ts";
import { publicationStore } from "./store/publication-store.ts";
import { ticketIndex } from "./store/ticket-index.ts";
import { closeServer, listenAt, urlOf, notFound } from "./web/listen.ts";
import { pages } from "./web/pages.ts";
import { summaryOf } from "./web/summary.ts";
import { checkSandbox } from "./workspace/drivers/check.ts";
import type { SandboxCheck } from "./workspace/sandbox.ts";

/**
 * The composition root: the one place that names every adapter and puts them together. What it builds is started and
 * stopped here; everything else is handed the ports it needs.
 */
export type App = {
  readonly world: World;
  readonly github: ForgeApp;
  readonly queue: Queue;
  /** Where the server listens; null for a worker. */
  readonly url: string | null;
  /** Takes no new work, lets running steps end, and closes everything. */
  stop(): Promise<void>;
};

export type Started =
  { readonly outcome: "started"; readonly app: App } | { readonly outcome: "refused"; readonly sentence: string };

export type Parts = {
  readonly log: Logger;
  /** Built from the configured pool; tests and the demo hand in scripted ones. */
  readonly models: readonly Model[];
  /** The host's search path and node, for the sandbox. */
  readonly searchPath: string;
  readonly sandbox?: SandboxCheck;
  /** An open database instead of the configured one; whoever opened it closes it. */
  readonly database?: Database;
  readonly now?: () => Date;
  readonly onGitHubRequest?: (request: { method: string; path: string; status: number | null }) => void;
};

export const WEBHOOK_PATHS = ["/api/github/webhooks", "/"] as const;

export async function startApp(config: Config, parts: Parts): Promise<Started> {
  if (parts.database) return assemble(config, parts, parts.database);
  const opened = await openDatabase(config, parts);
  if (opened.outcome === "refused") return opened;
  const migrated = await migrate(opened.database);
  if (migrated.outcome === "refused") {
    await opened.database.close();
    return migrated;
  }
  return assemble(config, parts, opened.database);
}

/** Only the driver that is used is loaded: the other one would take memory for nothing. */
async function openDatabase({ databaseUrl, dataDir }: Config, { log }: Parts): Promise<Opened> {
  if (databaseUrl === null) {
    const { openPglite } = await import("./store/pglite.ts");
    return openPglite({ at: "directory", path: join(dataDir, "database") });
  }
  const { openPostgres } = await import("./store/postgres.ts");
  return openPostgres(databaseUrl, (error) => log.error({ error: error.message }, "database connection lost"));
}

async function assemble(config: Config, parts: Parts, database: Database): Promise<Started> {
  const { log } = parts;
  const queue = await openQueue(database, { onError: (error) => log.error({ error: String(error) }, "queue") });
  const blobs = blobsAt(config.dataDir);
  const github = connectGitHub({
    appId: config.appId,
    privateKey: config.privateKey,
    baseUrl: config.githubApiUrl,
    writeSpacingMs: config.server.limits.githubWriteSpacingMs,
    blobs,
    secrets: secretsOf(config),
    linkHosts: config.publicUrl ? [new URL(config.publicUrl).host] : [],
    log: octokitLog(log),
    ...(parts.onGitHubRequest ? { onRequest: parts.onGitHubRequest } : {}),
  });
  const world = worldOf(config, parts, {
    database,
    queue,
    blobs,
    github,
    sandbox: parts.sandbox ?? (await sandboxOf(config, parts)),
  });
  if (world.sandbox.state === "none")
    log.warn({ why: world.sandbox.why }, "no sandbox: repository code is not run on this server");
  const deliveries = deliveryStore(database);
  const intake = { deliveries, index: world.index, queue, appId: config.appId, now: world.now, log };
  const server =
    config.role === "worker"
      ? null
      : await listen(config, parts, { world, queue, github }, (delivery) => takeIn(intake, delivery));
  if (typeof server === "string") {
    await stop(null, queue, parts.database ? null : database);
    return { outcome: "refused", sentence: server };
  }
  // Asked once, early: wrong credentials show in the log at start and not with the first ticket.
  github.identity().then(
    (identity) => log.info({ app: identity.slug }, "GitHub knows this App"),
    (error: unknown) =>
      log.error(
        { error: String(error) },
        "GitHub did not say who this App is; check APP_ID, PRIVATE_KEY and GITHUB_API_URL",
      ),
  );
  if (config.role !== "web") {
    await queue.work(config.server.limits.ticketsAtOnce, (ticket, signal) => reconcile(world, ticket, signal));
    let depth: Depth = "full";
    await queue.sweepEvery(config.server.limits.sweepMinutes * 60_000, (signal) => {
      const done = sweep({ world, app: github, deliveries, queue }, depth, signal);
      depth = "light";
      return done;
    });
  }
  const url = server ? urlOf(server, config.host) : null;
  const end = () => stop(server, queue, parts.database ? null : database);
  return { outcome: "started", app: { world, github, queue, url, stop: end } };
}

type Built = {
  readonly database: Database;
  readonly queue: Queue;
  readonly blobs: Blobs;
  readonly github: ForgeApp;
  readonly sandbox: SandboxCheck;
};

function worldOf(config: Config, parts: Parts, built: Built): World {
  const { database, queue, blobs, github, sandbox } = built;
  return {
    ledgers: ledgerStore(database),
    publications: publicationStore(database),
    projections: projectionStore(database),
    inbox: inboxStore(database),
    index: ticketIndex(database),
    journal: journalStore(database),
    blobs,
    artifacts: artifactStore(config.dataDir),
    forge: connections(github),
    guard: github.guard,
    redact: github.redact,
    ownLogin: async () => `${(await github.identity()).slug}[bot]`,
    ...{ appId: config.appId, modelRetry: config.server.modelRetry },
    models: new Map(parts.models.map((model) => [model.name, model])),
    pool: config.pool.map((entry): PoolModel => ({
      name: entry.name,
      vendor: parts.models.find((model) => model.name === entry.name)?.vendor ?? "unknown",
      roles: entry.roles,
    })),
    sandbox,
    preparer: preparerHere(sandbox, config.dataDir, config.server.sandbox),
    ledgerKey: ledgerKey(config.ledgerSecret),
    publicUrl: config.publicUrl,
    nudge: (ticket) => queue.nudge(ticket, { reason: "forwarded" }),
    now: parts.now ?? (() => new Date()),
    log: parts.log,
  };
}

/** One connection a repository: it remembers commits it has read and answers that did not change. */
function connections(app: ForgeApp): World["forge"] {
  const known = new Map<string, Forge>();
  return (repository: Connection) => {
    const key = `${repository.installationId}/${repository.repositoryId}/${repository.owner}/${repository.name}`;
    const connection = known.get(key) ?? app.forRepository(repository);
    known.set(key, connection);
    return connection;
  };
}

function blobsAt(dataDir: string): Blobs {
  const store = blobStore(dataDir);
  return {
    get: (sha) => store.get(sha),
    put: async (content) => {
      const sha = gitBlobSha(content);
      await store.put(sha, content);
      return sha;
    },
  };
}

async function sandboxOf(config: Config, parts: Parts): Promise<SandboxCheck> {
  if (config.server.sandbox.driver === "none")
    return { state: "none", why: "The server's configuration turns the sandbox off." };
  return checkSandbox({
    searchPath: parts.searchPath,
    nodePath: process.execPath,
    temporary: tmpdir(),
    toolchain: config.server.sandbox.readOnlyPaths,
    memoryBytesMax: config.server.sandbox.memoryMb * 1024 * 1024,
    privatePaths: [config.dataDir, homedir(), process.cwd()],
    driver: config.server.sandbox.driver,
  });
}

type Take = Parameters<typeof receiver>[0]["onDelivery"];

type Shown = { readonly world: World; readonly queue: Queue; readonly github: ForgeApp };

async function listen(config: Config, parts: Parts, shown: Shown, take: Take): Promise<Server | string> {
  const { appId, privateKey, webhookSecret, githubApiUrl: baseUrl } = config;
  const probot = await startProbot({ appId, privateKey, webhookSecret, baseUrl, log: parts.log, onDelivery: take });
  const onError = (error: unknown) => parts.log.error({ error: String(error) }, "a delivery could not be stored");
  const onRefused = (refused: object) => parts.log.warn(refused, "a delivery was refused");
  const receive = receiver({ verify: probot.verify, onDelivery: probot.receive, onError, onRefused });
  const show = pages(pageDeps(config, shown));
  const server = createServer((req, res) => {
    const path = (req.url ?? "/").split("?", 1)[0];
    const isWebhook = path === WEBHOOK_PATHS[0] || (path === WEBHOOK_PATHS[1] && req.method === "POST");
    const answered = isWebhook
      ? receive(req, res)
      : show(req, res).then((found) => (found ? undefined : notFound(res)));
    answered.catch((error: unknown) => {
      parts.log.error({ path, error: String(error) }, "a request failed");
      res.destroy();
    });
  });
  return (await listenAt(server, config)) ?? server;
}

function pageDeps(config: Config, { world, queue, github }: Shown): Parameters<typeof pages>[0] {
  return {
    tickets: async () => {
      const shown = await world.index.all(200);
      const summaries = await Promise.all(shown.map(async (one) => summaryOf(await world.ledgers.read(one.ticket))));
      return summaries.filter((one) => one !== null);
    },
    ledger: (key) => world.ledgers.read(key),
    fault: (key, entries) => firstFault(world.ledgerKey, key, entries),
    totals: async () => ({
      queueDepth: (await queue.depth()).ready,
      modelCalls: await world.journal.callsMade(),
      costMicroUsd: (await world.journal.spentToday("", new Date(0))).costMicroUsd,
      githubRequests: github.counters.restRequests,
      githubContentCreating: github.counters.contentCreating,
    }),
    // The queue lives in the database: one question shows whether both answer.
    notReady: () =>
      queue.depth().then(
        () => null,
        () => "The database does not answer.",
      ),
    forgeUrl: config.githubApiUrl === "https://api.github.com" ? "https://github.com" : null,
  };
}

async function stop(server: Server | null, queue: Queue, database: Database | null): Promise<void> {
  if (server) await closeServer(server);
  await queue.stop();
  await database?.close();
}

/** Everything that must never leave in a comment, a commit or a check. */
function secretsOf(config: Config): string[] {
  const database = config.databaseUrl ? [config.databaseUrl, new URL(config.databaseUrl).password].filter(Boolean) : [];
  return [
    config.privateKey,
    config.webhookSecret,
    config.ledgerSecret,
    ...config.pool.map((one) => one.apiKey).filter((key) => key.length >= 8),
    ...database,
  ];
}

function octokitLog(log: Logger) {
  const line = (level: "debug" | "info" | "warn" | "error") => (message: string) =>
    log[level]({ from: "octokit" }, message);
  return { debug: line("debug"), info: line("debug"), warn: line("warn"), error: line("error") };
}
