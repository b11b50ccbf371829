/**
 * The port to the journal: what was asked and what came back, written before it is used. It is the audit log, the
 * replay, and the reason why nothing is paid for twice.
 */
export type Journal = {
  find(hash: string): Promise<JournalRecord | null>;
  /**
   * The first writer of a hash wins; a later one changes nothing and is not told so.
   * @returns the record that stands, with which everybody goes on
   */
  write(record: JournalRecord): Promise<JournalRecord>;
};

export type JournalRecord = {
  /** Of the whole question: equal hash, equal question. 64 hex digits. */
  readonly hash: string;
  /** `owner/repo#12`. */
  readonly ticket: string;
  readonly step: string;
  readonly attempt: number;
  readonly kind: "model" | "tool";
  /** Name of the pool entry; `null` for tools. */
  readonly model: string | null;
  /** JSON. */
  readonly question: unknown;
  /** JSON. */
  readonly reply: unknown;
  readonly latencyMs: number;
  /** ISO 8601, UTC. */
  readonly at: string;
};
