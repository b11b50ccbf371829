-- Which comment or review carries which entries. A row is written before the comment is (intended), so that a crash
-- between the two leads to a search by marker and not to a second comment.
CREATE TABLE publications (
  ticket      text    NOT NULL,
  first_seq   integer NOT NULL CHECK (first_seq >= 1),
  last_seq    integer NOT NULL CHECK (last_seq >= first_seq),
  place       text    NOT NULL CHECK (place IN ('issue', 'pull', 'review')),
  number      integer NOT NULL,
  remote_id   bigint,
  body_sha256 text    NOT NULL,
  state       text    NOT NULL CHECK (state IN ('intended', 'posted')),
  posted_at   timestamptz,
  PRIMARY KEY (ticket, first_seq),
  CHECK ((state = 'posted') = (remote_id IS NOT NULL))
);

-- What is drawn from a ledger and edited in place (status comment, labels), as last written: an unchanged projection
-- costs no request.
CREATE TABLE projections (
  ticket      text NOT NULL,
  kind        text NOT NULL,
  remote_id   bigint,
  body_sha256 text NOT NULL,
  PRIMARY KEY (ticket, kind)
);
