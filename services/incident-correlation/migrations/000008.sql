CREATE TABLE known_incidents_v1 (
  id text COLLATE "C" PRIMARY KEY,
  open boolean NOT NULL DEFAULT true,
  group_keys text[] NOT NULL DEFAULT '{}',
  service_ids text[] NOT NULL,
  environment_id text,
  impact_started_at timestamptz NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
)
