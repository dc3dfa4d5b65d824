CREATE INDEX changes_v1_by_label ON changes_v1 USING gin (labels);
