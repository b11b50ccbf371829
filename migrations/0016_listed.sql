-- The tickets that changed last are what a list shows, and each page of it sorted all there are.
CREATE INDEX tickets_by_change ON tickets (updated_at DESC, ticket);
