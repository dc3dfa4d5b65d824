-- AES-256 keys of sealed text. Dropping one erases what it sealed; erased_at stays as the proof of it.
CREATE TABLE directory.keys (
  subject text COLLATE "C" PRIMARY KEY,
  key bytea CHECK (octet_length(key) = 32),
  erased_at timestamptz
);
