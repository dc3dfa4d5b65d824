CREATE INDEX decisions_v1_by_change ON decisions_v1 (change_id, asked_at, id);
