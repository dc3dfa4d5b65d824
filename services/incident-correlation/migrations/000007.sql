CREATE INDEX known_moments_v1_by_time ON known_moments_v1 (at)
