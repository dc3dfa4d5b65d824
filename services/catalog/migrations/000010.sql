CREATE TABLE applications_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  name text COLLATE "C" NOT NULL,
  title text NOT NULL,
  owner_team text NOT NULL,
  service_ids text[] NOT NULL,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  owner text,
  state text NOT NULL,
  version int NOT NULL
)
