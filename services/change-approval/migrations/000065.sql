CREATE INDEX changes_v1_on_hold ON changes_v1 (raised_at, id) WHERE on_hold;
