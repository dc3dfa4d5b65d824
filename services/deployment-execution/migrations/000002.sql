CREATE TABLE known_environments_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  aliases text[] NOT NULL,
  production boolean NOT NULL
)
