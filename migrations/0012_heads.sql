-- Checks and statuses name a commit alone: whose head it is, is found here. Null in rows of before, until their ticket goes on.
ALTER TABLE tickets ADD COLUMN head_sha text;
CREATE INDEX tickets_by_head ON tickets (repository, head_sha) WHERE standing = 'open';
