CREATE TABLE timeline_places_v1 (
  stream text COLLATE "C" PRIMARY KEY,
  service_ids text[] NOT NULL,
  environment_id text,
  production boolean NOT NULL
)
