CREATE TABLE problems_v1 (
  id text COLLATE "C" PRIMARY KEY,
  number text,
  title text NOT NULL,
  service_ids text[] NOT NULL,
  state text NOT NULL,
  declared boolean NOT NULL,
  has_workaround boolean NOT NULL
);
