CREATE TABLE catalog_v1 (
  category text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C",
  kind text NOT NULL,
  PRIMARY KEY (category, id)
)
