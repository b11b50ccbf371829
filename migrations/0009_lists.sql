-- What a list of tickets shows, written with the entry that changes it. Null in rows of before: filled when a list is next shown.
ALTER TABLE tickets ADD COLUMN title text;
ALTER TABLE tickets ADD COLUMN type text;
ALTER TABLE tickets ADD COLUMN round integer;
ALTER TABLE tickets ADD COLUMN cost_micro_usd bigint;
