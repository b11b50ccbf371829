-- Webhooks as they came in. The id is GitHub's X-GitHub-Delivery, which a redelivery keeps: the key is what makes a
-- doubled webhook one webhook. Payloads are text: jsonb refuses strings that hold \u0000, and strangers write these.
CREATE TABLE deliveries (
  id          text        PRIMARY KEY,
  event       text        NOT NULL,
  action      text,
  received_at timestamptz NOT NULL,
  payload     text,
  state       text        NOT NULL CHECK (state IN ('kept', 'pruned'))
);
CREATE INDEX deliveries_to_prune ON deliveries (received_at) WHERE state = 'kept';

-- What people said and did to a ticket, still to be looked at. `source` is where it came from (comment:12, review:7),
-- so that the same word heard twice, by webhook and by sweep, is one row.
CREATE TABLE inbox (
  ticket      text        NOT NULL,
  source      text        NOT NULL,
  kind        text        NOT NULL,
  payload     text        NOT NULL,
  received_at timestamptz NOT NULL,
  state       text        NOT NULL CHECK (state IN ('pending', 'handled')),
  position    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (ticket, source)
);
CREATE INDEX inbox_pending ON inbox (ticket, received_at, position) WHERE state = 'pending';
