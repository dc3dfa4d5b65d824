CREATE TABLE known_releases_v1 (
  id text COLLATE "C" PRIMARY KEY,
  targets jsonb NOT NULL
)
