CREATE INDEX changes_v1_newest ON changes_v1 (raised_at, id);
