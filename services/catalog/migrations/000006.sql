CREATE TABLE role_grants_v1 (
  id text COLLATE "C" PRIMARY KEY,
  person text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  services text[],
  environments text[],
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  granted_by text NOT NULL,
  granted_at timestamptz NOT NULL,
  revoked_by text,
  revoked_at timestamptz,
  version int NOT NULL
)
