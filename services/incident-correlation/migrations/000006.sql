CREATE TABLE known_moments_v1 (
  rollout_id text COLLATE "C" NOT NULL,
  version int NOT NULL,
  moment text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (rollout_id, version)
)
