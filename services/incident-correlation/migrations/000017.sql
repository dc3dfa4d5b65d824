CREATE INDEX incidents_v1_by_label ON incidents_v1 USING gin (labels);
