CREATE TABLE webhook_mappings_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  state text NOT NULL,
  version int NOT NULL,
  changed_at timestamptz NOT NULL
)
