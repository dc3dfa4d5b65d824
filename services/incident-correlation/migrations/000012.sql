CREATE TABLE incidents_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  severity text NOT NULL,
  major boolean NOT NULL,
  state text NOT NULL,
  acknowledged boolean NOT NULL DEFAULT false,
  detected_by text NOT NULL,
  service_ids text[] NOT NULL,
  environment_id text,
  firing text[] NOT NULL DEFAULT '{}',
  detected_at timestamptz NOT NULL,
  impact_started_at timestamptz NOT NULL,
  mitigated_at timestamptz,
  resolved_at timestamptz,
  version int NOT NULL
)
