-- When an approval or a decision last relied on a role grant.
CREATE TABLE grant_uses_v1 (
  id text COLLATE "C" PRIMARY KEY,
  used_at timestamptz NOT NULL
)
