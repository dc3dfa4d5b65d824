-- When somebody last did something that has to be accounted for. Pseudonyms only.
CREATE TABLE retained_acts_v1 (
  person text COLLATE "C",
  class text NOT NULL,
  latest_at timestamptz NOT NULL,
  PRIMARY KEY (person, class)
)
