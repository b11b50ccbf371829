import type { JournalRecord } from "../models/journal.ts";
import type { Database, Query } from "./database.ts";

/** How a record gets into the journal's table, and how the sums over all of it are kept. */
export const COLUMNS = "hash, ticket, step, attempt, kind, model, question, reply, latency_ms, at";

export type Totals = { readonly modelCalls: number; readonly costMicroUsd: number };

/** Names in the table of sums. */
const [CALLS, COST] = ["model calls", "micro-dollars"];

/** A call of a model is counted in the transaction that writes it down, if it is new. */
export async function insert(database: Database, record: JournalRecord): Promise<void> {
  const usage = usageOf(record.reply);
  if (record.kind !== "model") return void (await insertRow(database, record, usage));
  await database.transaction(async (tx) => {
    const rows = await insertRow(tx, record, usage);
    if (rows.length === 0) return;
    for (const [name, more] of [[CALLS, 1] as const, [COST, usage.costMicroUsd ?? 0] as const])
      await tx.query(
        "INSERT INTO totals (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = totals.value + excluded.value",
        [name, more],
      );
  });
}

function insertRow(query: Query, record: JournalRecord, usage: ReturnType<typeof usageOf>): Promise<object[]> {
  const { hash, ticket, step, attempt, kind, model, question, reply, latencyMs, at } = record;
  const { costMicroUsd, tokens } = usage;
  return query.query(
    `INSERT INTO journal (${COLUMNS}, cost_micro_usd, tokens)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (hash) DO NOTHING RETURNING hash`,
    [
      hash,
      ticket,
      step,
      attempt,
      kind,
      model,
      text(question),
      text(reply),
      Math.round(latencyMs),
      at,
      costMicroUsd,
      tokens,
    ],
  );
}

export async function totalsIn(query: Query): Promise<Totals> {
  const rows = await query.query<{ name: string; value: number }>("SELECT name, value FROM totals");
  const value = (wanted: string) => rows.find(({ name }) => name === wanted)?.value ?? 0;
  return { modelCalls: value(CALLS), costMicroUsd: value(COST) };
}

/** Replies without usage (tools, providers that were away) cost nothing. */
function usageOf(reply: unknown): { costMicroUsd: number | null; tokens: number } {
  const usage = (reply as { usage?: unknown } | null)?.usage;
  if (typeof usage !== "object" || usage === null) return { costMicroUsd: 0, tokens: 0 };
  const counts = usage as Record<string, unknown>;
  const count = (key: string) => (typeof counts[key] === "number" ? counts[key] : 0);
  const tokens = count("inputTokens") + count("cachedInputTokens") + count("cacheWriteTokens") + count("outputTokens");
  return { costMicroUsd: typeof counts.costMicroUsd === "number" ? counts.costMicroUsd : null, tokens };
}

function text(value: unknown): string {
  return JSON.stringify(value ?? null);
}
