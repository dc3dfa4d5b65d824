-- What a record is about, as far as its events have said so.
CREATE TABLE subjects_v1 (
  stream text COLLATE "C" PRIMARY KEY,
  subject jsonb NOT NULL
)
