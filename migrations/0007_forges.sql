-- A ticket at a desk has no installation.
ALTER TABLE tickets ALTER COLUMN installation_id DROP NOT NULL;
