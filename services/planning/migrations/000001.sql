CREATE TABLE releases_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  class text NOT NULL,
  change_model text NOT NULL,
  owner text NOT NULL,
  state text NOT NULL,
  held boolean NOT NULL,
  window_start timestamptz,
  window_end timestamptz,
  artifact_services text[] NOT NULL,
  target_services text[] NOT NULL,
  environments text[] NOT NULL,
  scope jsonb NOT NULL,
  drafted_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version int NOT NULL
)
