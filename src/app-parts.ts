import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { credentialsIn, passwordsIn } from "./address-secrets.ts";
import type { Config } from "./config.ts";
import { GITHUB_PACE } from "./core/rules/pace.ts";
import { inWords } from "./errors-in-words.ts";
import { shownToHolder } from "./github/as-app.ts";
import type { GateSettings } from "./github/pace-gate.ts";
import type { Model } from "./models/model.ts";
import { awaitDatabase } from "./store/await-database.ts";
import type { AheadSettings } from "./proof/ahead/ahead.ts";
import type { Database, Opened } from "./store/database.ts";
import type { ToldMigration } from "./store/migrating.ts";
import { paceStore } from "./store/pace-store.ts";
import { upToDate } from "./store/up-to-date.ts";
import type { SandboxCheck } from "./workspace/sandbox.ts";

/** What the program is put together from besides its configuration. */
export type Parts = {
  readonly log: Logger;
  /** Built from the configured pool; tests and the demo hand in scripted ones. */
  readonly models: readonly Model[];
  /** The host's search path and node, for the sandbox. */
  readonly searchPath: string;
  readonly sandbox?: SandboxCheck;
  /** An open database instead of the configured one; whoever opened it closes it. */
  readonly database?: Database;
  /** Told when the disk did not take what was stored. Only another process can store something then, so this one has to end. */
  readonly onDiskFailure?: (error: Error) => void;
  readonly now?: () => Date;
  /** See `World`. */
  readonly stepDrawnAfterMs?: number;
  /** See `Ahead`. */
  readonly ahead?: AheadSettings;
  /** See `Polling`. */
  readonly pollEveryMs?: number;
  /** See `GitHubOptions`. */
  readonly readRetryMs?: number;
  /** See `QueueSettings.retryBaseMs`. */
  readonly jobRetryMs?: number;
  readonly onGitHubRequest?: (request: { method: string; path: string; status: number | null }) => void;
};

/** Opened and brought up to date. Only the driver that is used is loaded: the other one would take memory for nothing. */
export async function openDatabase({ databaseUrl, dataDir }: Config, { log, onDiskFailure }: Parts): Promise<Opened> {
  if (databaseUrl === null) {
    const { openEmbedded } = await import("./store/embedded.ts");
    return upToDateOnce(await openEmbedded(join(dataDir, "database"), onDiskFailure), log);
  }
  const { openPostgres } = await import("./store/postgres.ts");
  const onLost = (error: Error) => log.error({ error: inWords(error) }, "database connection lost");
  return awaitDatabase(async () => upToDateOnce(await openPostgres(databaseUrl, onLost), log), {
    onWait: (why, inMs) => log.warn({ why, inMs }, "waiting for the database"),
  });
}

async function upToDateOnce(opened: Opened, log: Logger): Promise<Opened> {
  if (opened.outcome !== "open") return opened;
  return upToDate(opened.database, ({ doing, ...how }) => log.info(how, MIGRATING[doing]));
}

const MIGRATING: Readonly<Record<ToldMigration["doing"], string>> = {
  migrates: "bringing the database up to date",
  waits: "waiting for another process that brings the database up to date",
  "tries-again": "a table is in use elsewhere: bringing the database up to date is tried again in a moment",
};

/** Everything that must never leave in a comment, a commit or a check. */
export function secretsOf(config: Config): string[] {
  return [
    ...[config.privateKey, config.webhookSecret, config.ledgerSecret].filter((one) => one !== null),
    ...[config.keysFrom, config.keysAt].flatMap((one) => (one ? [one.secret, shownToHolder(one.secret)] : [])),
    ...config.ledgerSecretsBefore,
    ...(config.pagesLogin ? [config.pagesLogin.clientSecret] : []),
    ...Object.values(config.tracing?.headers ?? {}).filter((value) => value.length >= 8),
    ...credentialsIn(config.tracing?.url ?? ""),
    ...config.pool.map((one) => one.apiKey).filter((key) => key.length >= 8),
    ...config.pool.flatMap(({ baseUrl }) => credentialsIn(baseUrl ?? "")),
    ...(config.namedSecrets ?? []),
    ...(config.proxySecrets ?? []),
    ...(config.databaseUrl ? [config.databaseUrl, ...passwordsIn(config.databaseUrl)] : []),
  ];
}

export function octokitLog(log: Logger) {
  const line = (level: "debug" | "info" | "warn" | "error") => (message: string) =>
    log[level]({ from: "octokit" }, message);
  return { debug: line("debug"), info: line("debug"), warn: line("warn"), error: line("error") };
}

/** A pause of zero is for a server that has no limits, such as GitHub Enterprise as it comes. */
export function paceOn(database: Database, { server }: Config): GateSettings | null {
  const betweenWritesMs = server.limits.githubWriteSpacingMs;
  if (betweenWritesMs === 0) return null;
  return { paces: paceStore(database), limits: { ...GITHUB_PACE, betweenWritesMs }, holder: randomUUID() };
}
