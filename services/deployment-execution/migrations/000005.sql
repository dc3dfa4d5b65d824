CREATE INDEX known_artifacts_v1_commits ON known_artifacts_v1 USING gin (commits)
