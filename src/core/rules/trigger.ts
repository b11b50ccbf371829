import { z } from "zod";
import { forgeRefOf, forgeRefSchema } from "../ledger/forge-ref.ts";
import type { RepositoryRef } from "../ledger/ids.ts";
import { parentSchema } from "../ledger/kinds/opening.ts";

/**
 * What the outside world did that may concern a ticket, translated from a webhook or found by the sweep. A trigger is
 * only a nudge: facts are read again before anything is decided, except what cannot be read again (who did it).
 */
export const personSchema = z.object({ login: z.string(), id: z.number().int(), type: z.string() });
export type Person = z.infer<typeof personSchema>;

const issueFactsSchema = z.object({
  number: z.number().int(),
  state: z.enum(["open", "closed"]),
  title: z.string(),
  body: z.string(),
  author: personSchema,
  labels: z.array(z.string()),
  /** People only. Absent where nobody is assigned, or where it was not asked. */
  assignees: z.array(z.string()).optional(),
  isPullRequest: z.boolean(),
  /** Whether only people may write there. Absent where it was not asked. */
  locked: z.boolean().optional(),
});
/** An issue as it stands; `body` is the raw Markdown. */
export type IssueFacts = z.infer<typeof issueFactsSchema>;

/** As `childMarker` of the messages writes it. */
const PART_MARK = /<!-- coop:part [^\s#]{1,200}#(\d{1,10}) /;

/** The number of the epic that an issue is a part of, as the bot wrote into it; null for others. A forged mark costs one look. */
export function parentOf({ isPullRequest, author, body }: IssueFacts): number | null {
  const number = isPullRequest || author.type !== "Bot" ? undefined : PART_MARK.exec(body)?.[1];
  return number === undefined ? null : Number(number);
}

/** *Re-run* beside our check run `coop/proof`, which GitHub offers to people who may write. */
export const PROOF_RERUN = "coop/proof rerequested";

/** A person opened the issue again. */
export const ISSUE_REOPENED = "issue reopened";

/** Begins the source of a label that an issue was opened with, in the event of its opening. */
export const OPENING = "opened:";
/** Begins the source of a command that stands in an issue's or pull request's own text, as it was opened. */
export const OPENING_TEXT = "text:";

const common = {
  /** Names the event once and for all: `comment:123`. The same source is never handled twice. */
  source: z.string(),
  /** How its repository is reached. */
  forge: forgeRefSchema,
  defaultBranch: z.string(),
  by: personSchema,
};

export type InlineComment = {
  readonly id: number;
  readonly path: string;
  readonly line: number | null;
  readonly text: string;
  /** Somebody changed it since it was written. */
  readonly edited?: boolean | undefined;
};

export const triggerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("labelled"), ...common, label: z.string(), issue: issueFactsSchema }),
  z.object({ kind: z.literal("unlabelled"), ...common, label: z.string(), issue: issueFactsSchema }),
  z.object({
    kind: z.literal("commented"),
    ...common,
    commentId: z.number().int(),
    body: z.string(),
    issue: issueFactsSchema,
  }),
  z.object({
    kind: z.literal("reviewed"),
    ...common,
    reviewId: z.number().int(),
    state: z.enum(["approved", "changes_requested", "commented"]),
    body: z.string(),
    headSha: z.string(),
    pullNumber: z.number().int(),
  }),
  /** Our own: the turn of a part of an epic has come. `by`: whoever approved the epic. */
  z.object({
    kind: z.literal("part-due"),
    ...common,
    issue: issueFactsSchema,
    parent: parentSchema,
  }),
  /** Something changed that is read again: `look` says what. `guard`: whether a pull request of somebody else is to be proven. */
  z.object({
    kind: z.literal("changed"),
    ...common,
    what: z.string(),
    look: z.enum(["issue", "pull", "checks", "thread", "guard"]),
    /** The base branch that the pull request got by it: it may have another one again when somebody looks. */
    base: z.string().optional(),
    /** The head that it got, likewise. */
    head: z.string().optional(),
  }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

/** A stored trigger, also one that was stored before there were several forges. @returns null for what is none */
export function readTrigger(stored: unknown): Trigger | null {
  if (stored === null || typeof stored !== "object") return null;
  const read = triggerSchema.safeParse({ ...stored, forge: forgeRefOf(stored) });
  return read.success ? read.data : null;
}

/** Where the ticket is to be looked up: by issue or pull request number, else by commit or branch. */
export type TicketHint = RepositoryRef &
  ({ readonly number: number } | { readonly headSha: string } | { readonly branch: string });

/** A trigger and whom it is about: what a forge hands to intake. */
export type Nudge = { readonly ticketHint: TicketHint; readonly trigger: Trigger };
