CREATE TABLE alerts_v1 (
  id text COLLATE "C" PRIMARY KEY,
  tool text NOT NULL,
  state text NOT NULL,
  status text,
  name text,
  severity text,
  labels jsonb NOT NULL DEFAULT '{}',
  problem text,
  starts_at timestamptz,
  ends_at timestamptz,
  status_at timestamptz NOT NULL,
  reported_at timestamptz NOT NULL,
  incident_id text,
  service_ids text[] NOT NULL DEFAULT '{}',
  environment_id text,
  version int NOT NULL
)
