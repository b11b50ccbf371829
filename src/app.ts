import type { Server } from "node:http";
import { heldKey, listen } from "./app-http.ts";
import { octokitLog, openDatabase, paceOn, type Parts, secretsOf } from "./app-parts.ts";
import { blobsAt, type Built, queueOn, sandboxOf, worldOf } from "./app-world.ts";
import { type Measuring, measuring } from "./app-telemetry.ts";
import type { Config } from "./config.ts";
import { inWords } from "./errors-in-words.ts";
import { attend } from "./flow/attend.ts";
import { guardPull } from "./flow/guard-pull.ts";
import { arrivalOf } from "./flow/intake.ts";
import { memory, poll, type Polling, startPolling } from "./flow/poll.ts";
import { reconcile } from "./flow/reconcile.ts";
import { inBatches } from "./flow/intake-batches.ts";
import { type Depth, type Sweep, sweep } from "./flow/sweep.ts";
import type { World } from "./flow/world.ts";
import type { ForgeApp, RecordedDelivery } from "./forge/forge-app.ts";
import { openWay } from "./github/as-app.ts";
import { connectGitHub } from "./github/octokit.ts";
import type { Delivery } from "./github/receive.ts";
import { concerns, translate } from "./github/webhook-events.ts";
import { placesIn } from "./github/webhook-places.ts";
import type { HandlerResult, Lane, Queue, Signals } from "./queue/queue.ts";
import { steadyClock } from "./queue/steady-clock.ts";
import { type Database, isOfWhatWasAsked } from "./store/database.ts";
import { deliveryStore } from "./store/delivery-store.ts";
import { forgetLeases } from "./store/lease-store.ts";
import { prune } from "./store/prune.ts";
import { repositoryStore } from "./store/repository-store.ts";
import { closeServer, urlOf } from "./web/listen.ts";

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

/** Hearing is a few requests to the forge; two at once keep one slow answer from holding up everybody. */
const HEARING_AT_ONCE = 2;

/** A proof takes a core for minutes, and nobody pays for these: tickets go first. */
const GUARDED_AT_ONCE = 1;

export async function startApp(config: Config, parts: Parts): Promise<Started> {
  if (parts.database) return assemble(config, parts, parts.database);
  const opened = await openDatabase(config, parts);
  if (opened.outcome === "refused") return opened;
  return assemble(config, parts, opened.database);
}

async function assemble(config: Config, parts: Parts, database: Database): Promise<Started> {
  const { log } = parts;
  if (database.kind === "pglite") await forgetLeases(database);
  const measured = await measuring(config, parts, database);
  const { measures, telemetry } = measured;
  const built = Promise.withResolvers<World>();
  const queue = await queueOn(database, config, { ...parts, measures, world: built.promise });
  const blobs = blobsAt(config.dataDir);
  const repositories = repositoryStore(database);
  const github = gitHubOf(config, parts, { database, blobs, repositories, fetch: measured.fetch });
  const world = worldOf(config, parts, {
    database,
    queue,
    blobs,
    github,
    repositories,
    ...{ telemetry, rightNow: measured.now },
    sandbox: parts.sandbox ?? (await sandboxOf(config, parts)),
  });
  built.resolve(world);
  if (world.sandbox.state === "none" && config.role !== "web")
    log.warn({ why: world.sandbox.why }, "no sandbox: repository code is not run on this server");
  const deliveries = deliveryStore(database);
  const { index, projections, now } = world;
  const intake = { deliveries, index, projections, repositories, queue, now };
  const store = inBatches(intake, log, isOfWhatWasAsked);
  const held = heldKey(config, parts, { marks: world.projections, now });
  const take = async (delivery: Delivery) => {
    await repositories.follow(placesIn(delivery));
    const { nudges, ignored } = translate(delivery, config.appId);
    const told = { arrival: arrivalOf(delivery), nudges };
    // Most of what GitHub sends concerns nobody, and is not worth a row.
    if (nudges.length === 0)
      return log.debug({ delivery: delivery.id, event: delivery.name, ignored }, "delivery ignored");
    await held?.grounds.hear(nudges);
    // Not awaited in here, where the payload would be held meanwhile.
    return store(told);
  };
  const clock = steadyClock();
  // Tries of what was put aside must not wait for an hour more when the clock was set back.
  const polled = { app: github, deliveries, take, world, now: parts.now ?? (() => new Date(clock())) };
  const shown = { world, queue, github, measures, underWay: measured.now };
  const server = await listen(config, parts, shown, take, held);
  if (typeof server === "string") {
    await stop({ server: null, queue, database: parts.database ? null : database, measured });
    return { outcome: "refused", sentence: server };
  }
  introduce(config, github, log);
  if (config.role !== "web") {
    await startLanes(config, queue, world);
    const found = missing(config, polled);
    let depth: Depth = "full";
    await queue.sweepEvery(config.server.limits.sweepMinutes * 60_000, (signal) => {
      const look = () =>
        sweep({ world, app: github, deliveries, queue, prune: (at) => prune(database, at), ...found }, depth, signal);
      const done = telemetry.part({ kind: "job", lane: "sweep", subject: "" }, look);
      depth = "light";
      return done;
    });
  }
  const url = server ? urlOf(server, config.host) : null;
  const polling = polls(config) ? startPolling(pollingFrom(polled, anything, parts.pollEveryMs)) : null;
  const end = () => stop({ server, queue, world, database: parts.database ? null : database, measured, polling });
  return { outcome: "started", app: { world, github, queue, url, stop: end } };
}

async function startLanes({ server }: Config, queue: Queue, world: World): Promise<void> {
  type Handle = (world: World, subject: string, signals: Signals) => Promise<HandlerResult>;
  const start = (lane: Lane, atOnce: number, handle: Handle) =>
    queue.work(lane, atOnce, (subject, signals) => {
      const run = () => handle(world, subject, signals);
      return world.telemetry?.part({ kind: "job", lane, subject }, run) ?? run();
    });
  await start("work", server.limits.ticketsAtOnce, reconcile);
  await start("hearing", HEARING_AT_ONCE, attend);
  await start("guard", GUARDED_AT_ONCE, guardPull);
}

/** Asked once, early: wrong credentials show in the log at start and not with the first ticket. */
function introduce({ keysFrom }: Config, github: ForgeApp, log: Parts["log"]): void {
  const settings = keysFrom
    ? "COOP_KEYS_URL, COOP_KEYS_SECRET and the web process"
    : "APP_ID, PRIVATE_KEY and GITHUB_API_URL";
  const open = keysFrom && openWay(keysFrom);
  if (open) log.warn({ why: open }, "tokens can be read on their way (docs/operations.md, Two processes)");
  github.identity().then(
    (identity) => log.info({ app: identity.slug }, "GitHub knows this App"),
    (error: unknown) => log.error({ error: inWords(error) }, `GitHub did not say who this App is; check ${settings}`),
  );
}

function polls({ intake, role }: Config): boolean {
  return intake === "poll" && role !== "worker";
}

/**
 * How the sweep finds what webhooks missed. Where they are fetched, the failed ones are too. Where they come in, something else may
 * have answered in this server's place, such as a proxy: then GitHub counts them as delivered.
 */
function missing(config: Config, polled: Polled): Pick<Sweep, "lost" | "missed"> {
  if (config.intake === "poll") return { lost: "are polled" };
  const [polling, known] = [pollingFrom(polled, mayStart), memory()];
  return { missed: async () => void (await poll(polling, known)) };
}

/** What can begin a ticket; labels of a new issue are told of one by one as well. All else that people do is found in the threads of those that are open. */
function mayStart({ event, action, answered }: RecordedDelivery): boolean {
  return answered === "well" && event === "issues" && action === "labeled";
}

type Polled = Pick<Polling, "app" | "deliveries" | "take" | "now"> & { readonly world: World };

const anything: Polling["concerns"] = ({ event }) => concerns(event);

function pollingFrom({ world, ...from }: Polled, what: Polling["concerns"], everyMs?: number): Polling {
  const { projections: marks, log } = world;
  return { ...from, marks, log, concerns: what, everyMs };
}

/** Connects as the App; where a repository is found elsewhere than it was, that is noted. */
function gitHubOf(
  config: Config,
  parts: Parts,
  {
    database,
    blobs,
    repositories,
    fetch,
  }: Pick<Built, "database" | "blobs" | "repositories"> & Pick<Measuring, "fetch">,
): ForgeApp {
  const { log } = parts;
  return connectGitHub({
    appId: config.appId,
    privateKey: config.privateKey,
    ...(config.keysFrom ? { keysFrom: config.keysFrom } : {}),
    baseUrl: config.githubApiUrl,
    pace: paceOn(database, config),
    fetch,
    ...(parts.readRetryMs === undefined ? {} : { readRetryMs: parts.readRetryMs }),
    blobs,
    secrets: secretsOf(config),
    linkHosts: config.publicUrl ? [new URL(config.publicUrl).host] : [],
    log: octokitLog(log),
    onMoved: (place) =>
      void repositories.note([place]).then(
        () => log.info(place, "a repository is elsewhere now"),
        (error: unknown) => log.warn({ ...place, error: inWords(error) }, "where a repository is now was not noted"),
      ),
    ...(parts.onGitHubRequest ? { onRequest: parts.onGitHubRequest } : {}),
  });
}

type Running = {
  readonly server: Server | null;
  readonly queue: Queue;
  readonly database: Database | null;
  readonly measured: Measuring;
  readonly world?: World;
  readonly polling?: ReturnType<typeof startPolling> | null;
};

async function stop({ server, queue, database, measured, world, polling }: Running): Promise<void> {
  await polling?.stop();
  if (server) await closeServer(server);
  await queue.stop();
  await world?.ahead?.close();
  await measured.stop();
  await database?.close();
}
