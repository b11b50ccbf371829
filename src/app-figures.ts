import { scorecard } from "./audit/scorecard.ts";
import { ticketRef, type TicketKey } from "./core/ledger/ids.ts";
import { accessNow } from "./flow/access.ts";
import type { World } from "./flow/world.ts";
import { ForgeAway } from "./forge/forge.ts";
import { changedFiles } from "./trees/diff.ts";
import { DAYS_SHOWN, type Scored, type Spent } from "./web/figures.ts";
import type { PageDeps } from "./web/pages.ts";
import { cutToShow, type ShownChange, type ShownFile } from "./web/diff-page.ts";

/** What the pages draw that takes more than a row to find. Each is remembered for a while: an open page asks again and again. */

/** Figures of a minute ago are as good as those of now. */
const FIGURES_KEPT_MS = 60_000;
/** Ledgers that a scorecard is made of, those that changed last. */
const SCORED_MAX = 500;

export function figuresOf(world: World): Required<Pick<PageDeps, "spent" | "scored">> {
  const since = () => new Date(world.now().getTime() - DAYS_SHOWN * 24 * 60 * 60_000);
  const spending = remembered(FIGURES_KEPT_MS, () => world.journal.spentByDay(since()));
  const scores = new Map<string, { readonly at: number; readonly made: Promise<readonly Scored[]> }>();
  return {
    spent: async (repositories) => {
      const wanted = new Set(repositories);
      return (await spending()).filter(({ repository }) => wanted.has(repository)) satisfies Spent[];
    },
    scored: (keys) => {
      const name = keys.join(" ");
      const known = scores.get(name);
      if (known && performance.now() - known.at < FIGURES_KEPT_MS) return known.made;
      scores.clear();
      const made = scoresOf(world, keys.slice(0, SCORED_MAX));
      scores.set(name, { at: performance.now(), made });
      made.catch(() => scores.delete(name));
      return made;
    },
  };
}

async function scoresOf(world: World, keys: readonly string[]): Promise<readonly Scored[]> {
  const ledgers = await Promise.all(keys.map((key) => world.ledgers.read(key)));
  const calls = await world.journal.latencies("");
  return scorecard(ledgers, { calls }).map((score): Scored => {
    const { model, role, tickets, rounds, failures, blockers, plansAccepted, merged, touchedAgain, reopened } = score;
    const { found: blockersFound, confirmed: blockersConfirmed, withdrawn: blockersWithdrawn } = blockers;
    const { calls: asked, costMicroUsd, unpricedTokens } = score.spend;
    return {
      ...{ model, role, tickets, rounds, failures, blockersFound, blockersConfirmed, blockersWithdrawn, plansAccepted },
      ...{ provenAtOnce: score.firstPass, merged, touchedAgain, reopened, medianMs: score.latencyMs?.median ?? null },
      ...{ calls: asked, costMicroUsd, unpricedTokens },
    };
  });
}

/** Changes that are kept ready: people look at one, comment, and come back. Most are far smaller than the page's limit. */
const CHANGES_KEPT_BYTES_MAX = 16_000_000;

/** The change between two commits never changes, so GitHub is asked for it once. */
export function changeShown(world: World): NonNullable<PageDeps["change"]> {
  const kept = keptWithin(CHANGES_KEPT_BYTES_MAX);
  const underWay = new Map<string, Promise<ShownChange>>();
  return async (ticket) => {
    const { change } = ticket;
    if (!change) return "There is no change of this ticket yet.";
    const name = `${ticket.key} ${change.baseSha} ${change.headSha}`;
    const known = kept.get(name);
    if (known !== null) return JSON.parse(known) as ShownChange;
    const made = underWay.get(name) ?? read(world, ticket.key, ticket.forge, change);
    underWay.set(name, made);
    try {
      const shown = await made;
      kept.put(name, JSON.stringify(shown));
      return shown;
    } catch (error) {
      if (!(error instanceof ForgeAway)) throw error;
      return "GitHub does not answer right now. Try again in a moment.";
    } finally {
      underWay.delete(name);
    }
  };
}

/**
 * What was used last, up to so many bytes. Texts only: a line of a parsed change would keep the whole file in memory that it was
 * cut from.
 */
export function keptWithin(bytesMax: number): {
  get(name: string): string | null;
  put(name: string, text: string): void;
} {
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  const drop = (name: string) => {
    bytes -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  const put = (name: string, content: Buffer) => {
    drop(name);
    kept.set(name, content);
    bytes += content.length;
    for (const oldest of kept.keys()) if (bytes > bytesMax) drop(oldest);
  };
  return {
    get: (name) => {
      const known = kept.get(name);
      if (!known) return null;
      put(name, known);
      return known.toString();
    },
    put: (name, text) => put(name, Buffer.from(text)),
  };
}

async function read(
  world: World,
  key: TicketKey,
  forge: Parameters<typeof accessNow>[2],
  { baseSha, headSha }: { readonly baseSha: string; readonly headSha: string },
): Promise<ShownChange> {
  const repository = world.forge(await accessNow(world.repositories, ticketRef(key), forge));
  const [base, head] = await Promise.all([repository.snapshot(baseSha), repository.snapshot(headSha)]);
  if (base === "gone" || head === "gone") return "GitHub has the commits of this change no more.";
  const files = (await changedFiles(base, head, world.blobs)).map(
    ({ path, action, kind, unread, added, removed, hunks }): ShownFile => {
      const why = unread === undefined ? {} : { unread };
      return { path, action, kind, added, removed, hunks, ...why };
    },
  );
  return cutToShow(files);
}

function remembered<T>(forMs: number, make: () => Promise<T>): () => Promise<T> {
  let known: { readonly at: number; readonly made: Promise<T> } | null = null;
  return () => {
    if (known && performance.now() - known.at < forMs) return known.made;
    const made = make();
    known = { at: performance.now(), made };
    made.catch(() => (known = null));
    return made;
  };
}
