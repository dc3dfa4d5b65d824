CREATE TABLE known_environments_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  aliases text[] NOT NULL
)
