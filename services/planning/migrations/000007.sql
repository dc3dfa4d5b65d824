CREATE INDEX releases_v1_by_label ON releases_v1 USING gin (labels);
