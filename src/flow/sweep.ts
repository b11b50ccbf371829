import { ticketKey } from "../core/ledger/ids.ts";
import type { Trigger } from "../core/rules/trigger.ts";
import { LIVE_LABELS } from "../core/ticket/phase.ts";
import type { ForgeApp, RepositoryAccess } from "../forge/forge-app.ts";
import type { Queue } from "../queue/queue.ts";
import type { Pruned } from "../store/prune.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { takeUpLost } from "./lost.ts";
import { readObjections } from "./objections.ts";
import { inboxItem, swept, sweptWords } from "./swept.ts";
import type { World } from "./world.ts";

/**
 * Finds what webhooks missed. Lost deliveries are asked for again, which keeps who sent them; comments are read once more;
 * open tickets are looked at; and labelled issues that the database does not know are rebuilt from their threads.
 */
export type Sweep = {
  readonly world: World;
  readonly app: ForgeApp;
  readonly deliveries: DeliveryStore;
  readonly queue: Queue;
  readonly prune: (now: Date) => Promise<Pruned>;
  /** How webhooks come in that GitHub could not hand over. Absent: they are asked for again. */
  readonly lost?: "are asked for again" | "are polled";
  /** Takes in labels whose webhooks were answered by something else than this server. Absent: nothing is looked for. */
  readonly missed?: (() => Promise<void>) | undefined;
};

/** GitHub keeps failed deliveries for three days. */
const REDELIVERY_MS = 3 * 24 * 60 * 60 * 1000;
/** How far back comments and changes are read again; a sweep that was away longer finds the rest in failed deliveries. */
const LOOKED_BACK_MS = 24 * 60 * 60 * 1000;
/** A second, and clocks that differ. */
const SAME_TIME_MS = 60_000;
/** `full` also looks for labelled issues that the database does not know: needed once, after a start. */
export type Depth = "full" | "light";

export async function sweep(parts: Sweep, depth: Depth, signal: AbortSignal): Promise<void> {
  const { world, queue } = parts;
  if (parts.lost !== "are polled") await safely(parts, "redelivery", () => redeliver(parts));
  if (parts.missed) await safely(parts, "labels", parts.missed);
  const open = await world.index.open();
  await safely(parts, "installations", async () => {
    const installations = await parts.app.installations();
    const active = new Set(installations.flatMap(({ id, state }) => (state === "active" ? [id] : [])));
    await readAgain(parts, open, active, signal);
    if (depth === "full") await findAllLost(parts, active, signal);
  });
  const waiting = await world.inbox.ticketsPending();
  for (const lane of ["hearing", "guard"] as const)
    for (const ticket of waiting) await queue.nudge(ticket, { lane, reason: "sweep" });
  for (const { ticket } of open) await queue.nudge(ticket, { lane: "work", reason: "sweep" });
  await safely(parts, "pruning", async () => {
    const gone = await parts.prune(world.now());
    if (Object.values(gone).some((rows) => rows > 0)) world.log.info(gone, "what is old was forgotten");
  });
}

async function redeliver({ app, deliveries, world }: Sweep): Promise<void> {
  const since = new Date(world.now().getTime() - REDELIVERY_MS).toISOString();
  const failed = await app.failedDeliveries(since);
  const known = await deliveries.known(failed.map((one) => one.guid));
  for (const one of failed) {
    if (known.has(one.guid)) continue;
    await app.redeliver(one.id);
    world.log.info({ delivery: one.guid, event: one.event }, "asked for a lost delivery again");
  }
}

/** Only where tickets are open: an installation may cover thousands of repositories that never had one. */
async function readAgain(
  parts: Sweep,
  open: readonly IndexedTicket[],
  active: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<void> {
  const tickets = Map.groupBy(open, ({ repository }) => repository);
  const places = await parts.world.repositories.placesOf([...tickets.keys()]);
  for (const [keyedAs, place] of places) {
    if (signal.aborted) return;
    if (!active.has(place.installationId)) continue;
    const { owner, name, installationId, repositoryId } = place;
    const access = { owner, name, forge: { kind: "github" as const, installationId, repositoryId } };
    const here = tickets.get(keyedAs) ?? [];
    await safely(parts, `${owner}/${name}`, () => readCommentsOf(parts, access, here));
    await safely(parts, `${owner}/${name}`, () => readChangesOf(parts, access, here));
    await safely(parts, `${owner}/${name}`, () => readObjections(parts, access, here));
  }
}

async function readCommentsOf(
  { world, app }: Sweep,
  repository: RepositoryAccess,
  open: readonly IndexedTicket[],
): Promise<void> {
  const at = world.now();
  const since = new Date(at.getTime() - LOOKED_BACK_MS).toISOString();
  for (const comment of await app.recentComments(repository, since)) {
    const ticket = ticketOf(open, comment.issueNumber);
    // An edited comment is never a command, and here nobody can tell what it said before. What an App wrote with a
    // person's token is not that person's word.
    if (!ticket || comment.edited || comment.author.type !== "User" || comment.appId !== null) continue;
    const { id: commentId, author: by, body } = comment;
    const said = { source: `comment:${commentId}`, by, commentId, body };
    const trigger = sweptWords(repository, said, comment.issueNumber !== ticket.issueNumber);
    await world.inbox.add([inboxItem(ticket.ticket, trigger, at)]);
  }
}

/** @param number of its issue or of its pull request: comments on either concern it */
function ticketOf(open: readonly IndexedTicket[], number: number): IndexedTicket | undefined {
  return open.find((one) => one.issueNumber === number || one.pullNumber === number);
}

/** Nobody said it; GitHub shows it. */
const GITHUB_ITSELF = { login: "github", id: 0, type: "Organization" } as const;

/**
 * A closed issue, a push or a person's merge of which no webhook was ever sent: of each repository one list, and a look at those
 * tickets alone that are in it. A change that was looked at before has its source in the inbox, and is not looked at again.
 */
async function readChangesOf(
  { world, app }: Sweep,
  repository: RepositoryAccess,
  open: readonly IndexedTicket[],
): Promise<void> {
  const at = world.now();
  const since = new Date(at.getTime() - LOOKED_BACK_MS).toISOString();
  for (const { number, is, updatedAt } of await app.changedSince(repository, since)) {
    const ticket = ticketOf(open, number);
    if (!ticket) continue;
    // GitHub tells times by the second: what changed just now may change again in it, and is looked at once more.
    const again = at.getTime() - Date.parse(updatedAt) < SAME_TIME_MS ? `:${at.getTime()}` : "";
    const trigger: Trigger = {
      kind: "changed",
      ...swept(repository, `swept:${number}:${updatedAt}${again}`),
      by: GITHUB_ITSELF,
      what: "found by the sweep",
      look: is,
    };
    await world.inbox.add([inboxItem(ticket.ticket, trigger, at)]);
  }
}

/** Under which name a repository's tickets are kept. */
async function keyOf({ world }: Sweep, { owner, name, forge }: RepositoryAccess): Promise<string> {
  if (forge.kind !== "github") return `${owner}/${name}`;
  const keys = await world.repositories.note([{ owner, name, ...forge }]);
  return keys.get(forge.repositoryId) ?? `${owner}/${name}`;
}

async function findAllLost(parts: Sweep, active: ReadonlySet<number>, signal: AbortSignal): Promise<void> {
  for (const installationId of active)
    await safely(parts, `installation ${installationId}`, async () => {
      for (const repository of await parts.app.repositories(installationId)) {
        if (signal.aborted) return;
        await safely(parts, `${repository.owner}/${repository.name}`, async () =>
          findLost(parts, repository, await keyOf(parts, repository)),
        );
      }
    });
}

/** The database was lost, the threads were not: whoever carries the label of a phase in which a ticket lives is looked at. */
async function findLost({ world, app }: Sweep, repository: RepositoryAccess, keyedAs: string): Promise<void> {
  const [owner = "", name = ""] = keyedAs.split("/");
  for (const issue of await app.openIssuesWithLabels(repository, LIVE_LABELS)) {
    const key = ticketKey({ owner, name, number: issue.number });
    if (!(await world.index.get(key))) await takeUpLost(world, key, repository.forge, "found by the sweep");
  }
}

/** One repository that cannot be read must not keep the others from being swept. */
async function safely({ world }: Sweep, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    world.log.warn({ what, error: String(error) }, "a part of the sweep failed and is tried again next time");
  }
}
