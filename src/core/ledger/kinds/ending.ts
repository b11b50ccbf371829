import { z } from "zod";
import { gitShaSchema } from "../ids.ts";
import { short } from "../records.ts";
import { because, login } from "./fields.ts";
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

export const stoppedData = z.object({ by: login, why: short, because });

export const stopped: Kind<"stopped"> = {
  fold: (ticket, data) => ({ ...ticket, halt: null, end: { as: "stopped", by: data.by, sha: null } }),
  isAwaited: atOnce,
  role: null,
};
