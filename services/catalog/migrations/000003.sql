CREATE TABLE environments_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  title text NOT NULL,
  tier text NOT NULL,
  region text NOT NULL,
  time_zone text NOT NULL,
  aliases text[] NOT NULL,
  openness text NOT NULL,
  version int NOT NULL
)
