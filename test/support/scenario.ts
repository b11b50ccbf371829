import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { type App, startApp } from "../../src/app.ts";
import { type Verified, verifyTicket } from "../../src/audit/verify.ts";
import type { Config } from "../../src/config.ts";
import type { Entry } from "../../src/core/ledger/chain.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import type { Phase } from "../../src/core/ticket/phase.ts";
import { phaseOf, type Ticket } from "../../src/core/ticket/ticket.ts";
import type { NewRepo } from "../../src/github-double/double.ts";
import type { LocalRepo } from "../../src/github-double/local-repo.ts";
import { type ForgeOptions, startForge } from "../../src/github-double/server.ts";
import type { Model } from "../../src/models/model.ts";
import type { Script } from "../../src/models/script.ts";
import { scriptedModel } from "../../src/models/scripted.ts";
import type { Database } from "../../src/store/database.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { checkSandbox } from "../../src/workspace/drivers/check.ts";
import { runDirectly } from "../../src/cli/direct-run.ts";
import type { AheadSettings } from "../../src/proof/ahead/ahead.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import { freezeLedgers } from "./freeze.ts";
import { validator } from "./openapi.ts";

/**
 * The words that scenarios are written in: people act on a local GitHub, the program answers, the ledger tells. Nothing of
 * ours is replaced but the models, which say what their script says.
 */
export type Stage = {
  readonly forge: Awaited<ReturnType<typeof startForge>>;
  readonly app: () => App;
  readonly repo: LocalRepo;
  /** Waits until every webhook is answered and no ticket has anything left to do. */
  settle(): Promise<void>;
  /** Ends the process's work and begins it anew on the same database, with the same or other models. */
  restart(models?: readonly Model[], between?: () => void | Promise<void>): Promise<void>;
  /** Another worker on the same database, over a connection of its own; the first one goes on. */
  secondWorker(database: Database): Promise<App>;
  /** Time has passed: what waits for its turn is looked at now, and what follows from it is waited for. */
  wake(number: number): Promise<void>;
  entries(number: number): Promise<Entry[]>;
  ticket(number: number): Promise<Ticket>;
  phase(number: number): Promise<Phase>;
  kinds(number: number): Promise<string[]>;
  /** What stands in a thread, oldest first, as people see it and with markers. */
  said(number: number): string[];
  labels(number: number): string[];
  /** Holds the database's copy of a ledger against the one in the thread. */
  verify(number: number): Promise<Verified>;
  /** Loses all that the server keeps of a ticket: its rows in every table, and everything on disk. */
  wipe(number: number): Promise<void>;
  /** One statement on the database, as somebody with access to it would say it. */
  sql(statement: string, ...params: readonly unknown[]): Promise<unknown[]>;
};

export const POOL = [
  { name: "opus", vendor: "anthropic" },
  { name: "sol", vendor: "openai" },
  { name: "terra", vendor: "google" },
] as const;

/** Simulated prices, so that budgets have something to count: a dollar and five dollars for a million tokens. */
const PRICES = { input: 1_000_000, cachedInput: null, cacheWrite: null, output: 5_000_000 };

/** A slow machine's steps would be shown while they run, which costs requests. */
const NEVER_MS = 24 * 60 * 60_000;

/** Between two looks at GitHub's record, in scenarios that poll. */
const POLL_MS = 20;

type Seat = { readonly name: string; readonly vendor: string };

export function scripted(script: Script, pool: readonly Seat[] = POOL): Model[] {
  return pool.map((one) => scriptedModel({ ...one, script, prices: PRICES }));
}

/** One database and at most one sandbox check for all scenarios of a file: the check takes seconds. */
let sharedDatabase: Database | null = null;
let sharedSandbox: SandboxCheck | null = null;
const open: (() => Promise<void>)[] = [];

export async function raise(
  script: Script | readonly Model[],
  wanted: Partial<NewRepo> = {},
  options: StageOptions = {},
): Promise<Stage> {
  const database = options.database ?? (await theDatabase());
  // Each stage has a GitHub of its own, and all of them give out the same ids.
  await database.query("DELETE FROM repositories");
  const sandbox = options.sandbox ?? (await theSandbox());
  const { onExchange, violations } = validator();
  const forge = await startForge({ onExchange, ...(options.now ? { now: options.now } : {}), ...options.forge });
  open.push(async () => {
    await forge.close();
    // Not by jest's `expect`: the simulator has this stage without jest.
    if (violations.length > 0)
      throw new Error(`GitHub describes this otherwise: ${JSON.stringify(violations, null, 2)}`);
  });
  const dataDir = await mkdtemp(join(tmpdir(), "coop-scenario-"));
  open.push(() => rm(dataDir, { recursive: true, force: true }));
  const config = configFor(forge, dataDir, options);
  const log = pino({ level: process.env.SCENARIO_LOG ?? "silent" });
  let models = isModels(script) ? script : scripted(script, options.pool);
  const start = async (role: Config["role"], on: Database) => {
    const { now, readRetryMs, jobRetryMs } = options;
    const retries = {
      ...(readRetryMs === undefined ? {} : { readRetryMs }),
      ...(jobRetryMs === undefined ? {} : { jobRetryMs }),
    };
    const time = { ...(now ? { now } : {}), ...retries };
    const { ahead = {} } = options;
    const program = { log, models, searchPath: process.env.PATH ?? "", database: on, sandbox, ahead };
    const parts = { ...program, ...time, stepDrawnAfterMs: options.stepDrawnAfterMs ?? NEVER_MS, pollEveryMs: POLL_MS };
    const started = await startApp({ ...config, role }, parts);
    if (started.outcome === "refused") throw new Error(started.sentence);
    return started.app;
  };
  const begin = async () => {
    const started = await start(config.role, database);
    forge.connectApp(`${started.url}/api/github/webhooks`);
    return started;
  };
  let app = await begin();
  open.push(() => app.stop());
  const fullName = wanted.fullName ?? `acme/repo${++repositories}`;
  const repo = forge.createRepo({ ...wanted, fullName, people: { mona: "write", rita: "read", ...wanted.people } });
  const key = (number: number) => `${fullName}#${number}`;
  const entries = (number: number) => app.world.ledgers.read(key(number));
  const frozenIn = process.env["COOP_FREEZE_LEDGERS"];
  const numbers = () => Array.from({ length: 40 }, (_, at) => at + 1);
  if (frozenIn !== undefined) open.push(() => freezeLedgers(frozenIn, app, config, fullName, numbers()));
  const ticket = async (number: number) => {
    const folded = fold(await entries(number));
    if (!folded) throw new Error(`${key(number)} is no ticket`);
    return folded;
  };
  const settle = async () => {
    // Webhooks lead to work and work to webhooks, so both have to be quiet at the same time.
    for (let quiet = 0; quiet < 2; quiet++) {
      const before = forge.deliveries.length;
      await forge.idle();
      await app.queue.idle(options.horizonMs ?? 6_500);
      if (forge.deliveries.length !== before) quiet = -1;
    }
  };
  return {
    forge,
    repo,
    app: () => app,
    settle,
    secondWorker: async (on) => {
      const second = await start("worker", on);
      open.push(() => second.stop());
      return second;
    },
    wake: async (number) => {
      for (const lane of ["hearing", "work"] as const)
        await app.queue.nudge(key(number), { lane, reason: "time has passed" });
      await settle();
    },
    restart: async (next, between) => {
      await app.stop();
      await between?.();
      models = next ?? models;
      app = await begin();
    },
    entries,
    ticket,
    phase: async (number) => phaseOf(await ticket(number)),
    kinds: async (number) => (await entries(number)).map((entry) => entry.kind),
    said: (number) => repo.thread(number).comments.map((comment) => comment.body),
    labels: (number) => [...repo.thread(number).labels],
    verify: (number) => {
      const { ledgers, publications, repositories, ledgerKeys } = app.world;
      return verifyTicket(
        { ledgers, publications, repositories, ledgerKeys, app: app.github, appId: config.appId },
        key(number),
      );
    },
    wipe: async (number) => {
      for (const table of ["ledger_entries", "publications", "projections", "inbox", "journal", "tickets"])
        await database.query(`DELETE FROM ${table} WHERE ticket = $1`, [key(number)]);
      for (const folder of ["artifacts", "blobs"]) await rm(join(dataDir, folder), { recursive: true, force: true });
    },
    sql: (statement, ...params) => database.query(statement, params),
  };
}

let repositories = 0;

export type StageOptions = {
  /** Other models than the three of POOL. */
  readonly pool?: readonly Seat[];
  /** Another database than the SQLite in memory that the file's scenarios share; whoever opened it closes it. */
  readonly database?: Database;
  readonly forge?: ForgeOptions;
  readonly sandbox?: SandboxCheck;
  readonly config?: Partial<Config>;
  readonly horizonMs?: number;
  /** Never, unless a scenario is about that. */
  readonly stepDrawnAfterMs?: number;
  /** Runs that are made while reviewers look: after a second, unless said otherwise. */
  readonly ahead?: AheadSettings;
  /** Before a read is repeated; a second unless said otherwise. */
  readonly readRetryMs?: number;
  /** Before a job that failed is run again, doubled each time; five seconds unless said otherwise. */
  readonly jobRetryMs?: number;
  /** The clock of the program and of GitHub. The queue keeps its own time: see `wake`. */
  readonly now?: () => Date;
};

/** For scenarios in which nothing depends on running code: a second instead of many for each. */
export const NO_SANDBOX: SandboxCheck = { state: "none", why: "This scenario runs no repository code." };

function isModels(script: Script | readonly Model[]): script is readonly Model[] {
  return script.some((one) => "ask" in one);
}

async function theDatabase(): Promise<Database> {
  if (sharedDatabase) return sharedDatabase;
  const opened = await openSqlite({ at: "memory" });
  if (opened.outcome === "refused") throw new Error(opened.sentence);
  return (sharedDatabase = opened.database);
}

/** Where the scenarios run their repositories: the real sandbox, or none where the machine has none. */
export async function theSandbox(): Promise<SandboxCheck> {
  sharedSandbox ??= withDirect(
    await checkSandbox({
      searchPath: process.env.PATH ?? "",
      nodePath: process.execPath,
      temporary: tmpdir(),
      toolchain: [],
      privatePaths: [],
    }),
  );
  return sharedSandbox;
}

/** The scenarios' repository is our own; on a machine without a sandbox its commands run all the same, and it is said. */
function withDirect(check: SandboxCheck): SandboxCheck {
  if (check.state === "available") return check;
  console.warn(`No sandbox on this machine: the scenarios' own repository runs without one. ${check.why}`);
  const place = { parent: tmpdir(), searchPath: process.env.PATH ?? "" };
  return {
    state: "available",
    sandbox: { driver: "direct", version: process.version, run: (request) => runDirectly(place, request) },
  };
}

function configFor(forge: Stage["forge"], dataDir: string, options: StageOptions): Config {
  return {
    appId: forge.app.id,
    privateKey: forge.app.privateKey,
    webhookSecret: forge.app.webhookSecret,
    ledgerSecret: "a ledger secret for tests",
    ledgerSecretsBefore: [],
    githubApiUrl: forge.url,
    host: "127.0.0.1",
    port: 0,
    publicUrl: null,
    logLevel: "silent",
    databaseUrl: null,
    dataDir,
    role: "all",
    pool: (options.pool ?? POOL).map((one) => ({
      ...one,
      api: "openai-chat" as const,
      model: one.name,
      apiKey: "unused-key",
      roles: null,
    })),
    server: {
      limits: { ticketsAtOnce: 2, githubWriteSpacingMs: 0, sweepMinutes: 1440 },
      sandbox: { driver: "auto", memoryMb: 2048, readOnlyPaths: [], registries: [], layersMb: 20_480 },
    },
    ...options.config,
  };
}

/** To be called after each test: nothing of it may stay open, whatever failed. What was opened last is closed first. */
export async function strike(): Promise<void> {
  const failures: unknown[] = [];
  for (const close of open.splice(0).reverse()) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** To be called after all tests of a file. */
export async function closeShared(): Promise<void> {
  await sharedDatabase?.close();
  sharedDatabase = null;
}
