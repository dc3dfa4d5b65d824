CREATE TABLE reviews_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  owner text,
  state text NOT NULL,
  occasion text NOT NULL,
  incident_id text,
  change_id text,
  open_actions text[] NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  due_at timestamptz NOT NULL,
  scheduled_at timestamptz NOT NULL,
  held_at timestamptz,
  version int NOT NULL
)
