import { parseCommand } from "../core/rules/command.ts";
import { forGuard, movesBase, stirsGuard } from "../core/rules/guard.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import { ticketKey, ticketKeySchema, type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import type { Nudge, TicketHint, Trigger } from "../core/rules/trigger.ts";
import { GUARDED } from "./guard-pull.ts";
import { laneOf } from "./lanes.ts";
import { ticketOfBranch } from "../steps/branch.ts";
import type { Lane, Queue } from "../queue/queue.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";
import type { InboxItem } from "../store/inbox-store.ts";
import type { ProjectionStore } from "../store/projection-store.ts";
import type { IndexedTicket, TicketIndex } from "../store/ticket-index.ts";

/**
 * Takes in what a forge tells: stores it, puts each nudge into the inboxes of the tickets it concerns, and queues them, all
 * in one transaction. Nothing is decided and nothing outside is asked here.
 */
export type Intake = {
  readonly deliveries: DeliveryStore;
  readonly index: TicketIndex;
  readonly projections: Pick<ProjectionStore, "named">;
  readonly queue: Queue;
  readonly now: () => Date;
};

/**
 * When the base branch moves, so many guarded pull requests are proven on it anew, the newest first: a busy branch with
 * hundreds of old ones would keep the machine at nothing else. The others say which base they were proven on.
 */
const GUARDED_AGAIN_MAX = 20;

/** What came in, as the forge names it: taken in once, however often it comes. */
export type Arrival = { readonly id: string; readonly event: string; readonly payload: unknown };

export async function takeIn(intake: Intake, arrival: Arrival, nudges: readonly Nudge[]): Promise<"new" | "seen"> {
  const { id, event, payload } = arrival;
  const now = intake.now();
  const inbox: InboxItem[] = [];
  const lanes = new Map<TicketKey, Set<Lane>>();
  for (const nudge of nudges) {
    for (const [ticket, trigger] of await addressees(intake, nudge)) {
      inbox.push({ ticket, source: trigger.source, kind: trigger.kind, payload: trigger, receivedAt: now });
      lanes.set(ticket, (lanes.get(ticket) ?? new Set()).add(laneOf(trigger)));
    }
  }
  return intake.deliveries.record(
    { id, event, action: actionOf(payload), receivedAt: now, payload: JSON.stringify(payload) },
    {
      inbox,
      tickets: inbox.map((item) => item.ticket),
      nudge: async (ticket, tx) => {
        const reason = `${event} ${id}`;
        for (const lane of lanes.get(ticket) ?? []) await intake.queue.nudge(ticket, { lane, reason }, tx);
      },
    },
  );
}

/** Whom a nudge concerns: tickets, and pull requests that are none and may be guarded. */
async function addressees(intake: Intake, nudge: Nudge): Promise<[TicketKey, Trigger][]> {
  const { ticketHint: hint, trigger } = nudge;
  const tickets = await ticketsOf(intake, nudge);
  const told = tickets.map((ticket): [TicketKey, Trigger] => [ticket, trigger]);
  const prefix = `${hint.owner}/${hint.name}#`;
  if (movesBase(trigger)) {
    const guarded = await intake.projections.named(prefix, GUARDED);
    const newest = guarded.sort((one, other) => ticketRef(other).number - ticketRef(one).number);
    return [
      ...told,
      ...newest.slice(0, GUARDED_AGAIN_MAX).map((key): [TicketKey, Trigger] => [key, forGuard(trigger)]),
    ];
  }
  const pull = "number" in hint ? `${prefix}${hint.number}` : "";
  if (!stirsGuard(trigger) || !ticketKeySchema.safeParse(pull).success) return told;
  const isAtWork = tickets.length > 0 && (await knownTicket(intake, hint as NumberHint))?.standing === "open";
  return isAtWork ? told : [...told, [pull, forGuard(trigger)]];
}

/** Which tickets a nudge belongs to. A pull request's number is not its ticket's; branches of ours carry that one. */
async function ticketsOf(intake: Intake, { ticketHint, trigger }: Nudge): Promise<TicketKey[]> {
  const repository = `${ticketHint.owner}/${ticketHint.name}`;
  if ("branch" in ticketHint) {
    const key = ticketOfBranch(ticketHint, ticketHint.branch);
    return key && (await intake.index.get(key)) ? [key] : [];
  }
  if ("headSha" in ticketHint) {
    const open = (await intake.index.open()).filter((one) => one.repository === repository && one.pullNumber !== null);
    return open.map((one) => one.ticket);
  }
  const known = await knownTicket(intake, ticketHint);
  if (known) return [known.ticket];
  const key = ticketKey({ owner: ticketHint.owner, name: ticketHint.name, number: ticketHint.number });
  return ticketKeySchema.safeParse(key).success && mayBegin(trigger) ? [key] : [];
}

type NumberHint = Extract<TicketHint, { number: number }>;

async function knownTicket(intake: Intake, hint: NumberHint): Promise<IndexedTicket | null> {
  const repository = `${hint.owner}/${hint.name}`;
  const byPull = await intake.index.byPull(repository, hint.number);
  return byPull ?? intake.index.get(ticketKey({ owner: hint.owner, name: hint.name, number: hint.number }));
}

/**
 * What may concern an issue that is no ticket as far as the database knows: a label or command that makes it one, or signs
 * that it was one and the database was lost. Everything else is ordinary talk and costs nothing.
 */
function mayBegin(trigger: Trigger): boolean {
  switch (trigger.kind) {
    case "labelled":
      return START_LABELS.includes(trigger.label);
    case "commented": {
      const marked = trigger.issue.labels.some((label) => label.startsWith("coop"));
      const ourPull = trigger.issue.isPullRequest && trigger.issue.author.type === "Bot";
      return marked || ourPull || parseCommand(trigger.body).outcome !== "none";
    }
    case "unlabelled":
    case "reviewed":
    case "changed":
      return false;
  }
}

function actionOf(payload: unknown): string | null {
  const action = (payload as { action?: unknown } | null)?.action;
  return typeof action === "string" ? action.slice(0, 60) : null;
}
