CREATE INDEX decisions_v1_by_release ON decisions_v1 (release_id, asked_at, id);
