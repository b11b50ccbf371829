-- How fast an installation was asked lately, for all workers together: GitHub counts its requests wherever they come from. Written
-- by whoever knows the version; `state` is JSON that only src/core/rules/pace.ts reads.
CREATE TABLE paces (
  name    text   PRIMARY KEY,
  state   text   NOT NULL,
  version bigint NOT NULL
);
