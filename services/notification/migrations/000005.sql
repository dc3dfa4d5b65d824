-- Services and environments by name, for filters that name them.
CREATE TABLE catalog_v1 (
  category text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  PRIMARY KEY (category, id)
)
