CREATE INDEX erasures_v1_by_requested_at ON erasures_v1 (requested_at, id)
