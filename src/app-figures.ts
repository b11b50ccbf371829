import { scorecard } from "./audit/scorecard.ts";
import type { Entry } from "./core/ledger/chain.ts";
import { ticketRef, type TicketKey } from "./core/ledger/ids.ts";
import { accessNow } from "./flow/access.ts";
import type { World } from "./flow/world.ts";
import { ForgeAway } from "./forge/forge.ts";
import type { SpentOnDay } from "./store/journal-store.ts";
import { changedFiles } from "./trees/diff.ts";
import { DAYS_SHOWN, type Scored } from "./web/figures.ts";
import type { PageDeps } from "./web/page-deps.ts";
import { cutToShow, type ShownChange, type ShownFile } from "./web/diff-page.ts";

/** What the pages draw that takes more than a row to find. Each is remembered for a while: an open page asks again and again. */

/** Figures of a minute ago are as good as those of now. */
const FIGURES_KEPT_MS = 60_000;
/** Scorecards of so many sets of tickets: people who log in see their own. */
const SCORES_KEPT_MAX = 20;
/** Ledgers that are read at the same time: whoever works on tickets needs the database too. */
const LEDGERS_AT_ONCE = 10;

export function figuresOf(world: FiguresWorld): Required<Pick<PageDeps, "spent" | "scored">> {
  const since = () => new Date(world.now().getTime() - DAYS_SHOWN * 24 * 60 * 60_000);
  const spending = remembered<readonly SpentOnDay[]>(1);
  const scores = remembered<readonly Scored[]>(SCORES_KEPT_MAX);
  let before: Promise<unknown> = Promise.resolve();
  return {
    spent: () => spending("all", () => world.journal.spentByDay(since())),
    // The same tickets in another order, because one of them moved, are the same for a minute. One set at a time is looked at.
    scored: (keys) =>
      scores([...keys].sort().join(" "), () => {
        const made = before.then(() => scoresOf(world, keys, since()));
        before = made.catch(() => undefined);
        return made;
      }),
  };
}

type FiguresWorld = Pick<World, "now"> & {
  readonly journal: Pick<World["journal"], "spentByDay" | "medians">;
  readonly ledgers: Pick<World["ledgers"], "read">;
};

async function scoresOf(world: FiguresWorld, keys: readonly TicketKey[], since: Date): Promise<readonly Scored[]> {
  const ledgers: Entry[][] = [];
  for (let at = 0; at < keys.length; at += LEDGERS_AT_ONCE)
    ledgers.push(...(await Promise.all(keys.slice(at, at + LEDGERS_AT_ONCE).map((key) => world.ledgers.read(key)))));
  // One call that took the middle time stands for all of its model in its role.
  const calls = (await world.journal.medians(keys, since)).map(({ role, ...call }) => ({ ...call, step: role }));
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

/** Remembers what was made under a name for a minute, of so many names. What is still being made is waited for. */
function remembered<T>(keptMax: number): (name: string, make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, { readonly made: Promise<T>; untilMs: number }>();
  return (name, make) => {
    const found = known.get(name);
    if (found && performance.now() < found.untilMs) return found.made;
    const one = { made: make(), untilMs: Infinity };
    known.delete(name);
    known.set(name, one);
    for (const oldest of known.keys()) if (known.size > keptMax) known.delete(oldest);
    one.made.then(
      () => (one.untilMs = performance.now() + FIGURES_KEPT_MS),
      () => known.get(name) === one && known.delete(name),
    );
    return one.made;
  };
}
