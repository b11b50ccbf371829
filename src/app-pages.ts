import type { Config } from "./config.ts";
import { changeShown, figuresOf } from "./app-figures.ts";
import { firstFault } from "./core/ledger/chain.ts";
import { shownKey } from "./core/ledger/ledger-keys.ts";
import { fold } from "./core/ticket/fold.ts";
import { rowOf } from "./flow/book.ts";
import { notebookOf } from "./flow/dry.ts";
import type { World } from "./flow/world.ts";
import type { ForgeApp } from "./forge/forge-app.ts";
import type { Queue } from "./queue/queue.ts";
import type { Measures } from "./web/metrics.ts";
import type { PageDeps } from "./web/page-deps.ts";
import { summaryOfRow, type TicketSummary } from "./web/summary.ts";
import { within } from "./within.ts";

/** What the pages read, from the stores of this process. */
export type Shown = {
  readonly world: World;
  readonly queue: Queue;
  readonly github: ForgeApp;
  readonly measures: Measures;
  readonly underWay: NonNullable<PageDeps["underWay"]>;
};

/** More tickets than this nobody scrolls through; those that changed last are on the first page. */
const LISTED_MAX = 200;
/** Somebody who logs in sees those of their repositories only, so more of them are looked through. */
const LOOKED_THROUGH_MAX = 2_000;

/** Rows of before lists were shown from the index are made anew, once, from their ledgers. */
async function listed({ index, ledgers }: World, most: number, page: number): Promise<TicketSummary[]> {
  const rows = await index.all(most, (page - 1) * most);
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

const AWAY = { notReady: "The database does not answer." };
/** Who asks whether this process is ready asks every few seconds; a database that needs longer is as good as away. */
const READY_MS = 3_000;

export function pageDeps(config: Config, { world, queue, github, measures, underWay }: Shown): PageDeps {
  const { trusted } = world.ledgerKeys;
  const atOnce = config.pagesLogin ? LOOKED_THROUGH_MAX : LISTED_MAX;
  return {
    tickets: (page = 1) => listed(world, atOnce, page),
    older: async (page) => (await world.index.all(1, page * atOnce)).length > 0,
    phases: () => world.index.phases(),
    ledger: (key) => world.ledgers.read(key),
    // Where no key is known, only the chain can be checked, not who wrote it.
    fault: (key, entries) => firstFault(trusted.length > 0 ? world.ledgerKeys : null, key, entries),
    would: (key) => notebookOf(world, key).acts(),
    measures,
    underWay,
    ...figuresOf(world),
    change: changeShown(world),
    today: world.now,
    totals: async () => {
      const { ready: queueDepth, dead: queueDead } = await queue.depth();
      return {
        queueDepth,
        queueDead,
        ...(await world.journal.totals()),
        githubRequests: github.counters.restRequests,
        githubContentCreating: github.counters.contentCreating,
      };
    },
    // The queue lives in the database: one question shows whether both answer.
    readiness: () =>
      within(
        READY_MS,
        queue.depth().then(({ dead: stuck }) => ({ notReady: null, stuck })),
        AWAY,
      ).catch(() => AWAY),
    stuck: () => queue.dead(),
    publicKeys: trusted.map(shownKey),
    forgeUrl: config.githubApiUrl === "https://api.github.com" ? "https://github.com" : null,
  };
}
