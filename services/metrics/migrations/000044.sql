CREATE TABLE metric_thresholds_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  owner text NOT NULL,
  state text NOT NULL,
  terms jsonb NOT NULL,
  service_ids text[] NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  set_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version int NOT NULL
)
