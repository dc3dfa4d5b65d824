CREATE INDEX alerts_v1_newest ON alerts_v1 (reported_at, id);
