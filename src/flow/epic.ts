// Held by test/scenarios/epic.test.ts
import { ticketKey, type TicketKey } from "../core/ledger/ids.ts";
import { childSeen, isToldByIssue, isToldByPull } from "../core/rules/child.ts";
import { type Heard, mayWrite } from "../core/rules/heard.ts";
import { SOMEBODY } from "../core/rules/let-pass.ts";
import type { ChildSeen, Facts } from "../core/rules/facts.ts";
import type { IssueFacts, Trigger } from "../core/rules/trigger.ts";
import { type Epic, hasEnded, type Part } from "../core/ticket/epic.ts";
import { PHASE_LABELS } from "../core/ticket/phase.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import { branchOf } from "../steps/branch.ts";
import { readOther } from "./book.ts";
import { takeUpLost } from "./lost.ts";
import type { World } from "./world.ts";

/**
 * Between an epic and its parts. Each part is a ticket with a ledger of its own, which the parent only reads. A part whose
 * turn has come is told so by way of its inbox; told twice it begins once.
 */
export async function lookAtChildren(world: World, forge: Forge, ticket: Ticket): Promise<ChildSeen[]> {
  const { epic } = ticket;
  const seen: ChildSeen[] = [];
  for (const part of epic?.parts ?? []) {
    if (!epic || part.issue === null) continue;
    const number = part.issue;
    const key = ticketKey({ ...ticket.ref, number });
    const child = await readOther(world, key);
    if (child === "broken") continue;
    const issue = isToldByIssue(child)
      ? await unlessRefused(world, { issue: number }, () => forge.issue(number))
      : null;
    // What cannot be told is no news.
    if (issue === "refused") continue;
    if (!child && issue !== null && issue !== "gone" && (await isLost(world, key, ticket, part, issue))) continue;
    const mergedBy = part.state === "merged" ? null : await mergedByHand(world, forge, child);
    if (mergedBy === "refused") continue;
    seen.push(childSeen(number, child, issue, mergedBy === null ? null : mergedBy.login));
    const isDue = !child && part.state === "begun" && issue !== null && issue !== "gone" && issue.state === "open";
    if (isDue) await begin(world, { ticket, epic, part, key, issue });
  }
  return seen;
}

/**
 * A part that somebody wants to leave out, as its own ledger has it now. One whose ledger cannot be read has one, so it was
 * begun.
 */
export async function lookAtSkipped(
  world: World,
  ticket: Ticket | null,
  { parsed, permission }: Pick<Heard, "parsed" | "permission">,
): Promise<Pick<Facts, "children"> | null> {
  if (!ticket?.epic || !mayWrite(permission)) return null;
  if (parsed.outcome !== "command" || parsed.command.verb !== "skip") return null;
  const number = ticket.epic.parts[parsed.command.part - 1]?.issue ?? null;
  if (number === null) return null;
  const child = await readOther(world, ticketKey({ ...ticket.ref, number }));
  return { children: [child === "broken" ? { issue: number, state: "at-work", by: SOMEBODY } : childSeen(number, child, null)] }; // prettier-ignore
}

/** A pull request that is closed without a merge is asked about again after so long: few are opened again. */
const CLOSED_STANDS_MS = 60 * 60_000;
/** When each of them was seen closed, by its repository and number. Milliseconds since 1970. */
const seenClosed = new WeakMap<World["ledgers"], Map<string, number>>();

async function mergedByHand(
  world: World,
  forge: Forge,
  child: Ticket | null,
): Promise<{ readonly login: string } | "refused" | null> {
  if (!child?.pull || !isToldByPull(child)) return null;
  const closed = seenClosed.get(world.ledgers) ?? new Map<string, number>();
  seenClosed.set(world.ledgers, closed);
  const name = ticketKey({ ...child.ref, number: child.pull.number });
  const now = world.now().getTime();
  for (const [one, at] of closed) if (now - at >= CLOSED_STANDS_MS) closed.delete(one);
  if (closed.has(name)) return null;
  const { number } = child.pull;
  const pull = await unlessRefused(world, { pull: number }, () => forge.pull(number));
  if (pull === "refused") return "refused";
  if (pull !== "gone" && pull.merged) return { login: pull.mergedBy ?? SOMEBODY };
  if (pull === "gone" || pull.state === "closed") closed.set(name, now);
  return null;
}

/** One part that GitHub does not show must not hold up the others. */
async function unlessRefused<T>(world: World, what: object, ask: () => Promise<T>): Promise<T | "refused"> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ForgeAway) || error.nature !== "refused") throw error;
    world.log.warn(
      { ...what, error: String(error) },
      "what tells how a part stands is not shown, and it is passed over",
    );
    return "refused";
  }
}

/**
 * An issue that carries the label of a phase had a ledger, which the database has lost. Where the parent says how the part
 * ended, that stands. Else a closed one is taken up from the thread before anybody says how it ended; when nothing is left
 * there, the issue is all there is to believe.
 */
async function isLost(world: World, key: TicketKey, parent: Ticket, part: Part, issue: IssueFacts): Promise<boolean> {
  const wasTicket = issue.labels.some((label) => PHASE_LABELS.includes(label));
  if (wasTicket && hasEnded(part)) return true;
  if (issue.state === "open" || !wasTicket) return false;
  return takeUpLost(world, key, parent.forge, "found by its epic");
}

type Beginning = {
  readonly ticket: Ticket;
  readonly epic: Epic;
  readonly part: Part;
  readonly key: TicketKey;
  readonly issue: IssueFacts;
};

async function begin(world: World, { ticket, epic, part, key, issue }: Beginning): Promise<void> {
  const now = world.now();
  const login = epic.by === "policy" ? ticket.opened.by : epic.by;
  const trigger: Trigger = {
    kind: "part-due",
    source: `part:${ticket.key}`,
    forge: ticket.forge,
    defaultBranch: baseOf(ticket, epic),
    by: { login, id: 0, type: "User" },
    issue,
    parent: {
      issue: ticket.ref.number,
      part: part.number,
      of: epic.parts.length,
      approvedBy: epic.by,
      files: [...part.files],
    },
  };
  const told = async (source: string) =>
    world.inbox.add([{ ticket: key, source, kind: trigger.kind, payload: { ...trigger, source }, receivedAt: now }]);
  const isNew = (await told(trigger.source)) > 0 || (await world.inbox.pending(key)).length > 0;
  // It could not be heard and was set aside. The inbox takes each name once, so it is said again under another one.
  if (!isNew) await told(`${trigger.source}:${now.toISOString()}`);
  await world.nudge(key, { lane: "hearing", reason: "its turn in the epic" });
}

/** At a desk nothing is brought into the base branch as a rule, so each part is stacked on the one that was done last. */
function baseOf({ forge, ref, opened }: Ticket, { parts }: Epic): string {
  const merged = parts.filter((part) => part.state === "merged" && part.issue !== null);
  const done = merged.sort((one, other) => ((one.endedAt ?? "") < (other.endedAt ?? "") ? -1 : 1)).at(-1);
  if (forge.kind !== "desk" || !done?.issue) return opened.defaultBranch;
  return branchOf(ticketKey({ ...ref, number: done.issue }), "desk");
}

/** A part waits or has ended: whoever begins the next one looks again. */
export async function tellParent(world: World, { ref, opened }: Ticket): Promise<void> {
  if (!opened.parent) return;
  const parent = ticketKey({ ...ref, number: opened.parent.issue });
  await world.nudge(parent, { lane: "work", reason: "a part moved on" });
}
