CREATE INDEX reviews_v1_by_change ON reviews_v1 (change_id)
