CREATE TABLE restatements_v1 (
  id text PRIMARY KEY,
  period text NOT NULL,
  position bigint NOT NULL,
  restated_at timestamptz NOT NULL,
  correction jsonb NOT NULL,
  from_position bigint NOT NULL,
  through_position bigint NOT NULL,
  causes jsonb NOT NULL,
  cause_count integer NOT NULL,
  figures jsonb NOT NULL,
  figure_count integer NOT NULL,
  service_ids text[] NOT NULL
)
