CREATE TABLE threshold_evaluations_v1 (
  id text COLLATE "C" PRIMARY KEY,
  first_touched bigint,
  last_touched bigint,
  waiting_since timestamptz,
  causes jsonb NOT NULL DEFAULT '[]',
  evaluated_position bigint,
  due_at timestamptz,
  lease text,
  leased_until timestamptz
)
