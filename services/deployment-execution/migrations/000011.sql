CREATE TABLE pipeline_runs_v1 (
  id text COLLATE "C" PRIMARY KEY,
  state text COLLATE "C" NOT NULL,
  tool text NOT NULL,
  external_id text,
  repository text,
  environment_alias text,
  commit text,
  status text,
  status_at timestamptz,
  messages int NOT NULL,
  contradictions int NOT NULL,
  missing text,
  problem text,
  deployment_id text COLLATE "C",
  reported_at timestamptz NOT NULL,
  version int NOT NULL
)
