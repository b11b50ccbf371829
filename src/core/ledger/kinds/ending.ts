import { z } from "zod";
import { gitShaSchema } from "../ids.ts";
import { short } from "../records.ts";
import { because, login, source } from "./fields.ts";
import { atOnce, type Kind } from "./kind.ts";
import { CHUNKS_MAX, HEADING_CHARS_MAX } from "../limits.ts";

/** How a ticket ends. */
export const mergedData = z.object({
  by: login,
  headSha: gitShaSchema,
  mergedSha: gitShaSchema,
  followUps: z.array(z.string().max(HEADING_CHARS_MAX)).max(CHUNKS_MAX),
});

export const merged: Kind<"merged"> = {
  fold: (ticket, data) => ({ ...ticket, halt: null, end: { as: "merged", by: data.by, sha: data.mergedSha } }),
  isAwaited: atOnce,
  role: null,
};

export const issueReopenedData = z.object({ by: login, source });

/** What was merged did not do, somebody thought. The ticket stays ended; the scorecard counts it. */
export const issueReopened: Kind<"issue_reopened"> = {
  fold: (ticket, { by }) => ({ ...ticket, end: ticket.end && { ...ticket.end, reopenedBy: by } }),
  isAwaited: atOnce,
  role: null,
};

export const stoppedData = z.object({ by: login, why: short, because });

export const stopped: Kind<"stopped"> = {
  fold: (ticket, data) => ({ ...ticket, halt: null, end: { as: "stopped", by: data.by, sha: null } }),
  isAwaited: atOnce,
  role: null,
};
