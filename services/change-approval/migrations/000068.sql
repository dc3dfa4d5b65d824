CREATE INDEX decisions_v1_newest ON decisions_v1 (asked_at, id);
