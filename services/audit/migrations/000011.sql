CREATE TABLE erasures_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  person text NOT NULL,
  also_known_as text[] NOT NULL,
  ground text NOT NULL,
  state text NOT NULL,
  until timestamptz,
  requested_at timestamptz NOT NULL,
  version int NOT NULL
)
