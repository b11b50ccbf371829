import { createServer, type Server } from "node:http";
import type { Parts } from "./app-parts.ts";
import type { Config } from "./config.ts";
import { firstFault } from "./core/ledger/chain.ts";
import type { World } from "./flow/world.ts";
import type { ForgeApp } from "./forge/forge-app.ts";
import { startProbot } from "./github/probot.ts";
import { receiver } from "./github/receive.ts";
import type { Queue } from "./queue/queue.ts";
import { listenAt, notFound } from "./web/listen.ts";
import { pages } from "./web/pages.ts";
import { summaryOf } from "./web/summary.ts";

/** The server: GitHub's webhooks at two paths, the read-only pages at all others. */
export const WEBHOOK_PATHS = ["/api/github/webhooks", "/"] as const;

type Take = Parameters<typeof receiver>[0]["onDelivery"];

type Shown = { readonly world: World; readonly queue: Queue; readonly github: ForgeApp };

/** @returns the sentence that says why it cannot listen */
export async function listen(config: Config, parts: Parts, shown: Shown, take: Take): Promise<Server | string> {
  const { appId, privateKey, webhookSecret, githubApiUrl: baseUrl } = config;
  const probot = await startProbot({ appId, privateKey, webhookSecret, baseUrl, log: parts.log, onDelivery: take });
  const onError = (error: unknown) => parts.log.error({ error: String(error) }, "a delivery could not be stored");
  const onRefused = (refused: object) => parts.log.warn(refused, "a delivery was refused");
  const receive = receiver({ verify: probot.verify, onDelivery: probot.receive, onError, onRefused });
  const show = pages(pageDeps(config, shown));
  const server = createServer((req, res) => {
    const path = (req.url ?? "/").split("?", 1)[0];
    const isWebhook = path === WEBHOOK_PATHS[0] || (path === WEBHOOK_PATHS[1] && req.method === "POST");
    const answered = isWebhook
      ? receive(req, res)
      : show(req, res).then((found) => (found ? undefined : notFound(res)));
    answered.catch((error: unknown) => {
      parts.log.error({ path, error: String(error) }, "a request failed");
      res.destroy();
    });
  });
  return (await listenAt(server, config)) ?? server;
}

function pageDeps(config: Config, { world, queue, github }: Shown): Parameters<typeof pages>[0] {
  return {
    tickets: async () => {
      const shown = await world.index.all(200);
      const summaries = await Promise.all(shown.map(async (one) => summaryOf(await world.ledgers.read(one.ticket))));
      return summaries.filter((one) => one !== null);
    },
    ledger: (key) => world.ledgers.read(key),
    fault: (key, entries) => firstFault(world.ledgerKey, key, entries),
    totals: async () => ({
      queueDepth: (await queue.depth()).ready,
      modelCalls: await world.journal.callsMade(),
      costMicroUsd: (await world.journal.spentSince("", new Date(0))).costMicroUsd,
      githubRequests: github.counters.restRequests,
      githubContentCreating: github.counters.contentCreating,
    }),
    // The queue lives in the database: one question shows whether both answer.
    notReady: () =>
      queue.depth().then(
        () => null,
        () => "The database does not answer.",
      ),
    forgeUrl: config.githubApiUrl === "https://api.github.com" ? "https://github.com" : null,
  };
}
