-- Where tickets are found without reading every ledger. Only a cache: each row can be made again from its ledger.
CREATE TABLE tickets (
  ticket          text        PRIMARY KEY,
  repository      text        NOT NULL,
  issue_number    integer     NOT NULL,
  pull_number     integer,
  installation_id bigint      NOT NULL,
  phase           text        NOT NULL,
  standing        text        NOT NULL CHECK (standing IN ('open', 'closed')),
  updated_at      timestamptz NOT NULL
);
CREATE INDEX tickets_by_pull ON tickets (repository, pull_number) WHERE pull_number IS NOT NULL;
CREATE INDEX tickets_open ON tickets (updated_at) WHERE standing = 'open';
