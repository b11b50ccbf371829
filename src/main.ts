import { setGlobalProxyFromEnv } from "node:http";
import type { Logger } from "pino";
import { type App, startApp } from "./app.ts";
import { secretsOf } from "./app-parts.ts";
import { type Config, environment, loadConfig } from "./config.ts";
import { serverLog } from "./log.ts";
import { poolLacks } from "./core/rules/pool-lacks.ts";
import { inWords } from "./errors-in-words.ts";
import { isSignedByWebhookSecret, SIGNED_BY_WEBHOOK_SECRET } from "./ledger-trust.ts";
import { modelOf } from "./models/pool.ts";
import { poolLack } from "./messages/pool-lacks.ts";
import { forModelsOnly, proxyVariables } from "./proxy-variables.ts";

/** EX_CONFIG of sysexits.h: the operator has to change something before a restart can help. */
const EXIT_CONFIG = 78;

/** EX_IOERR: the disk did not take what was stored. Nothing is lost that was answered, and whatever keeps the server running starts it again. */
const EXIT_DISK = 74;

/** EX_SOFTWARE: a fault of the program that nothing expected. */
const EXIT_FAULT = 70;

const env = environment();
const loaded = loadConfig(env);
if (loaded.outcome === "refused") refuse(loaded.sentence);
else await run(loaded.config);

async function run(config: Config): Promise<void> {
  // The secret that workers show and the tokens that they get are for no proxy.
  setGlobalProxyFromEnv(proxyVariables(env, config.keysFrom ? new URL(config.keysFrom.url).hostname : null));
  const log = serverLog(config.logLevel, secretsOf(config));
  tellFaults(log);
  const models = config.pool.map(modelOf);
  const started = await startApp(config, { log, models, searchPath: env.PATH ?? "", onDiskFailure: endOn(log) });
  if (started.outcome === "refused") return refuse(started.sentence);
  for (const { name, variable } of config.keyless ?? [])
    log.warn({ model: name, variable }, "this model is left out, because its key is not set");
  for (const lack of poolLacks(started.app.world.pool)) log.warn(poolLack(lack));
  for (const variable of forModelsOnly(env))
    log.warn({ variable }, "this SOCKS proxy is used for models only; GitHub is reached without it");
  if (isSignedByWebhookSecret(config)) log.warn(SIGNED_BY_WEBHOOK_SECRET);
  log.info({ url: started.app.url, role: config.role, pool: config.pool.map((one) => one.name) }, "ready");
  stopOnSignals(started.app, log);
}

/** Left to Node, all of an error would be printed, with whatever its makers put into it; and a report of Node's own, the whole environment. */
function tellFaults(log: Logger): void {
  if (process.report) process.report.excludeEnv = true;
  process.on("uncaughtException", (error: unknown) => {
    const stack = error instanceof Error ? error.stack : undefined;
    log.fatal(
      { error: inWords(error), stack },
      "this process met a fault that nothing expected, and ends; start it again",
    );
    process.exit(EXIT_FAULT);
  });
}

/** At once: every step on the way of a stop would store something. */
function endOn(log: Logger): (error: Error) => void {
  return (error) => {
    log.fatal({ error: inWords(error) }, "this process can store nothing any more and ends; start it again");
    process.exit(EXIT_DISK);
  };
}

/** The first signal ends gracefully; the second one at once. Nothing is lost either way, only repeated. */
function stopOnSignals(app: App, log: Logger): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "stopping; a second signal ends at once");
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, "stopped with an error");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_CONFIG;
}
