import { createHash } from "node:crypto";
import { z } from "zod";
import { NAME_CHARS_MAX, PATH_CHARS_MAX, QUOTE_CHARS_MAX, STATEMENT_CHARS_MAX } from "../ledger/limits.ts";
import { type Finding, findingIdSchema } from "./finding.ts";

/** A small change of the code that no test noticed, as the proof records it. */
export const survivorSchema = z.object({
  id: findingIdSchema,
  path: z.string().max(PATH_CHARS_MAX),
  line: z.number().int().min(1),
  /** The line as it stands. */
  quote: z.string().max(QUOTE_CHARS_MAX),
  from: z.string().max(NAME_CHARS_MAX),
  /** Empty where it is left out. */
  to: z.string().max(NAME_CHARS_MAX),
});
export type Survivor = z.infer<typeof survivorSchema>;

/** Whether a reviewer takes such a change for one that no input can tell from the code. */
export const wordSchema = z.object({
  findingId: findingIdSchema,
  equivalent: z.enum(["yes", "no"]),
  why: z.string().min(1).max(STATEMENT_CHARS_MAX),
});
export type Word = z.infer<typeof wordSchema>;

/**
 * It keeps its identity when lines move: it is the file, the line's text, which of those that read alike, and what is changed in
 * it, which of several.
 */
export function survivorId(one: Omit<Survivor, "id" | "line">, nthLine: number, nthOnLine: number): string {
  const key = ["survivor", one.path, one.quote.trim(), nthLine, one.from, one.to, nthOnLine].join("\u0000");
  return `F-${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
}

/** Longer pieces of code drown the title. */
const CODE_CHARS_MAX = 50;

/** What an author and the reviewers are told of it. */
export function findingOf({ id, path, line, quote, from, to }: Survivor): Finding {
  const code = (text: string) => `\`${text.slice(0, CODE_CHARS_MAX)}\``;
  const change = to === "" ? `${code(from)} left out` : `${code(from)} → ${code(to)}`;
  return {
    id,
    by: "proof",
    severity: "concern",
    kind: "test",
    title: `No test notices ${change}`,
    path,
    line,
    quote,
    problem: `With ${change} in this line every test still passes.`,
    instruction: "Add a test that fails with it. Dispute it only where no input can tell the two apart, and say why.",
    lowered: null,
  };
}
