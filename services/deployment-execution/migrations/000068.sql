CREATE INDEX ON imported_v1 (occurred_at, id);
