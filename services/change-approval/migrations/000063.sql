CREATE INDEX changes_v1_by_state ON changes_v1 (state, raised_at, id);
