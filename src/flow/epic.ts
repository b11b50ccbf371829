import { ticketKey, type TicketKey } from "../core/ledger/ids.ts";
import { childSeen, isToldByIssue, isToldByPull } from "../core/rules/child.ts";
import { SOMEBODY } from "../core/rules/let-pass.ts";
import type { ChildSeen } from "../core/rules/facts.ts";
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
    const key = ticketKey({ ...ticket.ref, number: part.issue });
    const child = await readOther(world, key);
    if (child === "broken") continue;
    const issue = isToldByIssue(child) ? await shown(world, forge, part.issue) : null;
    // What cannot be told is no news.
    if (issue === "refused") continue;
    if (!child && issue !== null && issue !== "gone" && (await isLost(world, key, ticket, part, issue))) continue;
    seen.push(childSeen(part.issue, child, issue, await mergedByHand(forge, child)));
    const isDue = !child && part.state === "begun" && issue !== null && issue !== "gone" && issue.state === "open";
    if (isDue) await begin(world, { ticket, epic, part, key, issue });
  }
  return seen;
}

async function mergedByHand(forge: Forge, child: Ticket | null): Promise<string | null> {
  if (!child?.pull || !isToldByPull(child)) return null;
  const pull = await forge.pull(child.pull.number);
  return pull !== "gone" && pull.merged ? (pull.mergedBy ?? SOMEBODY) : null;
}

/** One part that GitHub does not show must not hold up the others. */
async function shown(world: World, forge: Forge, number: number): Promise<IssueFacts | "gone" | "refused"> {
  try {
    return await forge.issue(number);
  } catch (error) {
    if (!(error instanceof ForgeAway) || error.nature !== "refused") throw error;
    world.log.warn({ issue: number, error: String(error) }, "the issue of a part is not shown and is passed over");
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
