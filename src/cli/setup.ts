import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { environment } from "../config.ts";
import { serveSetup } from "../github/probot.ts";
import { hookFor } from "./setup-hook.ts";

/**
 * `npm run setup [-- <public webhook URL>]`: creates the GitHub App from `app.yml` in the browser and writes APP_ID, PRIVATE_KEY and
 * WEBHOOK_SECRET to `.env`. Without an address the server is to fetch its webhooks from GitHub, and COOP_INTAKE says so there.
 */
const EX_USAGE = 64;
const EX_CONFIG = 78;

function stop(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

const saved = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
if (saved["APP_ID"])
  stop("This folder is set up already: .env has an APP_ID. Remove it to create another App.", EX_CONFIG);

const env = environment();
const hook = hookFor(process.argv[2] ?? env["WEBHOOK_PROXY_URL"]);
if ("usage" in hook) stop(hook.usage, EX_USAGE);
// Probot's page takes the address for GitHub from the process's own environment, and from nowhere else.
Object.assign(env, { WEBHOOK_PROXY_URL: hook.url });

const host = env["HOST"] ?? "localhost";
const port = Number(env["PORT"] ?? 3000);
await serveSetup({ env, host, port });
if (hook.intake === "poll" && saved["COOP_INTAKE"] === undefined)
  appendFileSync(".env", "\nCOOP_INTAKE=poll\n", { mode: 0o600 });
console.log(hook.said);
console.log(
  `Open http://${host}:${port}/probot, create the App, install it on a repository, then stop this with Ctrl-C.`,
);
