import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createNodeMiddleware, Probot } from "probot";
import { startApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import { serverLog } from "../../src/log.ts";
import { DEFAULT_SERVER } from "../../src/server-file.ts";

/**
 * One side of `npm run bench:ingest`, in a process of its own: a bare Probot that listens to everything and does nothing, or
 * this program's way in over a database. Says its port, and ends with its standard input.
 */
export const BENCH_SECRET = "a webhook secret of the bench";

const [kind = "bare", where = ""] = process.argv.slice(2);
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
/** The log of production, with its look for secrets in each line; who reads it is not measured. */
const log = serverLog("info", [BENCH_SECRET], pino.destination("/dev/null"));

async function bare(): Promise<number> {
  const probot = new Probot({ appId: 1, privateKey, secret: BENCH_SECRET, log });
  const middleware = await createNodeMiddleware((app) => void app.onAny(() => undefined), { probot });
  const server = createServer((req, res) => void middleware(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function own(): Promise<number> {
  const config: Config = {
    ...{ appId: 1, privateKey, webhookSecret: BENCH_SECRET, ledgerSecret: BENCH_SECRET, ledgerSecretsBefore: [] },
    // Nobody listens there: what is measured is the way in, and nothing is worked on.
    ...{ githubApiUrl: "http://127.0.0.1:9", host: "127.0.0.1", port: 0, publicUrl: null, logLevel: "info" },
    ...{ databaseUrl: kind === "postgres" ? where : null, dataDir: where, role: "web", pool: [] },
    server: DEFAULT_SERVER,
  };
  const sandbox = { state: "none" as const, why: "The bench runs no repository code." };
  const started = await startApp(config, { log, models: [], searchPath: "", sandbox });
  if (started.outcome === "refused") throw new Error(started.sentence);
  return Number(new URL(started.app.url ?? "").port);
}

const port = await (kind === "bare" ? bare() : own());
process.stdout.write(`${port}\n`);
process.stdin.resume().on("end", () => process.exit(0));
