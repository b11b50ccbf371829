import { z } from "zod";
import { type Epic, hasEnded, NOT_ENDED, partsOf, withPart } from "../../ticket/epic.ts";
import { progress } from "../../ticket/progress.ts";
import { CHUNKS_MAX, SIDE_BY_SIDE_MAX } from "../limits.ts";
import { sha256Schema } from "../ids.ts";
import { short, spendSchema } from "../records.ts";
import { because, login, loginOrPolicy, source } from "./fields.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

/** A plan that is built part by part, each part a ticket of its own. */
const part = z.number().int().min(1).max(CHUNKS_MAX);
const issue = z.number().int().min(1);

export const epicApprovedData = z.object({
  by: loginOrPolicy,
  source,
  planHash: sha256Schema,
  textHash: sha256Schema,
  sideBySide: z.number().int().min(1).max(SIDE_BY_SIDE_MAX),
  why: short,
  because,
});

export const epicApproved: Kind<"epic_approved"> = {
  fold: (ticket, { by, sideBySide }, at) => {
    if (!ticket.plan) return ticket;
    const epic: Epic = { by, since: at, sideBySide, parts: partsOf(ticket.plan.plan) };
    return { ...ticket, plan: { ...ticket.plan, approvedBy: by, approvedAt: at }, epic };
  },
  isAwaited: withTheNext,
  role: null,
};

export const epicSplitData = z.object({ children: z.array(z.object({ part, issue })).min(1).max(CHUNKS_MAX) });

export const epicSplit: Kind<"epic_split"> = {
  fold: (ticket, { children }) =>
    progress({
      ...ticket,
      epic: ticket.epic && {
        ...ticket.epic,
        parts: ticket.epic.parts.map((one) => ({
          ...one,
          issue: children.find((child) => child.part === one.number)?.issue ?? one.issue,
        })),
      },
    }),
  isAwaited: atOnce,
  role: null,
};

export const childBegunData = z.object({ part, issue });

export const childBegun: Kind<"child_begun"> = {
  fold: (ticket, { issue: number }) => ({
    ...ticket,
    epic: withPart(ticket.epic, number, { state: "begun", ...NOT_ENDED }),
  }),
  isAwaited: withTheNext,
  role: null,
};

/**
 * `spend`: what the part's own ledger says that it cost; absent where it has none, or an older version wrote this. `source`:
 * where a person left it out in the parent's thread; absent where its issue, ledger or pull request told.
 */
export const childEndedData = z.object({
  part,
  issue,
  as: z.enum(["merged", "left-out"]),
  by: login,
  spend: spendSchema.optional(),
  source: source.optional(),
});

export const childEnded: Kind<"child_ended"> = {
  fold: (ticket, { issue: number, as, by, source: said, spend = null }, at) => ({
    ...ticket,
    epic: withPart(ticket.epic, number, {
      ...{ state: as, by, endedAt: at, waived: false, spend },
      skipped: said !== undefined,
    }),
  }),
  isAwaited: withTheNext,
  role: null,
};

/** Left out before its turn, and reopened: it waits for its turn again. */
export const childReopenedData = z.object({ part, issue });

export const childReopened: Kind<"child_reopened"> = {
  fold: (ticket, { issue: number }) => ({
    ...ticket,
    epic: withPart(ticket.epic, number, { state: "waiting", ...NOT_ENDED }),
  }),
  isAwaited: withTheNext,
  role: null,
};

export const epicEndedData = z.object({
  merged: z.number().int().min(0).max(CHUNKS_MAX),
  leftOut: z.number().int().min(0).max(CHUNKS_MAX),
});

/** With nothing merged the parent was given up, part by part. */
export const epicEnded: Kind<"epic_ended"> = {
  fold: (ticket, { merged }) => {
    const by = ticket.epic?.parts.filter(hasEnded).at(-1)?.by ?? ticket.opened.by;
    return { ...ticket, halt: null, end: { as: merged > 0 ? "merged" : "stopped", by, sha: null } };
  },
  isAwaited: atOnce,
  role: null,
};
