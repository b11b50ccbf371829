import { createHash } from "node:crypto";
import { z } from "zod";
import {
  FINDING_TITLE_CHARS_MAX,
  ID_CHARS_MAX,
  INSTRUCTION_CHARS_MAX,
  LINE_CHARS_MAX,
  PLANNED_PATH_CHARS_MAX,
  QUOTE_CHARS_MAX,
  REPLACEMENT_CHARS_MAX,
  SENTENCE_CHARS_MAX,
  STATEMENT_CHARS_MAX,
} from "../ledger/limits.ts";

const severitySchema = z.enum(["blocker", "concern", "nice-to-have"]);
export type Severity = z.infer<typeof severitySchema>;

/** What a finding is about; decides who settles a dispute over it. */
export const findingKindSchema = z.enum(["security", "architecture", "implementation", "style", "requirement", "test"]);
export type FindingKind = z.infer<typeof findingKindSchema>;

/** A remark as a reviewer model writes it. Code decides later what it is worth. */
export const remarkSchema = z.object({
  severity: severitySchema,
  kind: findingKindSchema,
  title: z.string().min(1).max(FINDING_TITLE_CHARS_MAX),
  path: z
    .string()
    .max(PLANNED_PATH_CHARS_MAX)
    .nullable()
    .describe("File of the head commit, or null when no single file is meant."),
  line: z.number().int().min(1).nullable().describe("Line in that file at the head commit, or null."),
  quote: z
    .string()
    .max(QUOTE_CHARS_MAX)
    .nullable()
    .describe("The text that stands on that line, copied exactly, or null."),
  problem: z.string().min(1).max(SENTENCE_CHARS_MAX).describe("What goes wrong, for which input, with which result."),
  instruction: z
    .string()
    .min(1)
    .max(INSTRUCTION_CHARS_MAX)
    .describe("Change X in file Y; add test Z; update config Q."),
  /**
   * What stands in place of the quoted lines, where that is the whole fix. Absent in findings of before reviewers were asked for
   * it. A remark counts without it, so a malformed one is not worth another answer.
   */
  replacement: z.string().max(REPLACEMENT_CHARS_MAX).nullish().catch(null),
});
export type Remark = z.infer<typeof remarkSchema>;

export const findingIdSchema = z.string().regex(/^F-[0-9a-f]{8}$/);

export const findingSchema = remarkSchema.extend({
  id: findingIdSchema,
  /** Who found it; `proof`: a changed version of the code that no test noticed. */
  by: z.enum(["reviewer", "adversary", "person", "proof"]),
  /** Set when code lowered the severity the model gave, with the reason. */
  lowered: z.string().max(LINE_CHARS_MAX).nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

/**
 * The finding that an inline comment of ours is about: its id is the last code in its first line. A title in front of it is a
 * model's, and may name others.
 *
 * @example findingNamedIn("**Blocker: see `F-00000001`** · `F-00000002` · Reviewer") // "F-00000002"
 */
export function findingNamedIn(headline: string): string | null {
  return /`([^`]{1,40})`[^`]*$/.exec(headline)?.[1] ?? null;
}

/** An implementer's answer to one open finding. */
export const findingAnswerSchema = z.object({
  findingId: z.string().max(ID_CHARS_MAX),
  status: z.enum(["fixed", "disputed"]),
  evidence: z.string().min(1).max(INSTRUCTION_CHARS_MAX),
});
export type FindingAnswer = z.infer<typeof findingAnswerSchema>;

/** A reviewer's word on a finding of an earlier round. */
export const followUpSchema = z.object({
  findingId: z.string().max(ID_CHARS_MAX),
  status: z.enum(["resolved", "open"]),
  evidence: z.string().min(1).max(STATEMENT_CHARS_MAX),
});
export type FollowUp = z.infer<typeof followUpSchema>;

/**
 * A finding keeps its identity when lines move and when words change a little: it is the kind, the file and the
 * cited text (with the title where next to nothing is cited), without white space, case and digits.
 */
export function findingId(remark: Pick<Remark, "kind" | "path" | "quote" | "title">): string {
  const quote = bare(remark.quote ?? "");
  const subject = quote.length >= QUOTE_CHARACTERS_MIN ? quote : quote + bare(remark.title);
  const key = [remark.kind, remark.path ?? "", subject].join("\u0000");
  return `F-${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
}

/** A shorter quote, such as a lone brace, stands in many places: two findings that cite one would become the same. */
const QUOTE_CHARACTERS_MIN = 6;

function bare(text: string): string {
  return text.toLowerCase().replace(/[\s\d]+/g, "");
}

type Said = Pick<Remark, "kind" | "path" | "quote" | "title">;

/**
 * Whether two remarks say the same in other words: they cite the same text of one file, or most of the shorter title's
 * words stand in the other. Used for what a person set aside, so it errs on the side of hearing a remark twice.
 */
export function saysTheSame(a: Said, b: Said): boolean {
  if (a.path !== b.path) return false;
  const [left, right] = [bare(a.quote ?? ""), bare(b.quote ?? "")];
  if (left.length >= QUOTE_CHARACTERS_MIN && left === right) return true;
  const [one, two] = [wordsOf(a.title), wordsOf(b.title)];
  const shared = [...one].filter((word) => two.has(word)).length;
  return shared >= WORDS_SHARED_MIN && shared >= SHARE_MIN * Math.min(one.size, two.size);
}

/** Two titles that share fewer words speak of two things in one place. */
const WORDS_SHARED_MIN = 2;
const SHARE_MIN = 0.6;
/** "escaped", "escaping" and "escapes" begin alike. */
const STEM_CHARACTERS = 5;
const EMPTY_WORDS: ReadonlySet<string> = new Set(["and", "are", "but", "can", "does", "for", "from", "has", "have", "not", "that", "the", "this", "when", "which", "with"]); // prettier-ignore

function wordsOf(title: string): ReadonlySet<string> {
  const words = title.toLowerCase().match(/[\p{L}\p{N}_]{3,}/gu) ?? [];
  return new Set(words.filter((word) => !EMPTY_WORDS.has(word)).map((word) => word.slice(0, STEM_CHARACTERS)));
}
