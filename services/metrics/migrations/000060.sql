-- The state of each record as measures fold it: what the views of the schema reporting read.
CREATE TABLE records_v1 (
  id text COLLATE "C" PRIMARY KEY,
  category text NOT NULL,
  number text,
  version int NOT NULL,
  position bigint NOT NULL,
  state jsonb
)
