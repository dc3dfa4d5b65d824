CREATE TABLE problems_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  owner text NOT NULL,
  state text NOT NULL,
  has_workaround boolean NOT NULL,
  is_known_error boolean NOT NULL,
  service_ids text[] NOT NULL,
  incident_ids text[] NOT NULL,
  change_ids text[] NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  opened_at timestamptz NOT NULL,
  resolved_at timestamptz,
  version int NOT NULL
)
