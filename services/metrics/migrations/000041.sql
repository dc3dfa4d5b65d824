CREATE TABLE threshold_reach_v1 (
  stream text COLLATE "C" PRIMARY KEY,
  service_ids text[] NOT NULL,
  named text[] NOT NULL,
  name text,
  owner_team text
)
