import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { environment } from "../config.ts";
import { serveSetup } from "../github/probot.ts";

/**
 * `npm run setup -- <public webhook URL>`: creates the GitHub App from `app.yml` in the browser and writes APP_ID,
 * PRIVATE_KEY and WEBHOOK_SECRET to `.env`.
 */
const EX_USAGE = 64;
const EX_CONFIG = 78;

const USAGE = `Usage: npm run setup -- <public webhook URL>
For example: npm run setup -- https://coop.example.org/api/github/webhooks
GitHub sends its events there, so the address must reach this machine from the Internet.`;

function stop(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

const saved = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
if (saved["APP_ID"])
  stop("This folder is set up already: .env has an APP_ID. Remove it to create another App.", EX_CONFIG);

const env = environment();
const webhookUrl = process.argv[2] ?? env["WEBHOOK_PROXY_URL"] ?? "";
if (!/^https?:\/\/[^/]+/.test(webhookUrl)) stop(USAGE, EX_USAGE);
// Probot's page takes the address for GitHub from the process's own environment, and from nowhere else.
Object.assign(env, { WEBHOOK_PROXY_URL: webhookUrl });

const host = env["HOST"] ?? "localhost";
const port = Number(env["PORT"] ?? 3000);
await serveSetup({ env, host, port });
console.log(
  `Open http://${host}:${port}/probot, create the App, install it on a repository, then stop this with Ctrl-C.`,
);
