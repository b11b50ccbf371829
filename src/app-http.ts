import { createServer, type Server } from "node:http";
import type { Parts } from "./app-parts.ts";
import type { Config } from "./config.ts";
import { firstFault } from "./core/ledger/chain.ts";
import { fold } from "./core/ticket/fold.ts";
import { rowOf } from "./flow/book.ts";
import type { World } from "./flow/world.ts";
import type { ForgeApp } from "./forge/forge-app.ts";
import { startProbot } from "./github/probot.ts";
import { receiver } from "./github/receive.ts";
import type { Queue } from "./queue/queue.ts";
import { listenAt, notFound } from "./web/listen.ts";
import { pages } from "./web/pages.ts";
import { summaryOfRow, type TicketSummary } from "./web/summary.ts";

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

/** More tickets than this nobody scrolls through; those that changed last are shown. */
const LISTED_MAX = 200;

/** Rows of before lists were shown from the index are made anew, once, from their ledgers. */
async function listed({ index, ledgers }: World): Promise<TicketSummary[]> {
  const rows = await index.all(LISTED_MAX);
  const summaries = rows.map(async (row) => {
    if (row.shown) return summaryOfRow(row, row.shown);
    const entries = await ledgers.read(row.ticket);
    const ticket = fold(entries);
    if (!ticket) return null;
    const whole = rowOf(ticket, new Date(entries.at(-1)?.at ?? row.updatedAt));
    await index.put(whole);
    return whole.shown && summaryOfRow(whole, whole.shown);
  });
  return (await Promise.all(summaries)).filter((one) => one !== null);
}

function pageDeps(config: Config, { world, queue, github }: Shown): Parameters<typeof pages>[0] {
  return {
    tickets: () => listed(world),
    phases: () => world.index.phases(),
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
