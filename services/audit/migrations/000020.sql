-- Every record that people talk about, and what the catalog names, under the words that are published of it.
CREATE TABLE found_v1 (
  id text COLLATE "C" PRIMARY KEY,
  category text COLLATE "C" NOT NULL,
  number text,
  title text NOT NULL,
  name text,
  labels text[] NOT NULL,
  refs text[] NOT NULL,
  since timestamptz NOT NULL,
  version int NOT NULL
);
