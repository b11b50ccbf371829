import type { z } from "zod";
import { canonicalJson } from "../core/ledger/chain.ts";
import type { Role } from "../core/ledger/ids.ts";
import type { TestChange } from "../core/ticket/plan.ts";
import { seen } from "../hygiene/seen.ts";
import type { Question } from "../models/model.ts";
import { meantPath } from "../trees/meant-path.ts";
import type { Briefing } from "./briefing.ts";
import { contextOf } from "./context.ts";
import { systemPrompt } from "./prompt.ts";

/**
 * One thing that a role is asked for: the question, the shape of the answer, and what has to be true of an answer
 * beyond its shape. A task knows nothing about providers or tools; `agent/loop.ts` carries every task out alike.
 */
export type RoleTask<A> = {
  readonly role: Role;
  readonly task: TaskName;
  /** The answer's name for providers, letters and underscores only. */
  readonly answerName: string;
  readonly answer: z.ZodType<A>;
  /** `write` ends with the `finish` tool, the others with a structured answer. */
  readonly tools: "none" | "read" | "write";
  question(briefing: Briefing, tokensMax: number): Pick<Question, "system" | "context" | "shared">;
  /** The answer with the paths that it names as the repository spells them, where only one can be meant. */
  spelt(answer: A, paths: ReadonlySet<string>): A;
  /** Files whose text `problems` and `doubts` have to see. */
  cites(answer: A): string[];
  /** What makes the answer unusable, each a sentence that tells the model what to change. */
  problems(answer: A, facts: AnswerFacts): string[];
  /** What is said once in the repair and then accepted, because code deals with it later. */
  doubts(answer: A, facts: AnswerFacts): string[];
};

export type TaskName = "ask" | "diagnose" | "plan" | "implement" | "fix" | "review" | "attack" | "verify" | "settle";

/** What is known about the repository when an answer is checked. */
export type AnswerFacts = {
  readonly briefing: Briefing;
  /** Paths at the commit in question, after the model's own edits. */
  readonly paths: ReadonlySet<string>;
  /** Text of the cited files; what is missing here could not be read as text. */
  readonly texts: ReadonlyMap<string, string>;
  /** Paths that the model changed in this consultation. */
  readonly touched: ReadonlySet<string>;
};

/** What two lists of findings, the largest honest answers so far, need; entry and readable form must fit a comment. */
const ANSWER_BYTES_MAX = 20_000;

type Optional = "spelt" | "cites" | "problems" | "doubts";
type TaskParts<A> = Omit<RoleTask<A>, Optional | "question"> & { readonly words: string } & Partial<
    Pick<RoleTask<A>, Optional>
  >;

export function roleTask<A>(parts: TaskParts<A>): RoleTask<A> {
  const { words, spelt, cites, problems, doubts, ...rest } = parts;
  return {
    ...rest,
    question: (briefing, tokensMax) => ({
      system: seen(systemPrompt(parts.role), "code"),
      ...contextOf(briefing, { name: parts.task, words }, tokensMax),
    }),
    spelt: spelt ?? ((answer) => answer),
    cites: cites ?? (() => []),
    problems: (answer, facts) => [...tooLong(answer), ...(problems?.(answer, facts) ?? [])],
    doubts: doubts ?? (() => []),
  };
}

function tooLong(answer: unknown): string[] {
  const size = Buffer.byteLength(canonicalJson(answer));
  if (size <= ANSWER_BYTES_MAX) return [];
  return [`The answer has ${size} bytes and ${ANSWER_BYTES_MAX} fit: shorten texts, keep what matters most.`];
}

export function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** An answer's tests to be excused, their files as the repository spells them; nothing where it names none. */
export function speltTests(
  { testChanges }: { readonly testChanges?: TestChange[] | undefined },
  paths: ReadonlySet<string>,
): { testChanges?: TestChange[] } {
  if (!testChanges) return {};
  return { testChanges: testChanges.map((one) => ({ ...one, file: meantPath(one.file, paths) ?? one.file })) };
}
