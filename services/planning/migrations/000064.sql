CREATE INDEX releases_v1_held ON releases_v1 (drafted_at, id) WHERE held;
