CREATE TABLE people_v1 (
  pseudonym text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  also_known_as text[] NOT NULL,
  registered_at timestamptz NOT NULL,
  version int NOT NULL
)
