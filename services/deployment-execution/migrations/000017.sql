CREATE INDEX known_artifacts_v1_digest ON known_artifacts_v1 (digest)
