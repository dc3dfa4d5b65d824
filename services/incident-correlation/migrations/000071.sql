CREATE INDEX reviews_v1_by_other_change ON reviews_v1 USING gin (other_changes);
