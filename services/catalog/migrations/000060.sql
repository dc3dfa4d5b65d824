-- Who was erased, by pseudonym.
CREATE TABLE subjects_v1 (
  person text COLLATE "C" PRIMARY KEY,
  dropped text[] NOT NULL,
  link_until timestamptz
)
