import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import type { Journal } from "./journal.ts";
import type { Model, Question, Reply, Usage, Watch } from "./model.ts";
import { type Asked, continued, questionKey } from "./question-key.ts";

/**
 * A model whose answers are kept. The same question in the same attempt of the same step is answered from the journal:
 * a worker that died in the middle of a loop walks through its turns again without a call. Another attempt is another
 * question, so that a retry really asks.
 *
 * Refusals and cut-off answers were paid for and are kept like answers. What nobody answered (`unavailable`,
 * `rejected`) is not: there is nothing to keep, and it may go better next time. What it cost all the same is.
 */
export type JournalScope = {
  readonly ticket: string;
  readonly step: string;
  readonly attempt: number;
  readonly now: () => Date;
  /** Told of every outcome that carries usage, before it is returned. */
  readonly onCall?: (call: JournaledCall) => void;
};

export type JournaledCall = {
  readonly hash: string;
  /** True: answered from the journal; `usage` was paid when the record was written and not again. */
  readonly hit: boolean;
  readonly usage: Usage;
  /** Of the real call, also on a hit. */
  readonly latencyMs: number;
};

type Kept = Extract<Reply, { usage: Usage }>;

export function journaled(model: Model, journal: Journal, scope: JournalScope): Model {
  let before: Asked | null = null;
  const ask = async (question: Question, signal?: AbortSignal, watch?: Watch): Promise<Reply> => {
    const hash = questionHash(model.name, scope, question);
    const known = await journal.find(hash);
    const kept = continued(question, before);
    if (known) {
      before = { hash, question };
      const reply = known.reply as Kept;
      scope.onCall?.({ hash, hit: true, usage: reply.usage, latencyMs: known.latencyMs });
      return reply;
    }
    const started = scope.now();
    const reply = await model.ask(question, signal, watch);
    const at = scope.now();
    // The clock may be set back meanwhile.
    const latencyMs = Math.max(0, at.getTime() - started.getTime());
    const { ticket, step, attempt } = scope;
    const call = { ticket, step, attempt, kind: "model" as const, model: model.name, question: kept };
    const record = { hash, ...call, reply: reply as unknown, latencyMs, at: at.toISOString() };
    if (!("usage" in reply)) {
      if (reply.paid)
        await journal.write({ ...record, hash: spentHash(record), reply: { ...reply, usage: reply.paid } });
      return reply;
    }
    const standing = await journal.write(record);
    before = { hash, question };
    scope.onCall?.({ hash, hit: false, usage: reply.usage, latencyMs });
    // Two workers may ask at the same time. Both paid, but both go on with one and the same answer.
    if (canonicalJson(standing.reply) !== canonicalJson(JSON.parse(JSON.stringify(reply))))
      await journal.write({ ...record, hash: spentHash(record) });
    return standing.reply as Kept;
  };
  return { ...model, ask };
}

/** Of a record that only says what was paid: no question has this hash, so it answers none. */
function spentHash({ hash, at, reply }: { hash: string; at: string; reply: unknown }): string {
  return sha256(canonicalJson({ spent: hash, at, reply }));
}

/** Everything that makes a question the same one: who is asked, what for, and every word of it. */
export function questionHash(
  model: string,
  scope: Pick<JournalScope, "ticket" | "step" | "attempt">,
  question: Question,
): string {
  const { ticket, step, attempt } = scope;
  return sha256(canonicalJson({ model, ticket, step, attempt, question: questionKey(question) }));
}
