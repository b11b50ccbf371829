import { scorecard } from "./audit/scorecard.ts";
import { ticketRef, type TicketKey } from "./core/ledger/ids.ts";
import { accessNow } from "./flow/access.ts";
import type { World } from "./flow/world.ts";
import { ForgeAway } from "./forge/forge.ts";
import { changedFiles } from "./trees/diff.ts";
import { DAYS_SHOWN, type Scored, type Spent } from "./web/figures.ts";
import type { PageDeps } from "./web/pages.ts";
import type { ShownChange, ShownFile } from "./web/diff-page.ts";

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

/** Changes that are kept ready: people look at one, comment, and come back. */
const CHANGES_KEPT_MAX = 20;

/** The change between two commits never changes, so GitHub is asked for it once. */
export function changeShown(world: World): NonNullable<PageDeps["change"]> {
  const known = new Map<string, Promise<ShownChange>>();
  return (ticket) => {
    const { change } = ticket;
    if (!change) return Promise.resolve("There is no change of this ticket yet.");
    const name = `${ticket.key} ${change.baseSha} ${change.headSha}`;
    const made = known.get(name) ?? read(world, ticket.key, ticket.forge, change);
    known.set(name, made);
    for (const oldest of known.keys()) if (known.size > CHANGES_KEPT_MAX) known.delete(oldest);
    return made.catch((error: unknown) => {
      known.delete(name);
      if (!(error instanceof ForgeAway)) throw error;
      return "GitHub does not answer right now. Try again in a moment.";
    });
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
  return (await changedFiles(base, head, world.blobs)).map(
    ({ path, action, kind, unread, added, removed, hunks }): ShownFile => {
      const why = unread === undefined ? {} : { unread };
      return { path, action, kind, added, removed, hunks, ...why };
    },
  );
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
