-- Sums over all calls of models, kept with each call: whoever asks for figures then reads two rows and not the journal.
CREATE TABLE totals (
  name  text   PRIMARY KEY,
  value bigint NOT NULL
);
INSERT INTO totals (name, value)
SELECT 'model calls', count(*) FROM journal WHERE kind = 'model'
UNION ALL SELECT 'micro-dollars', coalesce(sum(cost_micro_usd), 0)::bigint FROM journal;
-- What is old enough to be forgotten is found without a look at the rest.
CREATE INDEX inbox_to_prune ON inbox (received_at) WHERE state <> 'pending';
CREATE INDEX journal_with_texts ON journal (at) WHERE question <> '';
CREATE INDEX journal_without_texts ON journal (at) WHERE question = '';
-- How many tickets there are of each phase, for figures.
CREATE INDEX tickets_by_phase ON tickets (phase);
