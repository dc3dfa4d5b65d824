CREATE INDEX incidents_v1_newest ON incidents_v1 (detected_at, id);
