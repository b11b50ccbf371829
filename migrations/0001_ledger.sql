-- The database's copy of every ticket's ledger. `content` is the exact canonical JSON of the entry: the hash chain is
-- over exact text, which jsonb would not keep. The other columns repeat parts of it, to list and to look at.
CREATE TABLE ledger_entries (
  ticket  text        NOT NULL,
  seq     integer     NOT NULL CHECK (seq >= 1),
  kind    text        NOT NULL,
  at      timestamptz NOT NULL,
  prev    text        NOT NULL,
  hash    text        NOT NULL,
  mac     text        NOT NULL,
  content text        NOT NULL,
  -- Two writers that both saw length n both want (ticket, n + 1): the key lets only one of them have it.
  PRIMARY KEY (ticket, seq)
);
