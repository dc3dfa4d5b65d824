-- The keys of service accounts, those that are over or revoked too.
CREATE TABLE account_keys_v1 (
  kid text COLLATE "C",
  person text COLLATE "C",
  label text NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (person, kid)
)
