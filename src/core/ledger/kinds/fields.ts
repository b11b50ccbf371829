import { z } from "zod";
import { becauseSchema } from "../records.ts";
import { BRANCH_CHARS_MAX, NAME_CHARS_MAX, PATH_CHARS_MAX, SHORT_NAME_CHARS_MAX, SOURCE_CHARS_MAX } from "../limits.ts";

/** Fields that many kinds of entries share. */
export const login = z.string().min(1).max(NAME_CHARS_MAX);
/** The number of that person's account. Absent in older ledgers, and where nobody told. */
export const accountId = z.number().int().positive().optional();
/** A person, or `policy` where the rules act by themselves. */
export const loginOrPolicy = z.union([login, z.literal("policy")]);
/** Why, as a value. Absent in ledgers from before there were codes; the sentence beside it stands in all of them. */
export const because = becauseSchema.optional();
/** Where a person said it: `comment:123`, `review:45`, `label:…`. Each source is answered once. */
export const source = z.string().min(1).max(SOURCE_CHARS_MAX);
/** The model that answered, as its provider names it. Absent where that was not told. */
export const served = z.string().max(SOURCE_CHARS_MAX).optional();
/** A file's path; longer ones than Git hosts let exist are no paths. */
export const path = z.string().max(PATH_CHARS_MAX);
export const branch = z.string().max(BRANCH_CHARS_MAX);
export const vendor = z.string().max(SHORT_NAME_CHARS_MAX);
