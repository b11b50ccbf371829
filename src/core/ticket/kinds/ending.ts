import { atOnce, type Kind } from "./kind.ts";

export const merged: Kind<"merged"> = {
  fold: (ticket, data) => ({ ...ticket, halt: null, end: { as: "merged", by: data.by, sha: data.mergedSha } }),
  isAwaited: atOnce,
  role: null,
};

/** What was merged did not do, somebody thought. The ticket stays ended; the scorecard counts it. */
export const issueReopened: Kind<"issue_reopened"> = {
  fold: (ticket, { by }) => ({ ...ticket, end: ticket.end && { ...ticket.end, reopenedBy: by } }),
  isAwaited: atOnce,
  role: null,
};

export const stopped: Kind<"stopped"> = {
  fold: (ticket, data) => ({ ...ticket, halt: null, end: { as: "stopped", by: data.by, sha: null } }),
  isAwaited: atOnce,
  role: null,
};
