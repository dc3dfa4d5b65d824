CREATE TABLE templates_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  owner text NOT NULL,
  audience text NOT NULL,
  state text NOT NULL,
  revision int NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version int NOT NULL
)
