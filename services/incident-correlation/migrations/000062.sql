CREATE INDEX incidents_v1_by_state ON incidents_v1 (lower(state), detected_at, id);
