/**
 * The tables of `migrations/`, as SQLite spells them, and the one that only SQLite needs: the queue's jobs. A column
 * more there is a column more here; the contract test compares the two.
 */
/** What files of schema 1 lack. */
export const SINCE_SCHEMA_1 = `
ALTER TABLE tickets ADD COLUMN title text;
ALTER TABLE tickets ADD COLUMN type text;
ALTER TABLE tickets ADD COLUMN round integer;
ALTER TABLE tickets ADD COLUMN cost_micro_usd integer`;

/** What files of before schema 5 know of repositories, as `migrations/0011_repositories.sql` takes it over. */
export const SINCE_SCHEMA_4 = `
INSERT INTO repositories (repository_id, keyed_as, owner, name, installation_id)
SELECT CAST(substring(content, '"repositoryId":([0-9]+)') AS integer), substring(ticket, '^([^#]+)'), substring(ticket, '^([^/]+)'),
       substring(ticket, '/([^#]+)'), CAST(substring(content, '"installationId":([0-9]+)') AS integer)
  FROM ledger_entries
 WHERE seq = 1 AND kind = 'opened'
   AND substring(content, '"repositoryId":([0-9]+)') IS NOT NULL AND substring(content, '"installationId":([0-9]+)') IS NOT NULL
 ORDER BY at DESC
    ON CONFLICT DO NOTHING`;

/** What files of before schema 7 lack, as `migrations/0012_heads.sql` has it. */
export const SINCE_SCHEMA_6 = "ALTER TABLE tickets ADD COLUMN head_sha text";

/** Sums of files of before schema 8, as `migrations/0013_kept.sql` makes them. */
export const SINCE_SCHEMA_7 = `
INSERT INTO totals (name, value)
SELECT 'model calls', count(*) FROM journal WHERE kind = 'model'
UNION ALL SELECT 'micro-dollars', coalesce(sum(cost_micro_usd), 0) FROM journal WHERE true
    ON CONFLICT DO NOTHING`;

/** What files of before schema 10 have too much: what waits for one ticket is found by the key, and each webhook wrote a page more. */
export const SINCE_SCHEMA_9 = "DROP INDEX IF EXISTS inbox_pending";

export const SQLITE_SCHEMA = `
CREATE TABLE IF NOT EXISTS ledger_entries (
  ticket text NOT NULL, seq integer NOT NULL CHECK (seq >= 1), kind text NOT NULL, at text NOT NULL,
  prev text NOT NULL, hash text NOT NULL, mac text NOT NULL, content text NOT NULL,
  PRIMARY KEY (ticket, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS publications (
  ticket text NOT NULL, first_seq integer NOT NULL, last_seq integer NOT NULL, place text NOT NULL,
  number integer NOT NULL, remote_id integer, body_sha256 text NOT NULL, state text NOT NULL, posted_at text,
  PRIMARY KEY (ticket, first_seq)
);
CREATE TABLE IF NOT EXISTS projections (
  ticket text NOT NULL, kind text NOT NULL, remote_id integer, body_sha256 text NOT NULL,
  PRIMARY KEY (ticket, kind)
);
CREATE TABLE IF NOT EXISTS deliveries (
  id text PRIMARY KEY NOT NULL, event text NOT NULL, action text, received_at text NOT NULL, payload text,
  state text NOT NULL
);
CREATE TABLE IF NOT EXISTS inbox (
  position integer PRIMARY KEY AUTOINCREMENT,
  ticket text NOT NULL, source text NOT NULL, kind text NOT NULL, payload text NOT NULL, received_at text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'handled', 'set-aside')),
  ledger_length integer, tries integer NOT NULL DEFAULT 0, why text,
  UNIQUE (ticket, source)
);
CREATE TABLE IF NOT EXISTS journal (
  position integer PRIMARY KEY AUTOINCREMENT,
  hash text NOT NULL UNIQUE, ticket text NOT NULL, step text NOT NULL, attempt integer NOT NULL, kind text NOT NULL,
  model text, question text NOT NULL, reply text NOT NULL, latency_ms integer NOT NULL, at text NOT NULL,
  cost_micro_usd integer, tokens integer NOT NULL
);
CREATE TABLE IF NOT EXISTS totals (
  name text PRIMARY KEY NOT NULL, value integer NOT NULL
);
CREATE INDEX IF NOT EXISTS deliveries_to_prune ON deliveries (received_at) WHERE state = 'kept';
CREATE INDEX IF NOT EXISTS ledgers_by_opening ON ledger_entries (at) WHERE seq = 1;
CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox (received_at) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS inbox_set_aside ON inbox (position) WHERE state = 'set-aside';
CREATE INDEX IF NOT EXISTS inbox_to_prune ON inbox (received_at) WHERE state <> 'pending';
CREATE INDEX IF NOT EXISTS journal_with_texts ON journal (at) WHERE question <> '';
CREATE INDEX IF NOT EXISTS journal_without_texts ON journal (at) WHERE question = '';
CREATE INDEX IF NOT EXISTS journal_of_ticket ON journal (ticket, position);
CREATE INDEX IF NOT EXISTS journal_of_day ON journal (at);
CREATE TABLE IF NOT EXISTS tickets (
  ticket text PRIMARY KEY NOT NULL, repository text NOT NULL, issue_number integer NOT NULL, pull_number integer,
  installation_id integer, phase text NOT NULL, standing text NOT NULL, updated_at text NOT NULL,
  title text, type text, round integer, cost_micro_usd integer, head_sha text
);
CREATE INDEX IF NOT EXISTS tickets_by_phase ON tickets (phase);
CREATE INDEX IF NOT EXISTS tickets_by_change ON tickets (updated_at DESC, ticket);
CREATE INDEX IF NOT EXISTS tickets_open ON tickets (updated_at) WHERE standing = 'open';
CREATE INDEX IF NOT EXISTS tickets_by_pull ON tickets (repository, pull_number) WHERE pull_number IS NOT NULL;
CREATE INDEX IF NOT EXISTS tickets_by_head ON tickets (repository, head_sha) WHERE standing = 'open';
CREATE TABLE IF NOT EXISTS paces (
  name text PRIMARY KEY NOT NULL, state text NOT NULL, version integer NOT NULL
);
CREATE TABLE IF NOT EXISTS repositories (
  repository_id integer PRIMARY KEY NOT NULL, keyed_as text NOT NULL UNIQUE, owner text NOT NULL, name text NOT NULL,
  installation_id integer NOT NULL
);
CREATE TABLE IF NOT EXISTS jobs (
  lane text NOT NULL, ticket text NOT NULL, state text NOT NULL CHECK (state IN ('waiting', 'active', 'dead')),
  due_ms integer NOT NULL, reason text NOT NULL, attempt integer NOT NULL,
  PRIMARY KEY (lane, ticket, state)
);
CREATE TABLE IF NOT EXISTS desk_tickets (
  number integer PRIMARY KEY AUTOINCREMENT,
  title text NOT NULL, body text NOT NULL, author text NOT NULL, labels text NOT NULL, settings text NOT NULL,
  opened_at text NOT NULL
);
CREATE TABLE IF NOT EXISTS desk_comments (
  id integer PRIMARY KEY AUTOINCREMENT,
  number integer NOT NULL REFERENCES desk_tickets, place text NOT NULL CHECK (place IN ('comment', 'review')),
  body text NOT NULL, author text NOT NULL, app integer NOT NULL CHECK (app IN (0, 1)), created_at text NOT NULL
);
CREATE INDEX IF NOT EXISTS desk_comments_of_ticket ON desk_comments (number, id);
CREATE TABLE IF NOT EXISTS desk_pulls (
  number integer PRIMARY KEY REFERENCES desk_tickets,
  title text NOT NULL, body text NOT NULL, head text NOT NULL, base text NOT NULL,
  merged_sha text, merged_by text
)`;
