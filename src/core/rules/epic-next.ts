import type { EpicDraft, RuleDraft } from "./draft.ts";
import { attempt } from "./attempt.ts";
import { halt, look, record, wait } from "./decisions.ts";
import { sharedFiles, turnsOf } from "./epic.ts";
import type { ChildSeen, Decision, Facts } from "./facts.ts";
import type { Policy } from "./policy.ts";
import { type Epic, hasEnded, type Part } from "../ticket/epic.ts";
import { excusesTests, type Plan } from "../ticket/plan.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type DecisionCode, type Why, why } from "./why.ts";

/** What happens next on an epic. It writes nothing itself: it opens its parts, begins them in their order, and ends with them. */
export function epicNext(ticket: Ticket, epic: Epic, facts: Facts): Decision {
  const { parts } = epic;
  if (parts.some((part) => part.issue === null))
    return attempt(ticket, facts, "split", null, why("epic-approved", { parts: parts.length }));
  if (facts.children === null) return look(["children"], why("look-at-children"));
  const news = parts.flatMap((part) => newsOf(part, facts.children ?? []));
  if (news.length > 0) return record(why("children-moved", { parts: news.map(({ data }) => data.part) }), news);
  if (parts.every(hasEnded)) return attempt(ticket, facts, "finish", null, why("epic-done", { parts: parts.length }));
  const turns = turnsOf(epic);
  const free = turns.flatMap(({ code, facts: { part } }) => (code === "part-may-begin" ? [part] : []));
  if (free.length > 0)
    return record(
      why("parts-may-begin", { parts: free }),
      free.map((number) => begun(epic, number)),
    );
  const atWork = parts.filter((part) => part.state === "begun");
  const stuck = turns.flatMap((turn) => (turn.code === "part-stuck" ? [turn.facts] : []));
  if (atWork.length === 0 && stuck.length > 0) {
    const waiting = stuck.map(({ part }) => part);
    const missing = stuck.flatMap((one) => one.for);
    return halt(
      "part-left-out",
      why("part-left-out", { parts: issuesOf(epic, waiting), missing: issuesOf(epic, missing) }),
    );
  }
  return wait("children", waitingFor(atWork, facts.children));
}

/** An epic that stands still for a part that was left out goes on by itself once that is taken up again. */
export function epicStands({ parts }: Epic, { children }: Facts): Decision | null {
  if (children === null) return look(["children"], why("look-at-children"));
  const news = parts.flatMap((part) => newsOf(part, children));
  if (news.length === 0) return null;
  const source = `parts:${news.map(({ data }) => data.part).join()}`;
  const resumed: RuleDraft = { kind: "resumed", data: { by: "policy", source, how: "resume" } };
  return record(why("children-moved", { parts: news.map(({ data }) => data.part) }), [...news, resumed]);
}

/** Those that are at work, and those among them that stand still until a person has said something there. */
function waitingFor(atWork: readonly Part[], children: readonly ChildSeen[]): Why<DecisionCode> {
  const numbers = atWork.flatMap((part) => part.issue ?? []);
  const asking = numbers.filter((number) => children.some((one) => one.issue === number && one.state === "asks"));
  return asking.length > 0
    ? why("children-ask", { issues: asking, others: numbers.length - asking.length })
    : why("children-at-work", { issues: numbers });
}

function issuesOf({ parts }: Epic, numbers: readonly number[]): number[] {
  return parts.flatMap((part) => (numbers.includes(part.number) && part.issue !== null ? [part.issue] : []));
}

type News = Extract<RuleDraft, { kind: `child_${string}` }>;

/** What a child's own ledger, or its issue, says that the parent's does not say yet. */
function newsOf(part: Part, children: readonly ChildSeen[]): News[] {
  const seen = children.find((one) => one.issue === part.issue);
  // A merge stands, whatever is seen later: after the loss of a database the part's own ledger may be missing.
  if (!seen || part.issue === null || part.state === "merged") return [];
  const at = { part: part.number, issue: part.issue };
  if (seen.state === "merged" || seen.state === "left-out")
    return part.state === seen.state ? [] : [{ kind: "child_ended", data: { ...at, as: seen.state, by: seen.by, ...(seen.spend && { spend: seen.spend }) } }]; // prettier-ignore
  if (seen.state === "not-begun")
    return part.state === "left-out" && !part.skipped ? [{ kind: "child_reopened", data: at }] : [];
  // Begun by a person's label before its turn, or taken up again after it was left out.
  const isAtWork = seen.state === "at-work" || seen.state === "asks";
  return isAtWork && part.state !== "begun" ? [{ kind: "child_begun", data: at }] : [];
}

function begun({ parts }: Epic, number: number): RuleDraft {
  const issue = parts[number - 1]?.issue;
  if (!issue) throw new Error(`Part ${number} has no issue`);
  return { kind: "child_begun", data: { part: number, issue } };
}

/** What the policy says of a new plan; null where there is nothing to say. Parts of an epic are not broken down again. */
export function epicsFor({ opened, forge, change }: Ticket, plan: Plan, { epics }: Policy): Policy["epics"] | null {
  if (plan.chunks.length < 2 || opened.parent || opened.pull || change) return null;
  // A desk stacks one branch on the other, so there its parts are built one after the other.
  return forge.kind === "desk" ? { ...epics, sideBySide: 1 } : epics;
}

/** Whether the plan becomes an epic with its yes, is asked about, or is one change. */
export function epicsHere({ plan }: Ticket): Policy["epics"]["mode"] {
  return plan?.epics?.mode ?? "off";
}

/**
 * A part's plan needs no second yes where a person approved the epic, and it keeps to the files that the epic's plan gives it.
 */
export function withinEpic({ opened: { parent } }: Ticket, plan: Plan): Why<DecisionCode> | null {
  if (!parent || parent.approvedBy === "policy" || excusesTests(plan)) return null;
  // A change delivers the first chunk, so of more of them a person has to hear: the epic counts the part as a whole.
  if (plan.chunks.length > 1) return null;
  const files = plan.chunks.flatMap((chunk) => chunk.files.map((file) => file.path));
  const own = new Set(sharedFiles(parent.files, files));
  return files.every((path) => own.has(path)) ? why("plan-within-epic", { issue: parent.issue }) : null;
}

/** The yes to a plan as an epic. */
export function epicApproval({ plan }: Ticket, yes: Omit<EpicDraft["data"], "sideBySide">): EpicDraft {
  return { kind: "epic_approved", data: { ...yes, sideBySide: plan?.epics?.sideBySide ?? 1 } };
}
