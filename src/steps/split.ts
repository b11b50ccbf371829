import type { EntryData } from "../core/ledger/entries.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import { halted } from "../core/rules/halt.ts";
import { TYPE_LABELS } from "../core/rules/route.ts";
import { why } from "../core/rules/why.ts";
import { hasEnded } from "../core/ticket/epic.ts";
import { type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { childBody, childMarker, childTitle } from "../messages/epic.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

/**
 * Opens the issues of an epic's parts and puts them below their parent. Each is found again by its marker when the step died
 * between two of them; the entry that names them all comes last.
 */
export async function split({ ticket, forge }: StepContext): Promise<StepResult> {
  const { plan, epic } = ticket;
  if (!plan || !epic) throw new Error("Only an approved epic is split");
  const { number } = ticket.ref;
  const children: EntryData<"epic_split">["children"] = [];
  for (const part of epic.parts) {
    const opened = await forge.openIssue({
      title: childTitle(plan.plan, part.number),
      body: childBody(ticket, plan.plan, part.number, number),
      labels: [startLabel(ticket)],
      marker: childMarker(ticket.key, plan.planHash, part.number),
      sinceIso: epic.since,
      parent: number,
    });
    if (opened.state === "refused")
      return done(halted("github-refused", "policy", why("issue-refused", { reason: opened.reason })));
    children.push({ part: part.number, issue: opened.number });
  }
  for (const { issue } of children) await forge.attachChild(number, issue);
  return done({ kind: "epic_split", data: { children } });
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
