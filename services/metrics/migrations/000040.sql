CREATE TABLE threshold_watch_v1 (
  id text COLLATE "C" PRIMARY KEY,
  revision int NOT NULL,
  terms jsonb NOT NULL
)
