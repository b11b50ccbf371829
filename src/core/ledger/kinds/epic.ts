import { z } from "zod";
import { CHUNKS_MAX, SIDE_BY_SIDE_MAX } from "../limits.ts";
import { sha256Schema } from "../ids.ts";
import { short, spendSchema } from "../records.ts";
import { because, login, loginOrPolicy, source } from "./fields.ts";

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

export const epicSplitData = z.object({ children: z.array(z.object({ part, issue })).min(1).max(CHUNKS_MAX) });

export const childBegunData = z.object({ part, issue });

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

/** Left out before its turn, and reopened: it waits for its turn again. */
export const childReopenedData = z.object({ part, issue });

export const epicEndedData = z.object({
  merged: z.number().int().min(0).max(CHUNKS_MAX),
  leftOut: z.number().int().min(0).max(CHUNKS_MAX),
});
