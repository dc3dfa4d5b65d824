CREATE TABLE imported_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text COLLATE "C",
  system text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  batch text COLLATE "C" NOT NULL,
  service_ids text[] COLLATE "C" NOT NULL,
  environment_ids text[] COLLATE "C" NOT NULL,
  facts jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  imported_at timestamptz NOT NULL,
  version int NOT NULL
);
