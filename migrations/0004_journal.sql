-- Every model call and tool result, under the hash of its question: the same question is never paid for twice.
-- Question and reply are text for the same reason as webhook payloads: models may say \u0000.
CREATE TABLE journal (
  hash           text        PRIMARY KEY,
  ticket         text        NOT NULL,
  step           text        NOT NULL,
  attempt        integer     NOT NULL,
  kind           text        NOT NULL CHECK (kind IN ('model', 'tool')),
  model          text,
  question       text        NOT NULL,
  reply          text        NOT NULL,
  latency_ms     integer     NOT NULL,
  at             timestamptz NOT NULL,
  -- Copied out of the reply's usage, so that a day's spending is one index scan. No cost: no price is known.
  cost_micro_usd bigint,
  tokens         bigint      NOT NULL,
  position       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX journal_of_ticket ON journal (ticket, position);
CREATE INDEX journal_of_day ON journal (at);
