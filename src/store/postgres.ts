import type { Writable } from "node:stream";
import pg from "pg";
import { inTransaction, type Database, type Limits, type Opened, type Query, type Subscription } from "./database.ts";
import { jittered } from "../core/rules/jitter.ts";

/** Connections of one process. Steps hold one only for milliseconds; PostgreSQL allows 100 in all by default. */
export const POOL_SIZE = 10;
/** No statement of ours touches more than one ticket's rows: half a minute means a lock or a lost server. */
export const STATEMENT_TIMEOUT_MS = 30_000;
/** A server that is frozen ends no statement itself: then this process gives up, a little later than the server would. */
export const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
/**
 * Between two statements of a transaction nothing of ours is waited for, so one that says nothing for so long has lost its process or
 * its network, and the server takes its locks away. A busy machine pauses for less.
 */
export const IDLE_IN_TRANSACTION_MS = 10_000;
/** How long to wait for a connection before saying that the database is away. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** Pause before a lost LISTEN connection is made again; the queue polls meanwhile. */
export const LISTEN_RETRY_MS = 1_000;

const INT8 = 20;

/** What a desk wants otherwise than a server: tables of its own, and an answer while somebody sits there. */
export type Apart = { readonly schema: string; readonly answerMs: number };

/**
 * @param url  as in libpq: TLS, socket directory and user are read from it
 * @param onLost  told about connections that broke while nobody used them; the pool makes new ones by itself
 * @param apart  the only schema that is seen, whether it is there yet or not
 */
export async function openPostgres(
  url: string,
  onLost: (error: Error) => void = () => {},
  apart: Apart | null = null,
): Promise<Opened> {
  // The driver takes anything for a host name and would then complain about a name that nobody wrote.
  if (!/^postgres(ql)?:\/\//.test(url)) {
    return { outcome: "refused", sentence: "DATABASE_URL cannot be used: it does not begin with postgres://." };
  }
  const config: pg.PoolConfig = {
    connectionString: apart ? withOnlySchema(url, apart.schema) : url,
    max: POOL_SIZE,
    statement_timeout: apart?.answerMs ?? STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    query_timeout: apart?.answerMs ?? ANSWER_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    // What a transaction asks at once goes out at once. A statement that is not answered in time ends its connection.
    pipeline: true,
    application_name: "cooperations",
    types: { getTypeParser: parserOf },
  };
  let pool: pg.Pool | null = null;
  try {
    pool = new pg.Pool(config);
    // Without a listener, a server that restarts would end this process.
    pool.on("error", onLost);
    await pool.query("SELECT 1");
    return { outcome: "open", database: overPool(pool, config, onLost) };
  } catch (error) {
    await pool?.end();
    const sentence = `DATABASE_URL cannot be used: ${reasonOf(error)}.`;
    return { outcome: "refused", sentence, ...(isAway(error) ? { because: "away" } : {}) };
  }
}

/** What the address itself sets comes first: of two settings the later one counts. */
function withOnlySchema(url: string, schema: string): string {
  const given = new URLSearchParams(/\?(.*)$/.exec(url)?.[1] ?? "").get("options") ?? "";
  const options = encodeURIComponent(`${given} -c search_path=${schema}`.trim());
  return `${url}${url.includes("?") ? "&" : "?"}options=${options}`;
}

/** SQLSTATE classes of a server that is there and says no to what it was asked: login, names, rights. */
const REFUSED = /^(28|3D|42)/;

/** Anything but a plain no: a network that says nothing, a server that is starting, stopping or full. */
function isAway(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return !(typeof code === "string" && REFUSED.test(code));
}

/** Only the driver's reason: the URL holds a password and is never repeated. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/postgres(ql)?:\/\/\S+/g, "the URL").replace(/\.$/, "");
}

function parserOf(oid: number, format?: "text" | "binary") {
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as "text");
}

function overPool(pool: pg.Pool, config: pg.PoolConfig, onLost: (error: Error) => void): Database {
  return {
    kind: "postgres",
    ...sessionOf(pool),
    transaction: async (work, limits) => {
      const client = await pool.connect();
      // A connection that breaks while it is checked out reports here; the running statement rejects by itself.
      client.on("error", onLost);
      try {
        return await inTransaction(
          sessionOf(client, { sending: () => leaveTogether(client), answerMs: answerWithin(limits) }),
          work,
          limits && beginWithin(limits),
        );
      } finally {
        client.off("error", onLost);
        // One that is not idle again (ROLLBACK did not get through) must not go back into the pool.
        client.release(!isIdle(client));
      }
    },
    listen: (channel, onMessage, onSubscribed) => listen(config, channel, onMessage, onSubscribed, onLost),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** In one go and with the first statement, so that it costs no round trip; `SET LOCAL` ends with the transaction. */
function beginWithin({ lockMsMax, statementMsMax, inOneGo = false }: Limits) {
  const limits = { lock_timeout: lockMsMax, statement_timeout: statementMsMax };
  const set = Object.entries(limits).flatMap(([name, ms]) => (ms === undefined ? [] : [`; SET LOCAL ${name} = ${ms}`]));
  return { sql: `BEGIN${set.join("")}`, isAwaited: false, inOneGo };
}

/** A little longer than the server's own limit, as everywhere; the connection's unless another one was asked for. */
function answerWithin(limits?: Limits): number | undefined {
  const ms = limits?.statementMsMax;
  return ms === undefined ? undefined : ms + (ANSWER_TIMEOUT_MS - STATEMENT_TIMEOUT_MS);
}

/**
 * Statements that are asked for in one go leave in one write. Each write wakes the server's process, which on a busy machine takes the core
 * from whoever still has something to send.
 */
function leaveTogether(client: pg.PoolClient): void {
  const { stream } = (client as pg.PoolClient & { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function isIdle(client: pg.PoolClient): boolean {
  return (client as pg.PoolClient & { getTransactionStatus(): string | null }).getTransactionStatus() === "I";
}

/**
 * Statements with parameters are prepared once a connection: reading and planning one takes longer than running it. Texts that
 * come when so many are known are not ours to count on, and go unprepared.
 */
const PREPARED_MAX = 400;
const ALL_COLUMNS = /\b(?:select|returning)\s+\*|\w\.\*/i;
const names = new Map<string, string>();

function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  // What `*` stands for may change while another process migrates, and PostgreSQL then refuses the statement as prepared.
  if (known !== undefined || names.size >= PREPARED_MAX || ALL_COLUMNS.test(sql)) return known;
  const name = `coop-${names.size + 1}`;
  names.set(sql, name);
  return name;
}

type Sending = { readonly sending?: () => void; readonly answerMs?: number | undefined };

function sessionOf(client: pg.Pool | pg.PoolClient, { sending = () => {}, answerMs }: Sending = {}): Query {
  const within = answerMs === undefined ? {} : { query_timeout: answerMs };
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => {
      sending();
      const name = params.length > 0 ? nameOf(sql) : undefined;
      const named = name === undefined ? {} : { name };
      return (await client.query<Row>({ text: sql, values: [...params], ...named, ...within })).rows;
    },
    // Without parameters the driver uses the simple protocol, which takes several statements and answers with a list.
    exec: async <Row extends object>(sql: string) => {
      sending();
      const results = (await client.query({ text: sql, ...within })) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
      return [results].flat().flatMap((result) => result.rows);
    },
  };
}

/** A connection of its own, made again for as long as it takes: a dead listener only costs speed, the queue polls. */
async function listen(
  config: pg.ClientConfig,
  channel: string,
  onMessage: (payload: string) => void,
  onSubscribed: () => void,
  onLost: (error: Error) => void,
): Promise<Subscription> {
  let closed = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const next = new pg.Client(config);
    client = next;
    next.on("error", onLost);
    next.on("notification", (message) => onMessage(message.payload ?? ""));
    next.once("end", () => {
      if (client === next && !closed) again();
    });
    await next.connect();
    await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    onSubscribed();
  };
  const again = () => {
    clearTimeout(retry);
    const inMs = jittered(LISTEN_RETRY_MS, Math.random());
    retry = setTimeout(() => {
      connect().catch((error: Error) => {
        onLost(error);
        if (!closed) again();
      });
    }, inMs);
  };
  await connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
