-- All that was ever live on a target. Of what was live at an instant, the one with the highest position counts.
CREATE TABLE running_history_v1 (
  environment_id text COLLATE "C" NOT NULL,
  service_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  deployment_id text COLLATE "C" NOT NULL,
  digests text[] NOT NULL,
  artifact_version text,
  since timestamptz NOT NULL,
  PRIMARY KEY (environment_id, service_id, position)
)
