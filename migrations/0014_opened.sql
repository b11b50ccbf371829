-- Which tickets were opened today is asked before each new one is planned: without this, every entry of every ledger was looked at.
CREATE INDEX ledgers_by_opening ON ledger_entries (at) WHERE seq = 1;
