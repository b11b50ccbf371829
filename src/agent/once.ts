import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import type { Journal } from "../models/journal.ts";
import type { Question } from "../models/model.ts";
import { questionKey } from "../models/question-key.ts";

/** Which step a consultation belongs to; the same names under which its model calls are journaled. */
export type Scope = { readonly ticket: string; readonly step: string; readonly attempt: number };

export type Once = {
  readonly journal: Journal;
  readonly scope: Scope;
  readonly now: () => Date;
  /** Milliseconds of a clock that nobody sets, for limits of time. Absent: this process's own. */
  readonly steady?: () => number;
};

export function steadyMs({ steady = () => performance.now() }: Pick<Once, "steady">): number {
  return steady();
}

/**
 * Does something whose result may differ the next time (running tests) and keeps what came out before anybody sees
 * it: a loop that crashed and begins anew sees the same and so asks the same questions, which are already paid for.
 * @param occasion names this use within the question, e.g. the call's id
 * @param keeps whether a result is one that everybody goes on with; what is not kept is done again
 */
export async function once<T>(
  by: Once,
  question: Question,
  occasion: unknown,
  act: () => Promise<T>,
  keeps: (reply: T) => boolean = () => true,
): Promise<T> {
  const hash = hashOf(by, question, occasion);
  const known = await by.journal.find(hash);
  if (known) return known.reply as T;
  const began = steadyMs(by);
  const reply = await act();
  if (!keeps(reply)) return reply;
  const record = await by.journal.write({
    ...by.scope,
    hash,
    kind: "tool",
    model: null,
    question: occasion,
    reply,
    latencyMs: steadyMs(by) - began,
    at: by.now().toISOString(),
  });
  return record.reply as T;
}

/** What `once` kept of the same occasion, or null. */
export async function recalled<T>(by: Once, question: Question, occasion: unknown): Promise<T | null> {
  const known = await by.journal.find(hashOf(by, question, occasion));
  return known ? (known.reply as T) : null;
}

function hashOf({ scope }: Once, question: Question, occasion: unknown): string {
  return sha256(canonicalJson({ kind: "tool", scope, question: questionKey(question), occasion }));
}
