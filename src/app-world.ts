import type { PoolModel } from "./core/rules/rotate.ts";
import { recordsOf } from "./audit/records.ts";
import { codingAgents } from "./coding-agents.ts";
import type { Config } from "./config.ts";
import { keysOf } from "./ledger-trust.ts";
import { inWords } from "./errors-in-words.ts";
import { DryRuns } from "./flow/dry-runs.ts";
import { LEASE_MS } from "./flow/lease.ts";
import { Quiet } from "./flow/quiet.ts";
import { tellStuck } from "./flow/stuck.ts";
import type { World } from "./flow/world.ts";
import type { Forge } from "./forge/forge.ts";
import type { ForgeApp, RepositoryAccess } from "./forge/forge-app.ts";
import { type Parts, secretsOf } from "./app-parts.ts";
import { guardText } from "./hygiene/redact.ts";
import { Ahead } from "./proof/ahead/ahead.ts";
import { SpareRoom } from "./proof/ahead/spare-room.ts";
import { observedModel, observedSandbox } from "./telemetry/observed.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";
import { preparerHere, sandboxHere } from "./machine.ts";
import type { Queue, QueueSettings } from "./queue/queue.ts";
import { Waits } from "./steps/waits.ts";
import { artifactStore, blobStore, gitBlobSha } from "./store/blob-store.ts";
import type { Database } from "./store/database.ts";
import { inboxStore } from "./store/inbox-store.ts";
import { journalStore } from "./store/journal-store.ts";
import { leasesInProcess, leaseStore, moveLeases } from "./store/lease-store.ts";
import { ledgerStore } from "./store/ledger-store.ts";
import { projectionStore } from "./store/projection-store.ts";
import { publicationStore } from "./store/publication-store.ts";
import type { RepositoryStore } from "./store/repository-store.ts";
import { ticketIndex } from "./store/ticket-index.ts";
import type { Blobs } from "./trees/tree.ts";
import type { Measures } from "./web/metrics.ts";
import type { SandboxCheck } from "./workspace/sandbox.ts";

/** Everything that work on a ticket may reach, put together from the configuration and the adapters. */
export type Built = {
  readonly database: Database;
  readonly queue: Queue;
  readonly blobs: Blobs;
  readonly github: ForgeApp;
  readonly sandbox: SandboxCheck;
  readonly repositories: RepositoryStore;
  readonly telemetry: Telemetry;
  readonly rightNow: World["rightNow"];
};

export function worldOf(config: Config, parts: Parts, built: Built): World {
  const { database, queue, blobs, github, repositories, telemetry, rightNow } = built;
  const observed = observedSandbox(built.sandbox, telemetry);
  const room = new SpareRoom();
  const sandbox = room.counted(observed);
  const preparer = preparerHere(sandbox, config.dataDir, config.server.sandbox);
  const [ledgers, ledgerKeys] = [ledgerStore(database), keysOf(config)];
  return {
    ledgers,
    records: (repository, type) => recordsOf({ ledgers, ledgerKeys }, repository, type),
    publications: publicationStore(database),
    projections: projectionStore(database),
    inbox: inboxStore(database),
    index: ticketIndex(database),
    repositories,
    journal: journalStore(database),
    blobs,
    artifacts: artifactStore(config.dataDir),
    forge: connections(github),
    guard: github.guard,
    redact: github.redact,
    ownLogin: async () => `${(await github.identity()).slug}[bot]`,
    ...{ appId: config.appId, modelRetry: config.server.modelRetry },
    accountMicroUsdPerDay: microUsd(config.server.limits.usdPerAccountAndDay),
    models: new Map(parts.models.map((model) => [model.name, observedModel(model, telemetry)])),
    agents: codingAgents(config.pool, sandbox, parts.searchPath),
    pool: config.pool.map((entry): PoolModel => ({
      name: entry.name,
      vendor: parts.models.find((model) => model.name === entry.name)?.vendor ?? "unknown",
      roles: entry.roles,
      ...(entry.agent ? { writesOnly: true } : {}),
    })),
    keyless: config.keyless?.map(({ name }) => name),
    ...{ sandbox, preparer, ahead: new Ahead({ sandbox: observed, blobs, preparer, room }, parts.ahead) },
    ledgerKeys,
    publicUrl: config.publicUrl,
    leases: database.kind === "sqlite" ? leasesInProcess() : leaseStore(database),
    quiet: new Quiet(parts.now && (() => Number(parts.now?.()))),
    dryRuns: new DryRuns(parts.now && (() => Number(parts.now?.()))),
    waits: new Waits(parts.now && (() => Number(parts.now?.()))),
    nudge: (ticket, when, tx) => queue.nudge(ticket, when, tx),
    stepDrawnAfterMs: parts.stepDrawnAfterMs,
    ...{ telemetry, rightNow },
    now: parts.now ?? (() => new Date()),
    log: parts.log,
  };
}

function microUsd(usd: number | undefined): number | undefined {
  return usd === undefined ? undefined : Math.round(usd * 1_000_000);
}

/** A connection remembers commits and answers: some megabytes for a large repository. */
const CONNECTIONS_MAX = 200;

/** One connection a repository, the last used ones: each remembers commits it has read and answers that did not change. */
function connections(app: ForgeApp): World["forge"] {
  const known = new Map<string, Forge>();
  return (repository: RepositoryAccess) => {
    const key = JSON.stringify([repository.forge, repository.owner, repository.name]);
    const connection = known.get(key) ?? app.forRepository(repository);
    known.delete(key);
    known.set(key, connection);
    for (const oldest of known.keys()) if (known.size > CONNECTIONS_MAX) known.delete(oldest);
    return connection;
  };
}

export function blobsAt(dataDir: string): Blobs {
  const store = blobStore(dataDir);
  return {
    get: (sha) => store.get(sha),
    has: (sha) => store.has(sha),
    put: async (content) => {
      const sha = gitBlobSha(content);
      await store.put(sha, content);
      return sha;
    },
  };
}

export async function sandboxOf({ role, server, dataDir }: Config, { searchPath }: Parts): Promise<SandboxCheck> {
  if (role === "web") return { state: "none", why: "This process runs no repository code; its workers do." };
  return sandboxHere(server.sandbox, { searchPath, privatePaths: [dataDir] });
}

/** What the queue tells of. @param world made after the queue; what is told sooner waits for it */
type Told = Pick<Parts, "log" | "jobRetryMs"> & {
  readonly measures: Pick<Measures, "waited">;
  readonly world: Promise<World>;
};

export async function queueOn(
  database: Database,
  config: Config,
  { log, jobRetryMs, measures, world }: Told,
): Promise<Queue> {
  const secrets = secretsOf(config);
  const settings: QueueSettings = {
    onError: (error) => log.error({ error: inWords(error) }, "queue"),
    onTaken: (lane, waitedMs) => measures.waited(lane, waitedMs),
    ...(jobRetryMs === undefined ? {} : { retryBaseMs: jobRetryMs }),
    redact: (text) => guardText(text, secrets).text,
    onDead: async (dead) => tellStuck(await world, dead),
    onClockBack: async (tx, backMs) => {
      log.warn({ backMs }, "the database's clock was set back; what waits was taken along");
      await moveLeases(tx, backMs, LEASE_MS);
    },
  };
  // Only the adapter that is used is loaded.
  if (database.kind === "sqlite") {
    const { openSqliteQueue } = await import("./queue/sqlite-queue.ts");
    return openSqliteQueue(database, settings);
  }
  const { openQueue } = await import("./queue/pg-boss.ts");
  return openQueue(database, settings);
}
