import { z } from "zod";
import { findingSchema, followUpSchema } from "../../ticket/finding.ts";
import { dismissed, judged, settled } from "../../ticket/findings.ts";
import { handed, paid } from "../../ticket/progress.ts";
import { openBlockers, type Ticket } from "../../ticket/ticket.ts";
import type { EntryData } from "../entries.ts";
import { gitShaSchema, roleSchema } from "../ids.ts";
import { handoffSchema, modelName, sentence, short, spendSchema } from "../records.ts";
import { login, served, source, vendor } from "./fields.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";
import {
  DONE_ID_CHARS_MAX,
  DONE_ITEMS_MAX,
  FINDINGS_KNOWN_MAX,
  FINDINGS_RECORDED_MAX,
  ID_CHARS_MAX,
  PLANNED_FILES_MAX,
  PLANNED_PATH_CHARS_MAX,
  STATEMENT_CHARS_MAX,
  WHY_CHARS_MAX,
} from "../limits.ts";

/** What reviewers say about the change, and what becomes of it. */
export const reviewedData = z.object({
  role: z.enum(["reviewer", "adversary"]),
  round: z.number().int().min(0),
  model: modelName,
  vendor,
  headSha: gitShaSchema,
  summary: sentence,
  attacked: z.array(short).max(DONE_ITEMS_MAX),
  findings: z.array(findingSchema).max(FINDINGS_RECORDED_MAX),
  followUps: z.array(followUpSchema).max(FINDINGS_KNOWN_MAX),
  done: z
    .array(
      z.object({
        id: z.string().max(DONE_ID_CHARS_MAX),
        met: z.enum(["yes", "no", "unknown"]),
        evidence: z.string().max(STATEMENT_CHARS_MAX),
      }),
    )
    .max(DONE_ITEMS_MAX),
  /** Changed files outside the plan that the role accepts. Absent in ledgers of before reviewers were asked about them. */
  outside: z.array(z.string().max(PLANNED_PATH_CHARS_MAX)).max(PLANNED_FILES_MAX).optional(),
  verificationSteps: z.object({ usable: z.enum(["yes", "no"]), why: short }),
  verdict: z.enum(["pass", "changes"]),
  handoff: handoffSchema,
  spend: spendSchema,
  served,
});

export const reviewed: Kind<"reviewed"> = {
  fold: looked,
  // A review that found nothing is read with what comes after it: the other review, or the proof.
  isAwaited: ({ verdict, findings }) => verdict !== "pass" || findings.length > 0,
  role: ({ role }) => role,
};

function looked(ticket: Ticket, data: EntryData<"reviewed">): Ticket {
  const findings = judged(ticket.findings, data);
  const reviews = { ...ticket.reviews, [data.role]: data };
  return handed(paid({ ...ticket, findings, reviews, proof: null }, data.role, data.spend), data.handoff);
}

export const disputeSettledData = z.object({
  findingId: z.string().max(ID_CHARS_MAX),
  by: roleSchema,
  model: modelName,
  outcome: z.enum(["upheld", "withdrawn"]),
  rationale: sentence,
  spend: spendSchema,
});

export const disputeSettled: Kind<"dispute_settled"> = {
  fold: (ticket, data) =>
    paid({ ...ticket, findings: settled(ticket.findings, data), proof: null }, data.by, data.spend),
  isAwaited: withTheNext,
  role: ({ by }) => by,
};

export const findingDismissedData = z.object({
  by: login,
  source,
  findingId: z.string().max(ID_CHARS_MAX),
  why: z.string().min(1).max(WHY_CHARS_MAX),
});

export const findingDismissed: Kind<"finding_dismissed"> = { fold: setAside, isAwaited: atOnce, role: null };

function setAside(ticket: Ticket, data: EntryData<"finding_dismissed">): Ticket {
  const next = { ...ticket, findings: dismissed(ticket.findings, data), proof: null };
  const isFree = openBlockers(next).length === 0 && ["rounds", "same-blocker"].includes(ticket.halt?.reason ?? "");
  return isFree || ticket.halt?.reason === "unproven" ? { ...next, halt: null } : next;
}
