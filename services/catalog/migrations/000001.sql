CREATE TABLE services_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  title text NOT NULL,
  owner_team text NOT NULL,
  criticality text NOT NULL,
  repositories text[] NOT NULL,
  alert_labels jsonb NOT NULL,
  aliases text[] NOT NULL,
  dependencies jsonb NOT NULL,
  version int NOT NULL
)
