CREATE INDEX ON imported_v1 (key);
