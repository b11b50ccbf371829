import { type AddressInfo, createServer } from "node:net";
import type { GitHubDouble } from "../../src/github-double/double.ts";
import { environmentFor } from "./program.ts";

/** The App's key and the webhooks in one process, the work with the models' keys in another: what each of them is started with. */
const KEYS_SECRET = "a secret of the workers for tests";
export const LEDGER_SECRET = "a ledger secret for two processes";

export async function environments(forge: GitHubDouble, providers: string, database: string) {
  const [forWeb, forWorker] = [await environmentFor(forge, providers), await environmentFor(forge, providers)];
  const port = String(await freePort());
  const both = { DATABASE_URL: database, COOP_KEYS_SECRET: KEYS_SECRET };
  const { ANTHROPIC_API_KEY, OPENAI_API_KEY, ...ofTheWeb } = forWeb;
  const { PRIVATE_KEY, WEBHOOK_SECRET, ...ofTheWorker } = forWorker;
  if (![ANTHROPIC_API_KEY, OPENAI_API_KEY, PRIVATE_KEY, WEBHOOK_SECRET].every(Boolean)) throw new Error("A key lacks");
  return {
    web: { ...ofTheWeb, ...both, COOP_ROLE: "web", KEYS_PORT: port },
    worker: {
      ...ofTheWorker,
      ...both,
      COOP_ROLE: "worker",
      COOP_KEYS_URL: `http://127.0.0.1:${port}`,
      COOP_LEDGER_SECRET: LEDGER_SECRET,
      METRICS_PORT: "0",
    } as Record<string, string>,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
