CREATE TABLE known_artifacts_v1 (
  release_id text COLLATE "C" NOT NULL,
  service_id text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  version text NOT NULL,
  repository text NOT NULL,
  commits text[] COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (release_id, service_id, digest)
)
