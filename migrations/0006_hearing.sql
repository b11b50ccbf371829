-- How long the ledger was when somebody's words came in: what they could have seen. Clocks of two machines do not say that.
ALTER TABLE inbox ADD COLUMN ledger_length integer;
-- Words that waited through the update came in under the old rule, which went by the clock; it is applied once, here.
UPDATE inbox SET ledger_length = (
  SELECT count(*) FROM ledger_entries WHERE ledger_entries.ticket = inbox.ticket AND ledger_entries.at <= inbox.received_at
) WHERE state = 'pending';

-- What cannot be heard is set aside after a few tries, with its reason, so that it does not hold up what came after it.
ALTER TABLE inbox ADD COLUMN tries integer NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN why text;
ALTER TABLE inbox DROP CONSTRAINT inbox_state_check;
ALTER TABLE inbox ADD CONSTRAINT inbox_state_check CHECK (state IN ('pending', 'handled', 'set-aside'));
CREATE INDEX inbox_set_aside ON inbox (ticket) WHERE state = 'set-aside';
