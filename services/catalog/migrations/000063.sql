CREATE TABLE access_reviews_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  owner text NOT NULL,
  state text NOT NULL,
  held_at timestamptz NOT NULL,
  due_on date,
  people text[] NOT NULL,
  rights int NOT NULL,
  confirmed int NOT NULL,
  revoked int NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  opened_at timestamptz NOT NULL,
  version int NOT NULL
)
