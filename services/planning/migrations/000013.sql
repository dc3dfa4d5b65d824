CREATE TABLE release_trains_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  owner text NOT NULL,
  state text NOT NULL,
  cadence jsonb NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  planned_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version int NOT NULL
);
