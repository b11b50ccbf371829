-- Who may write a ticket right now: append, publish, answer. A lease ends by itself, by this database's clock, so that a worker
-- that died or froze holds nothing up for long.
CREATE TABLE leases (
  ticket text        PRIMARY KEY,
  holder text        NOT NULL,
  until  timestamptz NOT NULL
);
