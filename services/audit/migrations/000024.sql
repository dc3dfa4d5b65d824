CREATE INDEX found_v1_by_label ON found_v1 USING gin (labels);
