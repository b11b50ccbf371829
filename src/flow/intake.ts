// Held by test/scenarios/webhooks.test.ts
import { parseCommand } from "../core/rules/command.ts";
import { forGuard, movesBase, stirsGuard } from "../core/rules/guard.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import { ticketKey, ticketKeySchema, type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import type { Nudge, TicketHint, Trigger } from "../core/rules/trigger.ts";
import { GUARDED } from "./guard-pull.ts";
import { laneOf } from "./lanes.ts";
import { ticketOfBranch } from "../steps/branch.ts";
import type { AtOnce, Queue } from "../queue/queue.ts";
import type { Arriving, DeliveryStore } from "../store/delivery-store.ts";
import type { InboxItem } from "../store/inbox-store.ts";
import type { ProjectionStore } from "../store/projection-store.ts";
import type { RepositoryPlace } from "../core/ledger/forge-ref.ts";
import type { RepositoryStore } from "../store/repository-store.ts";
import type { Head, IndexedTicket, Numbered, TicketIndex } from "../store/ticket-index.ts";
import { SHORT_NAME_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * Takes in what a forge tells: stores it, puts each nudge into the inboxes of the tickets it concerns, and queues them, all
 * in one transaction. Nothing is decided and nothing outside is asked here.
 */
export type Intake = {
  readonly deliveries: DeliveryStore;
  readonly index: TicketIndex;
  readonly repositories: Pick<RepositoryStore, "note">;
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
export type Arrival = { readonly id: string; readonly event: string; readonly action: string | null };

/** Without the payload, which may have 25 MB and is not needed any more while a delivery waits for the database. */
export function arrivalOf({ id, name, payload }: { id: string; name: string; payload: unknown }): Arrival {
  return { id, event: name, action: actionOf(payload) };
}

/** What came in with what the forge's adapter made of it. */
export type Told = { readonly arrival: Arrival; readonly nudges: readonly Nudge[] };

/** Takes in what came together: one look into the index and one transaction, however much it is. */
export async function takeIn(intake: Intake, came: readonly Told[]): Promise<("new" | "seen")[]> {
  const receivedAt = intake.now();
  const told = await keyed(intake, came);
  const known = await knownTickets(intake.index, told);
  const arriving: Arriving[] = [];
  const jobs = new Map<string, AtOnce>();
  for (const { arrival, nudges } of told) {
    const { id, event, action } = arrival;
    const inbox: InboxItem[] = [];
    for (const nudge of nudges) {
      for (const [ticket, trigger] of await addressees(intake, known, nudge)) {
        inbox.push({ ticket, source: trigger.source, kind: trigger.kind, payload: trigger, receivedAt });
        const lane = laneOf(trigger);
        jobs.set(`${lane} ${ticket}`, { ticket, lane, reason: `${event} ${id}` });
      }
    }
    arriving.push({ delivery: { id, event, action, receivedAt }, inbox });
  }
  const nudged = [...jobs.values()];
  return intake.deliveries.record(arriving, async (tx) => {
    if (nudged.length > 0) await intake.queue.nudgeAll(nudged, tx);
  });
}

/** Tickets are looked up under the name that their repository had when the first of them began, whatever it is called now. */
async function keyed({ repositories }: Intake, told: readonly Told[]): Promise<readonly Told[]> {
  const places = told.flatMap(({ nudges }) => nudges.flatMap((one) => placeOf(one) ?? []));
  if (places.length === 0) return told;
  const keys = await repositories.note(places);
  const keyedNudge = (nudge: Nudge): Nudge => {
    const [owner, name] = keys.get(placeOf(nudge)?.repositoryId ?? 0)?.split("/") ?? [];
    return owner && name ? { ...nudge, ticketHint: { ...nudge.ticketHint, owner, name } } : nudge;
  };
  return told.map((one) => ({ ...one, nudges: one.nudges.map(keyedNudge) }));
}

function placeOf({ ticketHint: { owner, name }, trigger: { forge } }: Nudge): RepositoryPlace | null {
  if (forge.kind !== "github") return null;
  return { owner, name, repositoryId: forge.repositoryId, installationId: forge.installationId };
}

type Known = {
  numbered(hint: NumberHint): IndexedTicket | null;
  headed(hint: HeadHint): readonly IndexedTicket[];
};

/** What the index knows of all that is named and needs a look, in one for the numbers and one for the commits. */
async function knownTickets(index: Intake["index"], told: readonly Told[]): Promise<Known> {
  const places = new Map<string, Numbered>();
  const heads = new Map<string, Head>();
  for (const { nudges } of told)
    for (const { ticketHint: hint, trigger } of nudges) {
      if (isOfItsIssue(trigger)) continue;
      const repository = `${hint.owner}/${hint.name}`;
      if ("number" in hint) places.set(keyOf(hint), { repository, number: hint.number });
      if ("headSha" in hint) heads.set(`${repository} ${hint.headSha}`, { repository, headSha: hint.headSha });
    }
  const found = await index.byNumbers([...places.values()]);
  const headed = await index.byHeads([...heads.values()]);
  // The newest, should a pull request ever have belonged to two tickets.
  const byPull = new Map(found.sort((a, b) => a.issueNumber - b.issueNumber).map((one) => [`${one.repository}#${one.pullNumber}`, one])); // prettier-ignore
  const byIssue = new Map(found.map((one) => [one.ticket, one]));
  return {
    numbered: (hint) => byPull.get(keyOf(hint)) ?? byIssue.get(keyOf(hint)) ?? null,
    headed: ({ owner, name, headSha }) =>
      headed.filter(
        (one) => one.repository === `${owner}/${name}` && (one.headSha === null || one.headSha === headSha),
      ),
  };
}

function keyOf({ owner, name, number }: NumberHint): TicketKey {
  return ticketKey({ owner, name, number });
}

/** Whom a nudge concerns: tickets, and pull requests that are none and may be guarded. */
async function addressees(intake: Intake, known: Known, nudge: Nudge): Promise<[TicketKey, Trigger][]> {
  const { ticketHint: hint, trigger } = nudge;
  const tickets = await ticketsOf(intake, known, nudge);
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
  const isAtWork = tickets.length > 0 && known.numbered(hint as NumberHint)?.standing === "open";
  return isAtWork ? told : [...told, [pull, forGuard(trigger)]];
}

/** Which tickets a nudge belongs to. A pull request's number is not its ticket's; branches of ours carry that one. */
async function ticketsOf(intake: Intake, known: Known, { ticketHint, trigger }: Nudge): Promise<TicketKey[]> {
  if ("branch" in ticketHint) {
    const key = ticketOfBranch(ticketHint, ticketHint.branch);
    return key && (await intake.index.get(key)) ? [key] : [];
  }
  if ("headSha" in ticketHint) {
    return known.headed(ticketHint).map((one) => one.ticket);
  }
  const ticket = isOfItsIssue(trigger) ? undefined : known.numbered(ticketHint)?.ticket;
  if (ticket !== undefined) return [ticket];
  const key = keyOf(ticketHint);
  return ticketKeySchema.safeParse(key).success && mayBegin(trigger) ? [key] : [];
}

/** Whose ticket that is stands in it, whether there is one or one begins: an issue's number is its ticket's, and no pull request has it. */
function isOfItsIssue(trigger: Trigger): boolean {
  return "issue" in trigger && !trigger.issue.isPullRequest && mayBegin(trigger);
}

type NumberHint = Extract<TicketHint, { number: number }>;
type HeadHint = Extract<TicketHint, { headSha: string }>;

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
    case "part-due":
      return false;
  }
}

function actionOf(payload: unknown): string | null {
  const action = (payload as { action?: unknown } | null)?.action;
  return typeof action === "string" ? action.slice(0, SHORT_NAME_CHARS_MAX) : null;
}
