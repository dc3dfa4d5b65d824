CREATE TABLE teams_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  name text COLLATE "C" NOT NULL,
  title text NOT NULL,
  members jsonb NOT NULL,
  on_call jsonb,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  owner text,
  state text NOT NULL,
  version int NOT NULL
)
