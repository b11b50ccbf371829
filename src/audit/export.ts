import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { type Entry, rawOf } from "../core/ledger/entry.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { everyText } from "../hygiene/every-text.ts";
import { guardText } from "../hygiene/redact.ts";
import type { JournalRecord } from "../models/journal.ts";

/**
 * One ticket's audit log, a JSON object a line: entries as they stand, every model call and tool result by the hashes of
 * question and answer, and the large texts that entries name. What looks like a secret is taken out; a line that lost
 * something says so, because its hash no longer fits what is left.
 */
export type AuditLine =
  | { readonly type: "entry"; readonly entry: unknown; readonly redacted?: readonly string[] }
  | {
      readonly type: "call";
      readonly ticket: TicketKey;
      readonly step: string;
      readonly attempt: number;
      readonly kind: "model" | "tool";
      readonly model: string | null;
      /** Of the question with model, step and attempt: the journal's own key. */
      readonly journalHash: string;
      readonly questionSha256: string;
      readonly answerSha256: string;
      readonly outcome: string | null;
      readonly usage: unknown;
      readonly latencyMs: number;
      readonly at: string;
    }
  | {
      readonly type: "artifact";
      readonly sha256: string;
      readonly what: string;
      /** Where its text lies, relative to the log; null when it is not on this machine. */
      readonly path: string | null;
      readonly bytes: number | null;
      readonly redacted?: readonly string[];
    };

export function entryLine(entry: Entry, secrets: readonly string[]): AuditLine {
  const found = new Set<string>();
  const cleaned = redactedValue(rawOf(entry), secrets, found);
  return { type: "entry", entry: cleaned, ...(found.size > 0 ? { redacted: [...found] } : {}) };
}

export function callLine(record: JournalRecord): AuditLine {
  const { ticket, step, attempt, kind, model, hash, question, reply, latencyMs, at } = record;
  const said = typeof reply === "object" && reply !== null ? (reply as Readonly<Record<string, unknown>>) : {};
  return {
    ...{ type: "call" as const, ticket, step, attempt, kind, model, journalHash: hash },
    questionSha256: sha256(canonicalJson(question)),
    answerSha256: sha256(canonicalJson(reply)),
    outcome: typeof said.outcome === "string" ? said.outcome : null,
    usage: said.usage ?? null,
    latencyMs,
    at,
  };
}

export type ArtifactName = { readonly sha256: string; readonly what: string };

/** The large texts that a ledger refers to, each once. */
export function artifactsOf(entries: readonly Entry[]): ArtifactName[] {
  const named = new Map<string, string>();
  const add = (hash: string | null, what: string) => hash !== null && !named.has(hash) && named.set(hash, what);
  for (const entry of entries) {
    if (entry.kind === "opened") add(entry.data.textHash, "ticket text");
    if (entry.kind === "text_accepted") add(entry.data.textHash, "ticket text");
    if (entry.kind === "routed") add(entry.data.policyHash, "policy");
    if ((entry.kind === "step_failed" || entry.kind === "step_interrupted") && entry.data.work)
      add(entry.data.work.sha256, "work so far");
    if (entry.kind === "implemented") add(entry.data.verification.outputSha256, "verification output");
  }
  return [...named].map(([hash, what]) => ({ sha256: hash, what }));
}

/** Hashes name things and can hold no secret of any use; taking them for one would make the log worthless. */
const HASH = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

function redactedValue(value: unknown, secrets: readonly string[], found: Set<string>): unknown {
  return everyText(value, (text) => {
    if (HASH.test(text)) return text;
    const guarded = guardText(text, secrets);
    for (const one of guarded.found) found.add(one);
    return guarded.text;
  });
}
