CREATE TABLE facts_v3 (
  stream text NOT NULL,
  version integer NOT NULL,
  position bigint NOT NULL,
  category text NOT NULL,
  type text NOT NULL,
  service_id text,
  data jsonb NOT NULL,
  PRIMARY KEY (stream, version)
)
