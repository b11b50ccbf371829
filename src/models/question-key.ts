import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import type { Question, Turn } from "./model.ts";

/**
 * A question by its hash, and as its difference from the one before. A loop asks sixty times with a history that only
 * grows, so a turn is hashed once, however often it is sent, and the journal keeps of each question what is new in it.
 */
type Head = Omit<Question, "turns">;

const heads = new WeakMap<readonly string[], { readonly head: Head; readonly hash: string }>();
const turns = new WeakMap<Turn, string>();

/** Equal for equal questions, whatever the order of their keys. 64 hex digits. */
export function questionKey(question: Question): string {
  return sha256([headKey(question), ...question.turns.map(turnKey)].join("\n"));
}

function headKey(question: Question): string {
  const { turns: _said, ...head } = question;
  const known = heads.get(question.context);
  if (known && sameHead(known.head, head)) return known.hash;
  const hash = sha256(canonicalJson(head));
  heads.set(question.context, { head, hash });
  return hash;
}

function turnKey(turn: Turn): string {
  const known = turns.get(turn);
  if (known !== undefined) return known;
  const hash = sha256(canonicalJson(turn));
  turns.set(turn, hash);
  return hash;
}

/** The same values, not only equal ones: that is quick to see, and a loop passes the same values on. */
function sameHead(a: Head, b: Head): boolean {
  const keys = Object.keys(a) as (keyof Head)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** How the journal keeps a question that goes on from an earlier one: so many of its turns, then these. */
export type Continued = {
  /** The earlier question's record. */
  readonly after: string;
  readonly turnsKept: number;
  readonly turns: readonly Turn[];
};

export type Asked = { readonly hash: string; readonly question: Question };

/** @returns the question itself when it does not go on from `before` */
export function continued(question: Question, before: Asked | null): Question | Continued {
  if (!before) return question;
  const { turns: now, ...head } = question;
  const { turns: then, ...headBefore } = before.question;
  if (!sameHead(head, headBefore)) return question;
  let same = 0;
  while (same < then.length && then[same] === now[same]) same++;
  return { after: before.hash, turnsKept: same, turns: now.slice(same) };
}

/** A record's question, to be looked at. Nobody may ask it: what the journal holds has not come by the one way in. */
type Kept = Readonly<Record<string, unknown>> & { readonly turns: readonly unknown[] };
type KeptContinued = { readonly after: string; readonly turnsKept: number; readonly turns: readonly unknown[] };

/**
 * The whole question of a journal record, put together from the records before it. Records of older versions hold it whole.
 * @returns null when one of them is missing
 */
export async function wholeQuestion(
  kept: unknown,
  find: (hash: string) => Promise<{ readonly question: unknown } | null>,
): Promise<Kept | null> {
  const steps: KeptContinued[] = [];
  let one = kept;
  while (isContinued(one)) {
    steps.push(one);
    one = (await find(one.after))?.question ?? null;
  }
  if (one === null) return null;
  return steps.reduceRight<Kept>(
    (question, step) => ({ ...question, turns: [...question.turns.slice(0, step.turnsKept), ...step.turns] }),
    one as Kept,
  );
}

function isContinued(kept: unknown): kept is KeptContinued {
  return typeof kept === "object" && kept !== null && "after" in kept && "turnsKept" in kept;
}
