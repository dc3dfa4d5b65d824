CREATE TABLE decisions_v1 (
  id text COLLATE "C" PRIMARY KEY,
  verdict text NOT NULL,
  kind text NOT NULL,
  deployment_id text NOT NULL,
  change_id text,
  release_id text,
  service text NOT NULL,
  environment text NOT NULL,
  refused_by text[] NOT NULL,
  asked_at timestamptz NOT NULL,
  valid_until timestamptz,
  next_opening timestamptz
)
