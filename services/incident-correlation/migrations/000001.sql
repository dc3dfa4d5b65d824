CREATE TABLE known_services_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  aliases text[] NOT NULL,
  alert_labels jsonb NOT NULL
)
