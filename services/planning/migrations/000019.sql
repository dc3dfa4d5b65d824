CREATE INDEX releases_v1_by_state ON releases_v1 (state, drafted_at DESC, id) INCLUDE (held);
