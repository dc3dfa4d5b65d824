CREATE TABLE copies_v1 (
  stream text COLLATE "C" PRIMARY KEY,
  category text COLLATE "C" NOT NULL,
  version int NOT NULL,
  state jsonb NOT NULL
)
