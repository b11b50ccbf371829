import { SECRET_COMMAND } from "./secret-strength.ts";

/** What an operator does about a variable of the environment that is wrong. */
export const HINTS: Readonly<Record<string, string>> = {
  APP_ID: "It is on your App's settings page; `npm run setup` creates an App for you.",
  WEBHOOK_SECRET: `It is the secret in your App's webhook settings; set the same one here and there. To make one: ${SECRET_COMMAND}`,
  COOP_LEDGER_SECRET: `To make one: ${SECRET_COMMAND}. Name the old one in COOP_LEDGER_SECRETS_BEFORE, or open tickets cannot go on.`,
  COOP_LEDGER_PUBLIC_KEYS:
    "Give them as `npm run coop -- doctor` shows them for a worker: ed25519: and 43 characters, with blanks between.",
  COOP_KEYS_URL:
    "It is where the web process answers its workers, such as http://web:3002 (KEYS_HOST and KEYS_PORT there).",
  COOP_KEYS_SECRET: `Web process and workers have the same one. To make one: ${SECRET_COMMAND}`,
  KEYS_PORT: "Give a port between 0 and 65535.",
  METRICS_PORT: "Give a port between 0 and 65535.",
  PORT: "Give a port between 0 and 65535.",
  LOG_LEVEL: "Use one of fatal, error, warn, info, debug, trace, silent.",
  COOP_INTAKE: "Use webhook, or poll for a server that GitHub cannot reach.",
  PAGES_LOGIN: "Use github, or none where something in front of the pages asks who people are.",
  COOP_ROLE: "Use all, web or worker.",
};
