CREATE TABLE known_rollouts_v1 (
  id text COLLATE "C" PRIMARY KEY,
  service_id text NOT NULL,
  environment_id text NOT NULL,
  production boolean NOT NULL,
  change_id text,
  verification_failed boolean NOT NULL DEFAULT false
)
