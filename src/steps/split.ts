// Held by test/scenarios/epic.test.ts
import type { EntryData } from "../core/ledger/entries.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import { halted } from "../core/rules/halt.ts";
import { TYPE_LABELS } from "../core/rules/routing/route.ts";
import { why } from "../core/rules/why.ts";
import { hasEnded } from "../core/ticket/epic.ts";
import { type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { childBody, childMarker, childTitle } from "../messages/epic.ts";
import { BrokenOff, done, type StepContext, type StepResult } from "./step.ts";

/**
 * Opens the issues of an epic's parts and puts them below their parent. Each is found again by its marker when the step died
 * between two of them. What was opened is written down however the step ends: else a ticket that is stopped in between would
 * leave issues behind of which it knows nothing.
 */
export async function split(context: StepContext): Promise<StepResult> {
  const { ticket, forge } = context;
  const { plan, epic } = ticket;
  if (!plan || !epic) throw new Error("Only an approved epic is split");
  const children: Children = [];
  try {
    for (const { issue } of epic.parts) if (issue !== null) await forge.attachChild(ticket.ref.number, issue);
    const refused = await openParts(context, children);
    return done(...written(children), ...(refused ? [refused] : []));
  } catch (error) {
    throw new BrokenOff(written(children), error);
  }
}

type Children = EntryData<"epic_split">["children"];

function written(children: Children): RuleDraft[] {
  return children.length > 0 ? [{ kind: "epic_split", data: { children } }] : [];
}

/** @returns how it halts when the forge refuses one; what was opened before is in `children` */
async function openParts({ ticket, forge }: StepContext, children: Children): Promise<RuleDraft | null> {
  const { plan, epic } = ticket;
  for (const part of epic?.parts ?? []) {
    if (!plan || !epic || part.issue !== null) continue;
    const opened = await forge.openIssue({
      title: childTitle(plan.plan, part.number),
      body: childBody(ticket, plan.plan, part.number, ticket.ref.number),
      labels: [startLabel(ticket)],
      marker: childMarker(ticket.key, plan.planHash, part.number),
      sinceIso: epic.since,
      parent: ticket.ref.number,
    });
    if (opened.state === "refused")
      return halted("github-refused", "policy", why("issue-refused", { reason: opened.reason }));
    children.push({ part: part.number, issue: opened.number });
    await forge.attachChild(ticket.ref.number, opened.number);
  }
  return null;
}

/** Parts are of their parent's kind, as people can see and change. */
function startLabel(ticket: Ticket): string {
  const [forType] = Object.entries(TYPE_LABELS).find(([, type]) => type === typeOf(ticket)) ?? [];
  return forType ?? START_LABELS[0] ?? "";
}

/** All parts have ended: the parent's issue is closed, and its ledger with it. */
export async function finish({ ticket, forge }: StepContext): Promise<StepResult> {
  const parts = ticket.epic?.parts ?? [];
  if (!parts.every(hasEnded)) throw new Error("An epic ends with its last part");
  const merged = parts.filter((part) => part.state === "merged").length;
  await forge.closeIssue(ticket.ref.number, merged > 0 ? "completed" : "not_planned");
  return done({ kind: "epic_ended", data: { merged, leftOut: parts.length - merged } });
}
