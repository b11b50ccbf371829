import type { Ticket } from "../ticket/ticket.ts";
import { phaseOf } from "../ticket/ticket.ts";
import type { RuleDraft } from "./draft.ts";
import type { Facts } from "./facts.ts";
import { accepted, type Obeyed, refused, type Said } from "./obeyed.ts";

/**
 * A person leaves a part of an epic out, in the parent's thread and before its turn. One that is at work is a ticket of its
 * own, where `/coop stop` says the same. What needs the part is asked about in the same way as when its issue was closed.
 *
 * @param facts `children`: the part as its own ledger has it. A person's label may have begun it since its epic looked.
 */
export function skipPart(ticket: Ticket, { by, source }: Said, number: number, facts: Facts): Obeyed {
  const parts = ticket.epic?.parts ?? [];
  if (parts.every((one) => one.issue === null)) return refused("no-parts", { phase: phaseOf(ticket) });
  const part = parts.find((one) => one.number === number);
  if (!part) return refused("part-unknown", { part: number, parts: parts.length });
  const { issue } = part;
  if (issue === null) return refused("part-not-opened", { part: number });
  const seen = facts.children?.find((one) => one.issue === issue)?.state ?? "not-begun";
  const state = part.state === "merged" || seen === "not-begun" ? part.state : seen;
  if (state === "merged" || state === "left-out") return refused("part-has-ended", { part: number, issue, as: state });
  if (state !== "waiting") return refused("part-at-work", { part: number, issue });
  const left: RuleDraft = { kind: "child_ended", data: { part: number, issue, as: "left-out", by, source } };
  // Whether what is left may begin is decided anew; the policy's word waives nothing.
  const resumed: RuleDraft = { kind: "resumed", data: { by: "policy", source: `parts:${number}`, how: "resume" } };
  return accepted(ticket.halt?.reason === "part-left-out" ? [left, resumed] : [left]);
}
