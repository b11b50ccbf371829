import { type Epic, hasEnded, NOT_ENDED, partsOf, withPart } from "../epic.ts";
import { progress } from "../progress.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const epicApproved: Kind<"epic_approved"> = {
  fold: (ticket, { by, sideBySide }, at) => {
    if (!ticket.plan) return ticket;
    const epic: Epic = { by, since: at, sideBySide, parts: partsOf(ticket.plan.plan) };
    return { ...ticket, plan: { ...ticket.plan, approvedBy: by, approvedAt: at }, epic };
  },
  isAwaited: withTheNext,
  role: null,
};

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

export const childBegun: Kind<"child_begun"> = {
  fold: (ticket, { issue: number }) => ({
    ...ticket,
    epic: withPart(ticket.epic, number, { state: "begun", ...NOT_ENDED }),
  }),
  isAwaited: withTheNext,
  role: null,
};

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

export const childReopened: Kind<"child_reopened"> = {
  fold: (ticket, { issue: number }) => ({
    ...ticket,
    epic: withPart(ticket.epic, number, { state: "waiting", ...NOT_ENDED }),
  }),
  isAwaited: withTheNext,
  role: null,
};

/** With nothing merged the parent was given up, part by part. */
export const epicEnded: Kind<"epic_ended"> = {
  fold: (ticket, { merged }) => {
    const by = ticket.epic?.parts.filter(hasEnded).at(-1)?.by ?? ticket.opened.by;
    return { ...ticket, halt: null, end: { as: merged > 0 ? "merged" : "stopped", by, sha: null } };
  },
  isAwaited: atOnce,
  role: null,
};
