-- Where repositories are now. Names and owners change and installations end; the id does not. Tickets stay keyed as they were
-- opened, so each repository keeps the name under which the first of its tickets began, and no other one gets that name.
CREATE TABLE repositories (
  repository_id   bigint PRIMARY KEY,
  keyed_as        text   NOT NULL UNIQUE,
  owner           text   NOT NULL,
  name            text   NOT NULL,
  installation_id bigint NOT NULL
);
-- Those of tickets of before, the latest first: two repositories may have had one name in turn.
INSERT INTO repositories (repository_id, keyed_as, owner, name, installation_id)
SELECT CAST(substring(content, '"repositoryId":([0-9]+)') AS bigint), substring(ticket, '^([^#]+)'), substring(ticket, '^([^/]+)'),
       substring(ticket, '/([^#]+)'), CAST(substring(content, '"installationId":([0-9]+)') AS bigint)
  FROM ledger_entries
 WHERE seq = 1 AND kind = 'opened'
   AND substring(content, '"repositoryId":([0-9]+)') IS NOT NULL AND substring(content, '"installationId":([0-9]+)') IS NOT NULL
 ORDER BY at DESC
    ON CONFLICT DO NOTHING;
