CREATE TABLE running_v1 (
  environment_id text COLLATE "C" NOT NULL,
  service_id text COLLATE "C" NOT NULL,
  deployment_id text COLLATE "C",
  digests text[],
  artifact_version text,
  since timestamptz,
  in_progress text COLLATE "C",
  position bigint NOT NULL,
  PRIMARY KEY (environment_id, service_id)
)
