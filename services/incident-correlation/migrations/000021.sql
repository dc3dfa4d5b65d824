CREATE TABLE timeline_v1 (
  stream text COLLATE "C" NOT NULL,
  version int NOT NULL,
  position bigint NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  on_behalf_of text,
  facts jsonb NOT NULL,
  PRIMARY KEY (stream, version)
)
